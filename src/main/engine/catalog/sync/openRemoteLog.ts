import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { VitrineError } from '../../../../shared/contract/errors.ts'
import { deviceIdSchema } from '../../../../shared/domain/ids.ts'
import { fileError } from '../../disk/fileError.ts'
import { writeFileDurably } from '../../disk/writeFileDurably.ts'
import { type Db, databaseError, statementCache } from '../database.ts'
import type { Journal } from '../journal/journal.ts'
import type { Operation, SegmentHeader } from '../journal/operation.ts'
import { decodeLines, segmentHash, segmentName } from '../journal/segment.ts'
import { parseStamp } from '../journal/stamp.ts'
import type { MergeDoor, Mutations } from '../mutations.ts'
import { answer } from './answer.ts'
import { checkHeader } from './checkSegment.ts'
import { deviceLogs } from './deviceLogs.ts'
import { heldAssets, moveHeldWrites } from './heldWrites.ts'
import { emptyTally, knowledgeOf, mergeOperations } from './mergeSegment.ts'
import { Merging, type Origin } from './merging.ts'
import { missingEntity } from './missingEntity.ts'
import { park } from './park.ts'
import { replayParked } from './parkedOperations.ts'
import { type ReadLines, readLines } from './readLines.ts'
import type { RemoteLog, SegmentOutcome, SegmentRefusal } from './remoteLog.ts'

/** No honest segment unpacks to more: they end with the first line beyond a megabyte. */
const MOST_BYTES = 64 * 1024 * 1024
/** Cells of a segment up to which it is one transaction, a few tenths of a second; larger ones are parts of so many. */
const CELLS_AT_ONCE = 4000
/** Stands for the outbox number of what came with a segment of which parts are still to come. */
const NOT_SEEN_YET = Number.MAX_SAFE_INTEGER
/** A person is asked before more assets of the Library than this, or more than half of it, are deleted at once. */
const MOST_REMOVALS = 1000
/** Deleting most of a library that has hardly anything in it is nothing to ask about. */
const FEW_REMOVALS = 20

export interface RemoteLogOptions {
  readonly library: string
  readonly device: string
  /** Folder of the journal, with one folder a device. */
  readonly folder: string
  readonly now: () => number
  /** Whether a file, given relative to the library, is on this device. */
  readonly isHere: (path: string) => boolean
  /** Cells of one transaction. */
  readonly cellsAtOnce?: number
}

