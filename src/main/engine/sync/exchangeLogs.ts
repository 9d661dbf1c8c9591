import { VitrineError } from '../../../shared/contract/errors.ts'
import type { DeviceId, RemoteId } from '../../../shared/domain/ids.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { RenewalReason } from '../catalog/renewal/renewalPlan.ts'
import type { LogPosition } from '../catalog/sync/remoteLog.ts'
import type { Clock, ObjectStore } from '../ports.ts'
import type { DeviceManifest } from './deviceManifest.ts'
import type { Owner } from './objectKeys.ts'
import { prepareRenewal } from './prepareRenewal.ts'
import type { PublishContext } from './publishContext.ts'
import { type Cloned, clonedAt, publishLog, settlePublication } from './publishLog.ts'
import { type LogProblem, pullLogs, type RemovalQuestion } from './pullLogs.ts'
import { leaveRetired } from './retirement/leaveRetired.ts'
import type { DeviceListing } from './retirement/listDevices.ts'
import type { OwnRetirement } from './retirement/ownRetirement.ts'
import { backoffMs } from './retryPolicy.ts'
import type { Others, Tender } from './tendBucket.ts'

/** How often other devices are looked for while everything is quiet, ms. */
const POLL_MS = 20_000
/** How long changes are gathered before they are published, ms: each time is a segment. */
const GATHER_MS = 3000
/** Fewer changes than this are there before anybody has read that they come. */
const WORTH_TELLING = 200

export interface ExchangeOptions {
  readonly catalog: Catalog
  readonly clock: Clock
  readonly owner: Owner
  /** Folder of the library. */
  readonly root: string
  /** In [0, 1); spreads attempts of many devices. */
  readonly random: () => number
  /** What else is done with the bucket after each run: what costs no request while there is nothing to do. */
  readonly tend: Tender['tend']
  /** Whether this device was retired. */
  readonly retirement: OwnRetirement
  /** A run has come further. */
  readonly onProgress: () => void
  /** This copy of the library becomes a device of its own as soon as it is opened again. */
  readonly onRenewal: () => void
  /** A run has ended; `error` says what the store, or this program, did. */
  readonly onSettled: (error: unknown) => void
}

/** The exchange of logs with other devices through a store: pull, then publish, one run at a time. */
export interface Exchange {
  readonly running: boolean
  /** Whether something changed here since the last run began. */
  readonly pending: boolean
  /** When the next run is due, ms since the epoch. */
  readonly dueAt: number
  /** What the last run failed with, null if it didn't. It is made again by itself. */
  readonly failure: unknown
  readonly applied: number
  /** So many changes of others has the run taken over that is under way, null while that is not worth telling. */
  readonly reading: number | null
  readonly conflicts: number
  readonly problems: readonly LogProblem[]
  readonly questions: readonly RemovalQuestion[]
  /** What the last look at other devices has found. */
  readonly others: Others
  /** Something changed here that others are to know: soon. */
  changed(): void
  /** At once, and every log is looked at. */
  hurry(): void
  /** The next run is at once. */
  flush(): void
  /** A person agrees to what the log of a device would remove. */
  allowRemovals(device: DeviceId, seq: number): void
  start(store: ObjectStore, remoteId: RemoteId): void
  stop(): Promise<void>
}

