import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { VitrineError } from '../../../../shared/contract/errors.ts'
import type { DeviceId, LibraryId } from '../../../../shared/domain/ids.ts'
import { fileError } from '../../disk/fileError.ts'
import { writeFileDurably } from '../../disk/writeFileDurably.ts'
import { type Db, databaseError } from '../database.ts'
import type { SegmentHeader } from './operation.ts'
import { decodeLines, encodeSegment, segmentHash, segmentName } from './segment.ts'

/** The append-only record of every change: what sync sends and what a rebuild replays. */
export interface Journal {
  /** Operations that are committed but not yet in a segment file. */
  readonly unsealed: number
  /** Writes committed operations into segment files below `journal/<device>/`, durably. */
  seal(): void
  /** Writes one segment; returns false when nothing waits. For a backlog whose sealing must not keep the engine busy. */
  sealOne(): boolean
  /** Writes one segment even if nothing waits: something else may be told with it. */
  sealAnyway(): void
}

/** Lines of one segment, so that one object never grows beyond what a phone line can carry. */
const MAX_OPERATIONS = 5000
/** Characters from which on a segment is full: what is packed and written at a time. */
const FULL_SEGMENT = 1024 * 1024

/**
 * The journal of this device: immutable, dense segments, each naming the hash of the one before. Operations wait in
 * the outbox, in the same transaction as the change itself, until they are sealed into a file.
 */
export function openJournal(db: Db, folder: string, library: LibraryId, device: DeviceId, now: () => number): Journal {
  const own = join(folder, device)
  const waiting = db.prepare('SELECT count(*) FROM journal_outbox').pluck()
  const next = db.prepare('SELECT seq, operation FROM journal_outbox ORDER BY seq LIMIT ?')
  const last = db.prepare('SELECT seq, sha256 FROM journal_segments WHERE device_id = ? ORDER BY seq DESC LIMIT 1')
  const drop = db.prepare('DELETE FROM journal_outbox WHERE seq <= ?')
  const record = db.prepare(
    'INSERT OR REPLACE INTO journal_segments(device_id, seq, sha256, operations, sealed_at, last_outbox) VALUES (?, ?, ?, ?, ?, ?)',
  )
  const applied = db.prepare('SELECT id, applied_seq FROM devices WHERE applied_seq > 0 ORDER BY id').raw()
  const tail = (): { seq: number; sha256: string | null } =>
    (last.get(device) as { seq: number; sha256: string } | undefined) ?? { seq: 0, sha256: null }
  const settle = (seq: number, sha: string, operations: number, lastOutbox: number): void => {
    db.transaction(() => {
      record.run(device, seq, sha, operations, now(), lastOutbox)
      drop.run(lastOutbox)
    }).immediate()
  }

  // A crash between the rename of a segment and its record leaves a file that the outbox still holds: it counts.
  for (;;) {
    const { seq, sha256 } = tail()
    const path = join(own, segmentName(seq + 1))
    if (!existsSync(path)) break
    const bytes = readFileSync(path)
    const { header, lines } = decodeLines(bytes)
    if (header.prevSha !== sha256) {
      throw new VitrineError(
        'io_error',
        `The journal segment ${segmentName(seq + 1)} does not follow the one before it.`,
      )
    }
    settle(seq + 1, segmentHash(bytes), lines.length, header.lastOutbox)
  }

  /** What waits, up to a full segment. */
  const waitingLines = (): { readonly lines: readonly string[]; readonly last: number } | null => {
    const lines: string[] = []
    let size = 0
    let seq: number | null = null
    for (const row of next.iterate(MAX_OPERATIONS) as Iterable<{ seq: number; operation: string }>) {
      lines.push(row.operation)
      size += row.operation.length
      seq = row.seq
      if (size >= FULL_SEGMENT) break
    }
    return seq === null ? null : { lines, last: seq }
  }

  const lastOutbox = db.prepare("SELECT seq FROM sqlite_sequence WHERE name = 'journal_outbox'").pluck()
  const skipOne = db.prepare("UPDATE sqlite_sequence SET seq = seq + 1 WHERE name = 'journal_outbox'")
  /** Also a segment without lines ends at a number of its own, so that its place is not that of the one before. */
  const nothing = (): ReturnType<typeof waitingLines> => {
    skipOne.run()
    return { lines: [], last: Number(lastOutbox.get() ?? 0) }
  }

  const sealOne = (evenEmpty = false): boolean => {
    try {
      const waits = waitingLines() ?? (evenEmpty ? nothing() : null)
      if (waits === null) return false
      const { seq, sha256 } = tail()
      // Exact, as nothing of others is applied before all that waits is sealed.
      const seen = Object.fromEntries(applied.all() as [string, number][])
      const bytes = encodeSegment(
        { format: 1, library, device, seq: seq + 1, prevSha: sha256, seen, lastOutbox: waits.last },
        waits.lines,
      )
      // Never more than this one folder: where the library's own is missing, its disk is away or it was moved, and a segment
      // in the empty place would be missing in the library.
      if (!existsSync(own)) mkdirSync(own)
      writeFileDurably(join(own, segmentName(seq + 1)), bytes)
      settle(seq + 1, segmentHash(bytes), waits.lines.length, waits.last)
      return true
    } catch (error) {
      throw databaseError(fileError(error, own))
    }
  }

  return {
    get unsealed() {
      return Number(waiting.get())
    },
    seal(): void {
      while (sealOne());
    },
    sealOne: () => sealOne(),
    sealAnyway: () => void sealOne(true),
  }
}

/** How many segments all devices have, for whoever shows how far a rebuild is. */
export function countSegments(folder: string): number {
  if (!existsSync(folder)) return 0
  return readdirSync(folder, { recursive: true }).filter((name) => String(name).endsWith('.jsonl.gz')).length
}

/** A segment as it lies in the journal folder. */
export interface StoredSegment {
  readonly header: SegmentHeader
  /** Each an operation or a set of them. */
  readonly lines: readonly string[]
  /** Of the file. */
  readonly sha256: string
}

/**
 * The logs of all devices below `folder`, each in order. One that has a damaged segment ends there. `after` says where logs
 * begin that are not here from their first segment on.
 */
export function readLogs(
  folder: string,
  after: Readonly<Record<string, { readonly seq: number; readonly sha256: string }>> = {},
): { readonly device: string; readonly log: Generator<StoredSegment, void> }[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
    .map((device) => ({ device, log: readLog(join(folder, device), after[device]) }))
}

function* readLog(
  own: string,
  after: { readonly seq: number; readonly sha256: string } | undefined,
): Generator<StoredSegment, void> {
  let previous: string | null = after?.sha256 ?? null
  for (const name of readdirSync(own)
    .filter((entry) => entry.endsWith('.jsonl.gz') && entry > segmentName(after?.seq ?? 0))
    .sort()) {
    const bytes = readFileSync(join(own, name))
    let segment: ReturnType<typeof decodeLines>
    try {
      segment = decodeLines(bytes)
    } catch (error) {
      if (error instanceof VitrineError) return
      throw error
    }
    if (segment.header.prevSha !== previous) return
    previous = segmentHash(bytes)
    yield { ...segment, sha256: previous }
  }
}
