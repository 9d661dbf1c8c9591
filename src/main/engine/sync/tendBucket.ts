import { VitrineError } from '../../../shared/contract/errors.ts'
import type { DeviceId, RemoteId } from '../../../shared/domain/ids.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { ObjectStore } from '../ports.ts'
import type { Dump } from './checkpoints/dumpInThread.ts'
import { type Growth, writeCheckpoint } from './checkpoints/writeCheckpoint.ts'
import { guardedStore } from './guardedStore.ts'
import { deviceKey, type Owner } from './objectKeys.ts'
import { agreeToRounds, type Manifests, noteRounds } from './removal/agreeToRounds.ts'
import { heldUpBy } from './removal/heldUp.ts'
import { callTheRoll, LEAST_AGE_MS, type RemovalContext } from './removal/removalContext.ts'
import { openRound, removeRound } from './removal/removeRounds.ts'
import { goneDevices } from './retirement/goneDevices.ts'
import type { DeviceListing } from './retirement/listDevices.ts'
import type { OwnRetirement } from './retirement/ownRetirement.ts'
import { sayHowFar } from './sayHowFar.ts'

/** How often rounds of removals are looked at, ms. */
const ROUNDS_EVERY_MS = 3_600_000
/** After so long a device says again how far it is, so that others see that it is still there, ms. */
const SAY_AGAIN_MS = 24 * 3_600_000

const NOBODY: ReadonlySet<DeviceId> = new Set()

/** How often a bucket is tended; tests do it more often. */
export interface Tending {
  readonly checkpointAfter?: Growth
  readonly roundsEveryMs?: number
  readonly leastRoundAgeMs?: number
}
export interface TendOptions extends Tending {
  readonly catalog: Catalog
  readonly owner: Owner
  /** Folder of the library. */
  readonly root: string
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number
  readonly dump: Dump
  /** Whether this device was retired: it relies on nothing then. */
  readonly retirement: OwnRetirement
}

/** What is done with a bucket beside files and logs: checkpoints for new devices, and removal of what nobody refers to. */
export interface Tender {
  /**
   * Makes this device one that counts before it relies on anything in the bucket, and notes what is being removed. Returns the
   * store through which nothing that goes is relied on; `wants` is called when something of that is needed.
   */
  prepare(store: ObjectStore, remoteId: RemoteId, wants: () => void): Promise<ObjectStore>
  /** After each exchange, with what it found of other devices. Asks nothing of the store while there is nothing to do. */
  tend(store: ObjectStore, remoteId: RemoteId, signal: AbortSignal, others: Others): Promise<void>
  /** Other devices for whose sake objects that nobody needs stay in the bucket, by what was found of them. */
  heldUpBy(remoteId: RemoteId, others: Others): ReadonlySet<DeviceId>
}

/** What an exchange has found of other devices. */
export interface Others {
  readonly manifests: Manifests
  /** Null before the first look. */
  readonly listing: DeviceListing | null
}

export function tendBucket(options: TendOptions): Tender {
  const { catalog, owner, root, now, retirement } = options
  const { removals } = catalog
  const { roundsEveryMs = ROUNDS_EVERY_MS, leastRoundAgeMs = LEAST_AGE_MS } = options
  let lookedAt: number | null = null
  const contextOf = (store: ObjectStore, remoteId: RemoteId, signal: AbortSignal): RemovalContext => ({
    catalog,
    store,
    remoteId,
    owner,
    root,
    now,
    signal,
  })

  /** Before it has said anything, nobody would wait for this device. */
  async function enrol(context: RemovalContext): Promise<void> {
    const { store, remoteId } = context
    const setting = `remote.${remoteId}.enrolled`
    if (catalog.getSetting(setting) === true) return
    if ((await store.head(deviceKey(owner, catalog.deviceId))) === null) await sayHowFar(context, true)
    // Read after that was written: a round that is not seen here has not asked anybody yet.
    const { manifests } = await callTheRoll(context)
    await noteRounds(context, new Map([...manifests].flatMap(([id, manifest]) => (manifest ? [[id, manifest]] : []))))
    catalog.setSetting(setting, true)
  }

  async function sayAgain(context: RemovalContext): Promise<void> {
    const setting = `remote.${context.remoteId}.said`
    const said = catalog.getSetting(setting)
    if (typeof said === 'number' && Math.abs(now() - said) < SAY_AGAIN_MS) return
    await sayHowFar(context, true)
    catalog.setSetting(setting, now())
  }

  async function tendRounds(context: RemovalContext): Promise<void> {
    if (lookedAt !== null && Math.abs(now() - lookedAt) < roundsEveryMs) return
    lookedAt = now()
    const setting = `remote.${context.remoteId}.tidy`
    const isTidying = catalog.getSetting(setting) === true
    if (!(await openRound(context, isTidying))) return
    if (isTidying) catalog.setSetting(setting, false)
    await removeRound(context, leastRoundAgeMs)
  }

  const goneOf = ({ manifests, listing }: Others): ReadonlySet<DeviceId> =>
    listing === null ? NOBODY : goneDevices(listing, manifests, leastRoundAgeMs)

  return {
    heldUpBy: (remoteId, others) => heldUpBy(removals.frontiers(remoteId), others.manifests, goneOf(others)),
    async prepare(store, remoteId, wants) {
      retirement.forget()
      // Under a name that was retired nothing more is said; the next exchange sees to another one.
      if (!(await retirement.ask(store))) await enrol(contextOf(store, remoteId, new AbortController().signal))
      const mayRely = async (): Promise<void> => {
        const wasRetired = retirement.isRetired
        await retirement.check(store).catch((error: unknown) => {
          if (!wasRetired && retirement.isRetired) wants()
          throw error
        })
      }
      const check = async (key: string): Promise<void> => {
        await mayRely()
        if (removals.fate(remoteId, key) !== 'doomed') return
        removals.want(remoteId, key)
        wants()
        throw new VitrineError(
          'remote_server',
          'The bucket is just being tidied up, and this file was about to be removed from it. It is sent as soon as that is over.',
        )
      }
      return guardedStore(store, check, mayRely)
    },
    async tend(store, remoteId, signal, others) {
      const context = contextOf(store, remoteId, signal)
      await agreeToRounds(context, others.manifests, goneOf(others))
      await tendRounds(context)
      await sayAgain(context)
      const isWritten = await writeCheckpoint({
        ...context,
        catalog,
        dump: options.dump,
        after: options.checkpointAfter,
        isDoomed: (key) => removals.fate(remoteId, key) !== 'free',
      })
      if (isWritten) catalog.setSetting(`remote.${remoteId}.tidy`, true)
    },
  }
}
