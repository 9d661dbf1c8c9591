import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { assetsRepository } from '../../src/main/engine/catalog/assets.repository.ts'
import { type Journal, openJournal } from '../../src/main/engine/catalog/journal/journal.ts'
import { segmentName } from '../../src/main/engine/catalog/journal/segment.ts'
import { Mutations } from '../../src/main/engine/catalog/mutations.ts'
import { publicationRepository } from '../../src/main/engine/catalog/publication.repository.ts'
import { remotesRepository } from '../../src/main/engine/catalog/remotes.repository.ts'
import { removalsRepository } from '../../src/main/engine/catalog/removals.repository.ts'
import { registerSqlFunctions } from '../../src/main/engine/catalog/sqlFunctions.ts'
import { conflictsRepository } from '../../src/main/engine/catalog/sync/conflicts.repository.ts'
import { openRemoteLog } from '../../src/main/engine/catalog/sync/openRemoteLog.ts'
import type {
  Conflicts,
  ReceivedSegment,
  RemoteLog,
  SegmentOutcome,
} from '../../src/main/engine/catalog/sync/remoteLog.ts'
import type { PublishContext } from '../../src/main/engine/sync/publishContext.ts'
import type { CollectionId, DeviceId, LibraryId, RemoteId } from '../../src/shared/domain/ids.ts'

/** The one place that they all sync through. */
export const remote = 'bbbbbbbb-0000-4000-8000-000000000000' as RemoteId
export const library = 'aaaaaaaa-0000-4000-8000-000000000000' as LibraryId

/** One device: a real catalogue (in memory) with its journal on disk. */
export class Device {
  readonly id: DeviceId
  readonly db: Database.Database
  readonly root: string
  /** Of the journal. */
  readonly folder: string
  /** How wrong its clock is, ms. */
  readonly skew: number
  readonly #clock: { now: number }
  mutations!: Mutations
  journal!: Journal
  log!: RemoteLog
  conflicts!: Conflicts
  catalog!: PublishContext['catalog']
  readonly #settings = new Map<string, unknown>()
  isOnline = true
  /** Own segments that the bucket is known to hold; forgotten by a kill. */
  published = 0
  /** What a pull remembers until the next one. */
  marks = new Map<DeviceId, string>()
  /** Called with every segment that is applied, and what came of it. */
  onSegment: (segment: ReceivedSegment, outcome: SegmentOutcome) => void = () => {}

  constructor(index: number, template: Buffer, root: string, clock: { now: number }, skew: number) {
    this.id = `${String(index + 1).repeat(8)}-0000-4000-8000-000000000000` as DeviceId
    this.root = join(root, this.id)
    this.folder = join(this.root, 'journal')
    mkdirSync(this.folder, { recursive: true })
    writeFileSync(join(this.root, 'device.json'), JSON.stringify({ name: `Device ${index + 1}` }))
    this.#clock = clock
    this.skew = skew
    this.db = new Database(template)
    this.db.pragma('foreign_keys = ON')
    registerSqlFunctions(this.db)
    this.db
      .prepare("INSERT INTO remotes(id, name, role, location, created_at) VALUES (?, 'bucket', 'library', '{}', 1)")
      .run(remote)
    this.start()
  }

  /** Everything that is only in memory begins anew. */
  start(): void {
    const { db, id: device, folder } = this
    const now = (): number => this.now()
    this.mutations = new Mutations(db, device)
    this.journal = openJournal(db, folder, library, device, now)
    const options = { library, device, folder, now, isHere: () => false, cellsAtOnce: 3 }
    const log = openRemoteLog(db, this.mutations, this.journal, options)
    this.log = {
      ...log,
      apply: async (segment, how) => {
        const outcome = await log.apply(segment, how)
        this.onSegment(segment, outcome)
        return outcome
      },
    }
    this.conflicts = conflictsRepository(db, this.mutations, device)
    this.published = 0
    this.marks = new Map()
    this.catalog = {
      deviceId: device,
      journal: this.journal,
      remoteLog: this.log,
      publication: publicationRepository(db, device),
      assets: assetsRepository(db, this.mutations, library, '' as CollectionId, now),
      remotes: remotesRepository(db, join(this.root, 'remotes.json')),
      removals: removalsRepository(db),
      getSetting: (key) => this.#settings.get(key),
      setSetting: (key, value) => void this.#settings.set(key, value),
    }
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
