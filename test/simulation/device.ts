import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { assetsRepository } from '../../src/main/engine/catalog/assets.repository.ts'
import { type Journal, openJournal } from '../../src/main/engine/catalog/journal/journal.ts'
import { segmentName } from '../../src/main/engine/catalog/journal/segment.ts'
import { Mutations } from '../../src/main/engine/catalog/mutations.ts'
import { publicationRepository } from '../../src/main/engine/catalog/publication.repository.ts'
import { remotesRepository } from '../../src/main/engine/catalog/remotes.repository.ts'
import { removalsRepository } from '../../src/main/engine/catalog/removals.repository.ts'
import { renewDevice } from '../../src/main/engine/catalog/renewal/renewDevice.ts'
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
  id: DeviceId
  db!: Database.Database
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
    writeFileSync(join(this.root, 'device.json'), JSON.stringify({ id: this.id, name: `Device ${index + 1}` }))
    this.#clock = clock
    this.skew = skew
    this.#load(template)
    this.db
      .prepare(
        "INSERT OR IGNORE INTO remotes(id, name, role, location, created_at) VALUES (?, 'bucket', 'library', '{}', 1)",
      )
      .run(remote)
    this.start()
  }

  /** What somebody has who copies the library's folder: the same device, and all that it had written by then. */
  copy(index: number, root: string, skew: number): Device {
    const copy = new Device(index, this.db.serialize(), root, this.#clock, skew)
    copy.id = this.id
    for (const [key, value] of this.#settings) copy.#settings.set(key, value)
    cpSync(this.folder, copy.folder, { recursive: true })
    writeFileSync(join(copy.root, 'device.json'), readFileSync(join(this.root, 'device.json')))
    copy.start()
    return copy
  }

  /** Opens the library again after a renewal was prepared: it is a device of its own then. */
  renew(): void {
    const catalog = join(this.root, 'catalog.sqlite')
    writeFileSync(catalog, this.db.serialize())
    this.db.close()
    const [device, quarantine] = [join(this.root, 'device.json'), join(this.root, 'quarantine')]
    mkdirSync(quarantine, { recursive: true })
    const present = { id: this.id, name: 'A copy' }
    const folder = { root: this.root, catalog, journal: this.folder, device, quarantine }
    if (!renewDevice(folder, library, present, this.now())) throw new Error('A renewal that was prepared is not there')
    this.id = JSON.parse(readFileSync(device, 'utf8')).id
    this.#load(withoutWal(readFileSync(catalog)))
    this.start()
  }

  #load(catalog: Buffer): void {
    this.db = new Database(catalog)
    this.db.pragma('foreign_keys = ON')
    registerSqlFunctions(this.db)
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

/** The bytes of a catalogue that can be opened in memory: its header says that it has no log of its own beside it. */
function withoutWal(catalog: Buffer): Buffer {
  // File format versions for writing and reading, 1 for a rollback journal (https://www.sqlite.org/fileformat.html, 1.3.3).
  catalog[18] = 1
  catalog[19] = 1
  return catalog
}
