import { type Db, statementCache } from '../database.ts'
import { readLogs, type StoredSegment } from '../journal/journal.ts'
import { parseOperations } from '../journal/operationSet.ts'
import type { WaitingOperation } from '../journal/readOutbox.ts'
import type { Mutations } from '../mutations.ts'
import type { PlacedOperation } from '../replaySets.ts'
import { deviceLogs } from './deviceLogs.ts'
import { emptyTally, knowledgeOf, mergeOperations } from './mergeSegment.ts'
import { Merging } from './merging.ts'
import { park } from './park.ts'
import { type ReadLines, readLines } from './readLines.ts'
import { loadStoredCheckpoint, storedCheckpoint } from './state/storedCheckpoint.ts'

/** Operations that are replayed together: what later ones of them overwrite is never written. */
const OPERATIONS_AT_ONCE = 500_000

/**
 * Fills an empty catalogue from the logs of all devices below `folder`, each segment after those that its author had
 * applied, so that the outcome is that of the catalogue that was lost. What waits for a segment that is not there any more
 * comes last: nothing of a journal is left out. A copy of the library that began with a checkpoint begins with it again.
 * Throws `StateRefused` if that can't be used.
 */
export function replayJournal(
  db: Db,
  mutations: Mutations,
  options: {
    readonly folder: string
    readonly library: string
    readonly device: string
    readonly now: () => number
    readonly isHere: (path: string) => boolean
  },
  onSegment: () => void,
): void {
  const merging = new Merging(db, options.device, options.isHere)
  const get = statementCache(db)
  const logs = deviceLogs(db)
  const reached = new Map<string, number>()
  let outboxNumber = 0
  const begun = storedCheckpoint(options.folder, options.library)
  if (begun !== null) {
    loadStoredCheckpoint(db, options.folder, begun, options, onSegment)
    for (const [device, { seq }] of Object.entries(begun.frontier)) reached.set(device, seq)
  }

  const apply = ({ header, lines, sha256 }: StoredSegment): void => {
    const { device, seq } = header
    onSegment()
    const isOwn = device === options.device
    const read = (isOwn ? readOwnLines(lines) : readLines(lines, device)) ?? { operations: [], parked: [] }
    const place = isOwn ? header.lastOutbox : seq
    const origin = {
      device,
      place,
      knows: knowledgeOf(merging, header),
      now: options.now(),
      outbox: outboxNumber,
      header,
    }
    mutations.merge((door) =>
      merging.within(door, origin, emptyTally(), () => {
        mergeOperations(merging, read.operations)
        for (const { text, reason } of read.parked) {
          park(merging, text, reason)
          merging.tally.place++
        }
        if (!isOwn) logs.moveTo(device, { seq, sha256 }, header.seen)
        saveSegment(device, seq, sha256, lines.length, isOwn ? header.lastOutbox : 0)
      }),
    )
    reached.set(device, seq)
    if (isOwn) outboxNumber = header.lastOutbox
  }
  const saveSegment = (device: string, seq: number, sha256: string, lines: number, lastOutbox: number): void => {
    get(
      'INSERT OR REPLACE INTO journal_segments(device_id, seq, sha256, operations, sealed_at, last_outbox) VALUES (?, ?, ?, ?, ?, ?)',
    ).run(device, seq, sha256, lines, options.now(), lastOutbox)
  }
  const isReady = ({ header }: StoredSegment): boolean =>
    Object.entries(header.seen).every(([id, seq]) => id === header.device || (reached.get(id) ?? 0) >= seq)

  /** What this device wrote before it heard of any other needs no merging: it goes to the rows in sets. */
  const applyAlone = (log: Iterator<StoredSegment>): IteratorResult<StoredSegment> => {
    let next = log.next()
    let waiting: PlacedOperation[] = []
    for (; next.done !== true && isAlone(next.value); next = log.next()) {
      const { header, lines, sha256 } = next.value
      onSegment()
      const operations = lines.flatMap((line) => parseOperations(line) ?? [])
      if (waiting.length > 0 && waiting.length + operations.length > OPERATIONS_AT_ONCE) {
        mutations.replay(waiting)
        waiting = []
      }
      for (const operation of operations) waiting.push({ ...operation, place: header.lastOutbox })
      saveSegment(options.device, header.seq, sha256, lines.length, header.lastOutbox)
      reached.set(options.device, header.seq)
      outboxNumber = header.lastOutbox
    }
    mutations.replay(waiting)
    return next
  }

  const open = readLogs(options.folder, begun?.frontier).map(({ device, log }) => ({
    log,
    next: device === options.device && begun === null ? applyAlone(log) : log.next(),
  }))
  for (let goesOn = true; goesOn; ) {
    goesOn = false
    for (const stream of open) {
      while (stream.next.done !== true && isReady(stream.next.value)) {
        apply(stream.next.value)
        stream.next = stream.log.next()
        goesOn = true
      }
    }
    const stuck = open.find(({ next }) => next.done !== true)
    if (!goesOn && stuck?.next.done === false) {
      apply(stuck.next.value)
      stuck.next = stuck.log.next()
      goesOn = true
    }
  }
  // New outbox numbers go on above the sealed ones, so that `lastOutbox` never names the wrong rows.
  get("DELETE FROM sqlite_sequence WHERE name = 'journal_outbox'").run()
  get("INSERT INTO sqlite_sequence(name, seq) VALUES ('journal_outbox', ?)").run(outboxNumber)
}

function isAlone({ header }: StoredSegment): boolean {
  return Object.keys(header.seen).length === 0
}

/** What this device wrote itself may name any file that it links to. */
function readOwnLines(lines: readonly string[]): ReadLines {
  return { operations: lines.flatMap((line) => parseOperations(line) ?? []), parked: [] }
}

/** What was committed after the last segment: done again, and journalled from here. */
export function replayOutbox(
  db: Db,
  mutations: Mutations,
  device: string,
  waiting: readonly WaitingOperation[],
  isHere: (path: string) => boolean,
): void {
  const get = statementCache(db)
  const sealed = get("SELECT seq AS n FROM sqlite_sequence WHERE name = 'journal_outbox'").get() as
    | { n: number }
    | undefined
  const merging = new Merging(db, device, isHere)
  for (const { seq, operation } of waiting) {
    const operations = operation.split('\n').map(parseOperations)
    if (seq <= (sealed?.n ?? 0) || operations.includes(null)) continue
    const header = { device, seq: 0, seen: {} }
    const origin = { device, place: seq, knows: () => true, now: 0, outbox: seq, header }
    mutations.merge((door) =>
      merging.within(door, origin, { ...emptyTally(), place: seq }, () => {
        mergeOperations(
          merging,
          operations.flatMap((some) => some ?? []),
        )
        get('INSERT INTO journal_outbox(seq, operation) VALUES (?, ?)').run(seq, operation)
      }),
    )
  }
}