export function exchangeLogs({
  catalog,
  clock,
  owner,
  root,
  random,
  tend,
  retirement,
  onProgress,
  onRenewal,
  onSettled,
}: ExchangeOptions): Exchange {
  const seen = new Map<DeviceId, string>()
  const manifests = new Map<DeviceId, DeviceManifest>()
  let listing: DeviceListing | null = null
  const allowed = new Set<string>()
  let stopping = new AbortController()
  let running: Promise<void> | null = null
  let dueAt = 0
  let thorough = true
  let pending = false
  let failure: unknown = null
  let failures = 0
  let reading: number | null = null
  let counts = { applied: 0, conflicts: 0 }
  let problems: readonly LogProblem[] = []
  let questions: readonly RemovalQuestion[] = []

  async function run(store: ObjectStore, remoteId: RemoteId): Promise<unknown> {
    const { signal } = stopping
    const all = thorough
    thorough = false
    pending = false
    failure = null
    dueAt = clock.now() + POLL_MS
    const context = { catalog, store, remoteId, owner, root, signal }
    const renew = async (common: LogPosition, why: RenewalReason): Promise<VitrineError> => {
      await prepareRenewal(context, common, why)
      onRenewal()
      return renewing(why)
    }
    try {
      if (await retirement.ask(store)) return await renew(await leaveRetired(context), 'retired')
      const cloned = (await settlePublication(context)) ?? (await pull(store, signal, all, context))
      if (cloned === null && retirement.isRetired) return await renew(await leaveRetired(context), 'retired')
      const published = cloned ?? (await publishLog(context))
      if (published.kind === 'cloned') return await renew(published.common, 'copied')
      await tend(store, remoteId, signal, { manifests, listing })
      failures = 0
      // What waits for an upload goes on when that has ended, which counts as a change.
      return null
    } catch (error) {
      thorough ||= all
      failures++
      failure = error
      dueAt = clock.now() + backoffMs(failures, random())
      return error
    }
  }

  /** Applies what others wrote, unless one of them knows more of this device's log than it has told itself. */
  async function pull(
    store: ObjectStore,
    signal: AbortSignal,
    all: boolean,
    publishing: PublishContext,
  ): Promise<Cloned | null> {
    const mayRemove = (device: DeviceId, seq: number): boolean => allowed.has(`${device}/${seq}`)
    const pause = () => new Promise<void>((resolve) => clock.after(0, resolve))
    const onApplied = (operations: number): void => {
      if (operations < WORTH_TELLING) return
      reading = operations
      onProgress()
    }
    const began = clock.now()
    const onListed = (found: DeviceListing): void => {
      listing = found
      retirement.note(found, began)
    }
    const context = { catalog, store, owner, signal, seen, manifests, mayRemove, onApplied, onListed, pause }
    const pulled = await pullLogs(context, all).finally(() => {
      reading = null
    })
    counts = { applied: counts.applied + pulled.operations, conflicts: counts.conflicts + pulled.conflicts }
    problems = pulled.problems
    questions = pulled.questions
    return pulled.isOutrun ? clonedAt(publishing) : null
  }

  return {
    get running() {
      return running !== null
    },
    get pending() {
      return pending
    },
    get dueAt() {
      return dueAt
    },
    get failure() {
      return failure
    },
    get applied() {
      return counts.applied
    },
    get reading() {
      return reading
    },
    get conflicts() {
      return counts.conflicts
    },
    get problems() {
      return problems
    },
    get questions() {
      return questions
    },
    get others() {
      return { manifests, listing }
    },
    changed() {
      pending = true
      dueAt = Math.min(dueAt, clock.now() + GATHER_MS)
    },
    hurry() {
      pending = true
      thorough = true
      dueAt = 0
    },
    flush() {
      dueAt = 0
    },
    allowRemovals(device, seq) {
      allowed.add(`${device}/${seq}`)
      thorough = true
      dueAt = 0
    },
    start(store, remoteId) {
      running ??= run(store, remoteId).then((error) => {
        running = null
        onSettled(error)
      })
    },
    async stop() {
      stopping.abort()
      await running
      stopping = new AbortController()
    },
  }
}

/** Until this copy is opened again nothing more is written: what stands in the bucket under its old name is another copy's. */
function renewing(why: RenewalReason): VitrineError {
  return new VitrineError(
    'remote_other_library',
    why === 'retired'
      ? 'This computer was retired on another device of the library. It takes a new name when the library is opened again, and goes on syncing; nothing is lost.'
      : 'Another copy of this library’s folder has synced under the name of this one, or this one was put back to an earlier state. It takes a name of its own when it is opened again; nothing is lost.',
  )
}

/** The error of an exchange that was stopped on purpose. */
export function isStopped(error: unknown): boolean {
  return error instanceof VitrineError && error.code === 'cancelled'
}
