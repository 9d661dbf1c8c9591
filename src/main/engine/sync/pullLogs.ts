import { VitrineError } from '../../../shared/contract/errors.ts'
import { type DeviceId, deviceIdSchema } from '../../../shared/domain/ids.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { ObjectInfo, ObjectStore } from '../ports.ts'
import { type DeviceManifest, readDeviceManifest } from './deviceManifest.ts'
import { readSmall } from './libraryManifest.ts'
import { logKey, logPrefix, type Owner, seqOfKey } from './objectKeys.ts'
import { type DeviceListing, listDevices } from './retirement/listDevices.ts'

/** More than this nobody has; a listing that goes on and on ends here. */
const MOST_KEYS = 100_000
/** Of one packed segment. Our own have some hundred kilobytes. */
const LARGEST_SEGMENT = 32 * 1024 * 1024
/** Segments of one log that are fetched before their turn. */
const AHEAD = 3

export interface PullContext {
  readonly catalog: Pick<Catalog, 'deviceId' | 'remoteLog'>
  readonly store: ObjectStore
  readonly owner: Owner
  readonly signal: AbortSignal
  /** What `devices/` said of each device when all of its log was applied; kept from one pull to the next. */
  readonly seen: Map<DeviceId, string>
  /** What each device last said of itself. */
  readonly manifests: Map<DeviceId, DeviceManifest>
  /** What the look at all devices has found, before anything of them is read. */
  readonly onListed?: (listing: DeviceListing) => void
  /** Whether a person has agreed to what a segment of a device removes. */
  readonly mayRemove: (device: DeviceId, seq: number) => boolean
  /** How many changes this pull has taken over so far. */
  readonly onApplied: (operations: number) => void
  /** Lets other work have its turn. */
  readonly pause: () => Promise<void>
}

/** Why the log of a device does not go on here, for a person. */
export interface LogProblem {
  readonly device: DeviceId
  readonly code: 'refused' | 'missing' | 'too_large' | 'outrun'
  readonly message: string
}

/** So much would be removed that a person has to say so. */
export interface RemovalQuestion {
  readonly device: DeviceId
  readonly seq: number
  /** Assets that would go, of all that there are. */
  readonly removals: number
  readonly assets: number
}

export interface PullOutcome {
  readonly segments: number
  readonly operations: number
  readonly conflicts: number
  /** Whether there is something to publish because of it. */
  readonly answered: boolean
  readonly problems: readonly LogProblem[]
  readonly questions: readonly RemovalQuestion[]
  /** Whether somebody knows more of this device's log than this device has told. */
  readonly isOutrun: boolean
}

/**
 * Applies what other devices have published since the last time: one listing of `devices/`, and for each device that has
 * changed one listing of its log behind what is applied. With `thorough` every log is looked at. What is wrong with a log
 * stops that log only. Throws what the store says, and `cancelled`.
 */
export async function pullLogs(context: PullContext, thorough: boolean): Promise<PullOutcome> {
  const { catalog, seen } = context
  const marks = await marksOf(context)
  const logs = new Map<DeviceId, IncomingLog>()
  for (const [device, mark] of marks) {
    if (!thorough && seen.get(device) === mark) continue
    const manifest = await readDeviceManifest(context.store, context.owner, device)
    if (manifest) {
      context.manifests.set(device, manifest)
      catalog.remoteLog.nameDevice(device, manifest.name)
    }
    logs.set(device, await openLog(context, device))
  }
  const total = { segments: 0, operations: 0, conflicts: 0, answered: false }
  for (let applied = true; applied; ) {
    applied = false
    for (const log of [...logs.values()]) {
      const before = total.segments
      const awaited = await applyLog(context, log, total)
      if (awaited !== null && !logs.has(awaited)) {
        logs.set(awaited, await openLog(context, awaited))
        applied = true
      }
      applied ||= total.segments > before
    }
  }
  for (const [device, log] of logs) {
    const mark = marks.get(device)
    if (log.entries.length === 0 && mark !== undefined) seen.set(device, mark)
    else seen.delete(device)
  }
  const all = [...logs.values()]
  return {
    ...total,
    problems: all.flatMap(({ problem }) => problem ?? []),
    questions: all.flatMap(({ question }) => question ?? []),
    isOutrun: all.some(({ problem }) => problem?.code === 'outrun'),
  }
}

interface Entry {
  readonly seq: number
  readonly size: number
  bytes: Promise<Buffer> | null
}

/** What of a device's log is not applied yet. */
interface IncomingLog {
  readonly device: DeviceId
  readonly entries: Entry[]
  problem: LogProblem | null
  question: RemovalQuestion | null
}