/** The door for what other devices wrote. See `RemoteLog`. */
export function openRemoteLog(db: Db, mutations: Mutations, journal: Journal, options: RemoteLogOptions): RemoteLog {
  const { device: self, cellsAtOnce = CELLS_AT_ONCE } = options
  const get = statementCache(db)
  const logs = deviceLogs(db)
  const merging = new Merging(db, self, options.isHere)
  const one = (sql: string, ...values: unknown[]): number => {
    const row = get(sql).get(...values) as { readonly n: number | null } | undefined
    return row?.n ?? 0
  }
  const ownTail = (): number => one('SELECT max(seq) AS n FROM journal_segments WHERE device_id = ?', self)
  /** Others can have seen only what was told, if that is known: a copy of this library may have told something else. */
  const ownPublished = (): number =>
    one('SELECT coalesce((SELECT max(seq) FROM publications), :tail) AS n', { tail: ownTail() })
  const outbox = (): number => one("SELECT seq AS n FROM sqlite_sequence WHERE name = 'journal_outbox'")
  const segmentOf = (place: number): number =>
    place === 0
      ? one('SELECT max(seq) AS n FROM journal_segments WHERE device_id = ? AND last_outbox = 0', self)
      : one('SELECT min(seq) AS n FROM journal_segments WHERE device_id = ? AND last_outbox >= ?', self, place)

  const refuse = (device: string, refusal: SegmentRefusal): SegmentOutcome => {
    // Only devices that can exist are remembered.
    if (deviceIdSchema.safeParse(device).success && device !== self) logs.stop(device, refusal)
    return { kind: 'refused', refusal }
  }

  const waitsFor = (header: SegmentHeader): { readonly device: string; readonly seq: number } | null => {
    for (const [device, seq] of Object.entries(header.seen)) {
      if (device === header.device) continue
      const applied = device === self ? ownPublished() : logs.position(device).seq
      if (applied < seq) return { device, seq }
    }
    return null
  }

  /** Assets of the Library that stand now and would not afterwards. */
  const removals = (operations: readonly Operation[]): number => {
    const gone = new Set<string>()
    for (const { entity, id, field, value } of operations) {
      const removes = entity === 'asset' && value !== null && (field === 'deleted_at' || field === 'purged')
      if (!removes || gone.has(id)) continue
      const stands = get("SELECT 1 AS n FROM assets WHERE id = ? AND deleted_at IS NULL AND space = 'library'").get(id)
      if (stands !== undefined) gone.add(id)
    }
    return gone.size
  }
  const asks = (count: number): SegmentOutcome | null => {
    if (count < FEW_REMOVALS) return null
    const assets = one("SELECT sum(assets) AS n FROM asset_totals WHERE space = 'library'")
    return count > MOST_REMOVALS || count > assets / 2 ? { kind: 'asks', removals: count, assets } : null
  }

  const store = (device: string, seq: number, bytes: Uint8Array): void => {
    const own = join(options.folder, device)
    try {
      // Never more than this one folder: where the library's own is missing, its disk is away or it was moved.
      if (!existsSync(own)) mkdirSync(own)
      writeFileDurably(join(own, segmentName(seq)), bytes)
    } catch (error) {
      throw fileError(error, own)
    }
  }

  /** Whether a cell was written here between two parts of the segment, which counts as not knowing any of them. */
  const isOverwrittenSince = (operation: Operation, place: number): boolean => {
    const { entity, id, field } = operation
    const shown = merging.shownStamp(entity, id, field)
    return shown !== undefined && shown.place > place && parseStamp(shown.stamp).device === self
  }

  /** Of what was removed for good between two parts: the write waits as if it came only now. */
  const forgetWrite = ({ entity, id, field, stamp }: Operation): void => {
    get('DELETE FROM stamps WHERE entity = ? AND entity_id = ? AND field = ? AND stamp = ?').run(
      entity,
      id,
      field,
      stamp,
    )
  }

  /** Not what came with parts of a segment whose last one was never reached: that comes again. */
  const markSeen = (): void => {
    get(
      `UPDATE unshown_writes SET outbox = :outbox WHERE outbox = :not_yet
       AND (substr(stamp, 22) = :self OR place <= (SELECT applied_seq FROM devices WHERE id = substr(stamp, 22)))`,
    ).run({ outbox: outbox(), not_yet: NOT_SEEN_YET, self })
  }

  const mergeAll = async (
    header: SegmentHeader,
    read: ReadLines,
    sha256: string,
    pause: () => Promise<void>,
  ): Promise<SegmentOutcome> => {
    const { device, seq } = header
    const tally = emptyTally()
    const knows = knowledgeOf(merging, header)
    const { operations } = read
    const parts = Math.max(1, Math.ceil(operations.length / cellsAtOnce))
    let answered = false
    const before = outbox()
    for (let part = 0; part < parts; part++) {
      // What was changed here meanwhile did not know of this segment.
      if (part > 0) journal.seal()
      const isLast = part === parts - 1
      const some = operations.slice(part * cellsAtOnce, (part + 1) * cellsAtOnce)
      const origin: Origin = {
        device,
        place: seq,
        knows,
        now: options.now(),
        outbox: isLast ? outbox() : NOT_SEEN_YET,
        header,
      }
      const counted = tally.rows.size
      tally.changes.length = 0
      tally.place = part * cellsAtOnce
      mutations.merge((door) => {
        merging.within(door, origin, tally, () => {
          mergeOperations(merging, some)
          if (isLast && outbox() > before) {
            // All writes of a cell come again, or none: the first of them may already be shown in place of what was written here.
            const again = new Set(operations.filter((operation) => isOverwrittenSince(operation, before)))
            for (const [place, operation] of operations.entries()) {
              const isGone = missingEntity(merging, operation) !== null
              if (!isGone && !again.has(operation)) continue
              if (isGone) forgetWrite(operation)
              tally.place = place
              mergeOperations(merging, [operation])
            }
          }
          recordHistory(door, device, seq, origin.now, tally.rows.size - counted)
          // What this part hides of segments before is known to what is changed here until the next part.
          markSeen()
          if (!isLast) return
          tally.place = operations.length
          for (const { text, reason } of read.parked) {
            park(merging, text, reason)
            tally.place++
          }
          logs.moveTo(device, { seq, sha256 }, header.seen)
          markSeen()
          answered = answer(merging, segmentOf, logs.position(device).name)
        })
      })
      if (!isLast) await pause()
    }
    return {
      kind: 'applied',
      operations: operations.length + read.parked.length,
      assets: tally.rows.size,
      parked: read.parked.length,
      conflicts: tally.conflicts,
      answered,
    }
  }

  const recordHistory = (door: MergeDoor, device: string, seq: number, now: number, assets: number): void => {
    const { changes } = merging.tally
    if (changes.length === 0) return
    const name = logs.position(device).name
    const where = name === null ? 'another device' : `“${name}”`
    const isNew = changes.every(({ entity, field }) => entity === 'asset' && field === '')
    const label = (count: number): string => {
      if (count === 0) return `Changed collections, tags or settings on ${where}`
      return `${isNew ? 'Added' : 'Changed'} ${count === 1 ? '1 asset' : `${count} assets`} on ${where}`
    }
    door.record(device, { kind: 'remote', label, now, groupId: `sync-${device}-${seq}` }, assets, changes)
  }

  return {
    devices: () => logs.list(),
    position: (device) => {
      const { seq, sha256 } = logs.position(device)
      return { seq, sha256 }
    },
    frontier: () => logs.frontier(),
    nameDevice: (device, name) => logs.name(device, name),
    async apply({ device, seq, bytes }, { allowRemovals = false, pause = () => setImmediate() } = {}) {
      const isOther = deviceIdSchema.safeParse(device).success && device !== self
      if (!isOther) {
        const message = 'The bucket holds changes of a device that can’t be one.'
        return refuse(device, { seq, problem: 'other_device', message })
      }
      try {
        const before = logs.position(device)
        if (seq <= before.seq) return { kind: 'known' }
        if (seq > before.seq + 1) return { kind: 'gap', next: before.seq + 1 }
        const segment = decode(bytes)
        if (segment === null) {
          const message = 'A change that another device sent is damaged in the bucket.'
          return refuse(device, { seq, problem: 'damaged', message })
        }
        const refusal = checkHeader(segment.header, { library: options.library, device, seq }, before)
        if (refusal !== null) return refuse(device, refusal)
        const waits = waitsFor(segment.header)
        if (waits !== null) return { kind: 'waits', ...waits }
        const read = readLines(segment.lines, device)
        if (read === null) {
          const message = 'A change that another device sent can’t have been made by it.'
          return refuse(device, { seq, problem: 'invalid', message })
        }
        const question = allowRemovals ? null : asks(removals(read.operations))
        if (question !== null) return question
        journal.seal()
        // What is held of an asset is told with a segment that knew as little of it as when it was held.
        const held = heldAssets(get, read.operations)
        if (held.length > 0) {
          journal.sealAnyway()
          moveHeldWrites(get, join(options.folder, self), held, outbox())
        }
        store(device, seq, bytes)
        return await mergeAll(segment.header, read, segmentHash(bytes), pause)
      } catch (error) {
        throw databaseError(error)
      }
    },
    replayParked: () => replayParked(db, mutations, merging, options.now(), outbox()),
  }
}

function decode(bytes: Uint8Array): ReturnType<typeof decodeLines> | null {
  try {
    return decodeLines(bytes, MOST_BYTES)
  } catch (error) {
    if (error instanceof VitrineError) return null
    throw error
  }
}
