import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { type Journal, openJournal } from '../../src/main/engine/catalog/journal/journal.ts'
import { segmentName } from '../../src/main/engine/catalog/journal/segment.ts'
import { Mutations } from '../../src/main/engine/catalog/mutations.ts'
import { registerSqlFunctions } from '../../src/main/engine/catalog/sqlFunctions.ts'
import { conflictsRepository } from '../../src/main/engine/catalog/sync/conflicts.repository.ts'
import { openRemoteLog } from '../../src/main/engine/catalog/sync/openRemoteLog.ts'
import type { Conflicts, RemoteLog } from '../../src/main/engine/catalog/sync/remoteLog.ts'
import type { DeviceId, LibraryId } from '../../src/shared/domain/ids.ts'

export const library = 'aaaaaaaa-0000-4000-8000-000000000000' as LibraryId

/** One device: a real catalogue (in memory) with its journal on disk. */
export class Device {
  readonly id: DeviceId
  readonly db: Database.Database
  readonly folder: string
  /** How wrong its clock is, ms. */
  readonly skew: number
  readonly #clock: { now: number }
  mutations!: Mutations
  journal!: Journal
  log!: RemoteLog
  conflicts!: Conflicts
  isOnline = true
  /** Own segments that the bucket is known to hold; forgotten by a kill. */
  published = 0

  constructor(index: number, template: Buffer, root: string, clock: { now: number }, skew: number) {
    this.id = `${String(index + 1).repeat(8)}-0000-4000-8000-000000000000` as DeviceId
    this.folder = join(root, this.id)
    mkdirSync(this.folder, { recursive: true })
    this.#clock = clock
    this.skew = skew
    this.db = new Database(template)
    this.db.pragma('foreign_keys = ON')
    registerSqlFunctions(this.db)
    this.start()
  }

  /** Everything that is only in memory begins anew. */
  start(): void {
    const { db, id: device, folder } = this
    const now = (): number => this.now()
    this.mutations = new Mutations(db, device)
    this.journal = openJournal(db, folder, library, device, now)
    const options = { library, device, folder, now, isHere: () => false, cellsAtOnce: 3 }
    this.log = openRemoteLog(db, this.mutations, this.journal, options)
    this.conflicts = conflictsRepository(db, this.mutations, device)
    this.published = 0
  }

  now(): number {
    return this.#clock.now + this.skew
  }

  /** Sequence of its last segment. */
  tail(): number {
    return Number(
      this.db.prepare('SELECT max(seq) FROM journal_segments WHERE device_id = ?').pluck().get(this.id) ?? 0,
    )
  }

  segment(seq: number): Buffer {
    return readFileSync(join(this.folder, this.id, segmentName(seq)))
  }

  all(sql: string, ...values: unknown[]): Record<string, string | number | null>[] {
    return this.db.prepare(sql).all(...values) as Record<string, string | number | null>[]
  }

  close(): void {
    this.db.close()
  }
}