/** Every other device that has said something of itself, with what changes when it says something new. */
async function marksOf({ store, owner, catalog, onListed }: PullContext): Promise<Map<DeviceId, string>> {
  const listing = await listDevices(store, owner)
  onListed?.(listing)
  const marks = new Map<DeviceId, string>()
  for (const [device, { mark }] of listing.devices) if (device !== catalog.deviceId) marks.set(device, mark)
  return marks
}

async function openLog({ store, owner, catalog }: PullContext, device: DeviceId): Promise<IncomingLog> {
  const { seq: applied } = catalog.remoteLog.position(device)
  const entries: Entry[] = []
  const after = applied === 0 ? undefined : logKey(owner, device, applied)
  for await (const { key, size } of atMost(store.list(logPrefix(owner, device), after), MOST_KEYS)) {
    const seq = seqOfKey(owner, device, key)
    // A listing may be in any order; a key that is none of the log's is somebody else's affair.
    if (seq !== null && seq > applied) entries.push({ seq, size, bytes: null })
  }
  entries.sort((a, b) => a.seq - b.seq)
  return { device, entries, problem: null, question: null }
}

/** Applies what can be applied of one log. Returns the device whose log has to come first, if that is why it stopped. */
async function applyLog(
  context: PullContext,
  log: IncomingLog,
  total: { segments: number; operations: number; conflicts: number; answered: boolean },
): Promise<DeviceId | null> {
  const { catalog, signal } = context
  const { device } = log
  while (log.problem === null && log.question === null) {
    const entry = log.entries[0]
    if (entry === undefined) return null
    if (signal.aborted) throw new VitrineError('cancelled', 'Sync was stopped.')
    const expected = catalog.remoteLog.position(device).seq + 1
    const bytes = entry.seq > expected ? null : await bytesOf(context, log)
    if (bytes === null) {
      log.problem ??= missing(device, expected)
      return null
    }
    const outcome = await catalog.remoteLog.apply(
      { device, seq: entry.seq, bytes },
      { allowRemovals: context.mayRemove(device, entry.seq), pause: context.pause },
    )
    switch (outcome.kind) {
      case 'applied':
        total.segments++
        total.operations += outcome.operations
        total.conflicts += outcome.conflicts
        total.answered ||= outcome.answered
        log.entries.shift()
        context.onApplied(total.operations)
        break
      case 'known':
        log.entries.shift()
        break
      case 'gap':
        log.problem = missing(device, outcome.next)
        break
      case 'waits': {
        const awaited = deviceIdSchema.safeParse(outcome.device)
        if (awaited.success && awaited.data !== catalog.deviceId) return awaited.data
        log.problem = ahead(device)
        break
      }
      case 'asks':
        log.question = { device, seq: entry.seq, removals: outcome.removals, assets: outcome.assets }
        break
      case 'refused':
        log.problem = { device, code: 'refused', message: outcome.refusal.message }
        break
    }
  }
  return null
}

/** The bytes of the next segment, with those behind it on their way; null when it is not there or can't be one. */
async function bytesOf({ store, owner }: PullContext, log: IncomingLog): Promise<Buffer | null> {
  const { device, entries } = log
  for (const entry of entries.slice(0, AHEAD)) {
    if (entry.size > LARGEST_SEGMENT) break
    if (entry.bytes !== null) continue
    entry.bytes = readSmall(store, logKey(owner, device, entry.seq), LARGEST_SEGMENT)
    // Whoever needs it sees what went wrong; until then nobody listens.
    entry.bytes.catch(() => undefined)
  }
  const [entry] = entries
  if (entry === undefined) return null
  if (entry.bytes === null) {
    log.problem = tooLarge(device, entry.seq)
    return null
  }
  try {
    return await entry.bytes
  } catch (error) {
    entry.bytes = null
    if (error instanceof VitrineError && error.code === 'not_found') return null
    if (!(error instanceof VitrineError) || error.code !== 'remote_checksum') throw error
    log.problem = { device, code: 'refused', message: error.message }
    return null
  }
}

function missing(device: DeviceId, seq: number): LogProblem {
  return {
    device,
    code: 'missing',
    message: `Part ${seq} of what this device wrote is not in the bucket, so nothing after it can be taken over. Let that device sync again, or put the object back.`,
  }
}

function ahead(device: DeviceId): LogProblem {
  return {
    device,
    code: 'outrun',
    message:
      'This device knows more of what was done on this computer than this computer itself, which was probably put back to an earlier state.',
  }
}

function tooLarge(device: DeviceId, seq: number): LogProblem {
  return {
    device,
    code: 'too_large',
    message: `Part ${seq} of what this device wrote is far larger than it can be, so it was not read. Somebody else may have written to the bucket.`,
  }
}

async function* atMost(listed: AsyncIterable<ObjectInfo>, most: number): AsyncGenerator<ObjectInfo> {
  let count = 0
  for await (const info of listed) {
    if (++count > most) return
    yield info
  }
}
