import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { VitrineError } from '../../../../shared/contract/errors.ts'
import type { DeviceId, LibraryId } from '../../../../shared/domain/ids.ts'
import { fileError } from '../../disk/fileError.ts'
import { writeFileDurably } from '../../disk/writeFileDurably.ts'
import { type Db, databaseError } from '../database.ts'
import type { Operation } from './operation.ts'
import { decodeSegment, encodeSegment, readSegmentHeader, segmentHash, segmentName } from './segment.ts'

/** The append-only record of every change: what sync sends and what a rebuild replays. */
export interface Journal {
  /** Operations that are committed but not yet in a segment file. */
  readonly unsealed: number
  /** Writes committed operations into segment files below `journal/<device>/`, durably. */
  seal(): void
  /** Writes one segment; returns false when nothing waits. For a backlog whose sealing must not keep the engine busy. */
  sealOne(): boolean
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
    'INSERT OR REPLACE INTO journal_segments(device_id, seq, sha256, operations, sealed_at) VALUES (?, ?, ?, ?, ?)',
  )
  const tail = (): { seq: number; sha256: string | null } =>
    (last.get(device) as { seq: number; sha256: string } | undefined) ?? { seq: 0, sha256: null }
  const settle = (seq: number, sha: string, operations: number, lastOutbox: number): void => {
    db.transaction(() => {
      record.run(device, seq, sha, operations, now())
      drop.run(lastOutbox)
    }).immediate()
  }

  // A crash between the rename of a segment and its record leaves a file that the outbox still holds: it counts.
  for (;;) {
    const { seq, sha256 } = tail()
    const path = join(own, segmentName(seq + 1))
    if (!existsSync(path)) break
    const bytes = readFileSync(path)
    const { header, operations } = decodeSegment(bytes)
    if (header.prevSha !== sha256) {
      throw new VitrineError(
        'io_error',
        `The journal segment ${segmentName(seq + 1)} does not follow the one before it.`,
      )
    }
    settle(seq + 1, segmentHash(bytes), operations.length, header.lastOutbox)
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

  const sealOne = (): boolean => {
    try {
      const waits = waitingLines()
      if (waits === null) return false
      const { seq, sha256 } = tail()
      const bytes = encodeSegment(
        { format: 1, library, device, seq: seq + 1, prevSha: sha256, seen: {}, lastOutbox: waits.last },
        waits.lines,
      )
      mkdirSync(own, { recursive: true })
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
    sealOne,
  }
}

/** How many segments all devices have, for whoever shows how far a rebuild is. */
export function countSegments(folder: string): number {
  if (!existsSync(folder)) return 0
  return readdirSync(folder, { recursive: true }).filter((name) => String(name).endsWith('.jsonl.gz')).length
}

/** Every operation of every device below `folder`, device by device, in order. A damaged segment ends its device's part. */
export function* readJournal(folder: string): Generator<readonly Operation[]> {
  if (!existsSync(folder)) return
  for (const device of readdirSync(folder).sort()) {
    const own = join(folder, device)
    let previous: string | null = null
    for (const name of readdirSync(own)
      .filter((entry) => entry.endsWith('.jsonl.gz'))
      .sort()) {
      const bytes = readFileSync(join(own, name))
      let segment: ReturnType<typeof decodeSegment>
      try {
        segment = decodeSegment(bytes)
      } catch (error) {
        if (error instanceof VitrineError) break
        throw error
      }
      if (segment.header.prevSha !== previous) break
      previous = segmentHash(bytes)
      yield segment.operations
    }
  }
}

/** Segments of one device on disk, for a rebuild to take up where the damaged catalogue stood. */
export function restoreTail(db: Db, folder: string, device: DeviceId, now: number): void {
  const own = join(folder, device)
  if (!existsSync(own)) return
  const insert = db.prepare(
    'INSERT OR REPLACE INTO journal_segments(device_id, seq, sha256, operations, sealed_at) VALUES (?, ?, ?, ?, ?)',
  )
  let previous: string | null = null
  let outbox = 0
  for (const name of readdirSync(own)
    .filter((entry) => entry.endsWith('.jsonl.gz'))
    .sort()) {
    const bytes = readFileSync(join(own, name))
    const { header, lines } = readSegmentHeader(bytes)
    if (header.prevSha !== previous) break
    previous = segmentHash(bytes)
    outbox = header.lastOutbox
    insert.run(device, header.seq, previous, lines, now)
  }
  // New outbox numbers go on above the sealed ones, so that `lastOutbox` never names the wrong rows.
  db.prepare("INSERT OR REPLACE INTO sqlite_sequence(name, seq) VALUES ('journal_outbox', ?)").run(outbox)
}
