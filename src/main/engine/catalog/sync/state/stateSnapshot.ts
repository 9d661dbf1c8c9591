import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { deviceIdSchema } from '../../../../../shared/domain/ids.ts'
import { type Db, statementCache } from '../../database.ts'
import { segmentName } from '../../journal/segment.ts'
import { segmentLines } from '../../journal/segmentLines.ts'
import type { FrontierDevice } from './loadState.ts'

/** Of which catalogue, and for whom. */
export interface SnapshotSource {
  readonly db: Db
  readonly self: string
  readonly remote: string
  /** Folder of the journal. */
  readonly journal: string
}

/**
 * Up to where the logs are contained in what a catalogue holds, inside of a transaction that reads it. Null while that is
 * nothing that can be named: something of this device waits to be told, or a segment of another is taken in by half.
 */
export function readFrontier({ db, self, remote, journal }: SnapshotSource): Record<string, FrontierDevice> | null {
  const get = statementCache(db)
  const told = get('SELECT seq, sha256 FROM publications WHERE remote_id = ?').get(remote) as
    | { readonly seq: number; readonly sha256: string | null }
    | undefined
  const own = get(
    `SELECT coalesce(max(seq), 0) AS sealed, coalesce(max(last_outbox = 0 AND operations > 0), 0) AS old,
       EXISTS (SELECT 1 FROM journal_outbox) OR EXISTS (SELECT 1 FROM outgoing_segments WHERE remote_id = :remote) AS waits
     FROM journal_segments WHERE device_id = :self`,
  ).get({ self, remote }) as { readonly sealed: number; readonly old: 0 | 1; readonly waits: 0 | 1 }
  // Of segments from before places were noted, nobody can say where their writes stand.
  if (told === undefined || told.seq !== own.sealed || own.waits === 1 || own.old === 1) return null
  const frontier: Record<string, FrontierDevice> = {}
  if (told.seq > 0 && told.sha256 !== null) {
    const { header } = segmentLines(readFileSync(join(journal, self, segmentName(told.seq))))
    frontier[self] = { seq: told.seq, sha256: told.sha256, seen: header.seen, name: null }
  }
  const others = get('SELECT id, name, applied_seq, applied_sha, seen FROM devices').all() as {
    readonly id: string
    readonly name: string | null
    readonly applied_seq: number
    readonly applied_sha: string | null
    readonly seen: string
  }[]
  const applied = new Map(others.map(({ id, applied_seq }) => [id, applied_seq]))
  for (const entry of readdirSync(journal, { withFileTypes: true })) {
    const isOther = entry.isDirectory() && deviceIdSchema.safeParse(entry.name).success && entry.name !== self
    // A segment is stored before its first part is merged.
    if (isOther && existsSync(join(journal, entry.name, segmentName((applied.get(entry.name) ?? 0) + 1)))) return null
  }
  for (const { id, name, applied_seq: seq, applied_sha: sha256, seen } of others) {
    if (seq > 0 && sha256 !== null) frontier[id] = { seq, sha256, seen: JSON.parse(seen), name }
  }
  return frontier
}
