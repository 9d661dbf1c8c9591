import { existsSync, statSync } from 'node:fs'
import { dirname, isAbsolute, join } from 'node:path'
import { VitrineError } from '../../../shared/contract/errors.ts'
import type { OpeningWork } from '../../../shared/contract/requests/openingWork.ts'
import { UNSORTED_NAME } from '../../../shared/domain/collection.ts'
import type { CollectionId, DeviceId, LibraryId } from '../../../shared/domain/ids.ts'
import { adoptedObjectsRepository } from './adoptedObjects.repository.ts'
import { assetNames } from './assetNames.ts'
import { assetsRepository } from './assets.repository.ts'
import { begunUploadsRepository } from './begunUploads.repository.ts'
import type { Catalog } from './catalog.ts'
import { collectionsRepository } from './collections.repository.ts'
import { type Db, databaseError, isSound, openDatabase, whileFilling } from './database.ts'
import { derivedId } from './derivedId.ts'
import { duplicatesRepository } from './duplicates.repository.ts'
import { generationJobsRepository } from './generationJobs.repository.ts'
import { generationRequestsRepository } from './generationRequests.repository.ts'
import { historyRepository } from './history.repository.ts'
import { importsRepository } from './imports.repository.ts'
import { countSegments, openJournal } from './journal/journal.ts'
import { readOutbox } from './journal/readOutbox.ts'
import { lifecycleRepository } from './lifecycle.repository.ts'
import { EVICTED_LIST, localOriginalsRepository, readEvicted } from './localOriginals.repository.ts'
import { Mutations } from './mutations.ts'
import { onlyThereRepository } from './onlyThere.repository.ts'
import { publicationRepository } from './publication.repository.ts'
import { purgedOriginsRepository } from './purgedOrigins.repository.ts'
import { queueRepository } from './queue.repository.ts'
import { arrangeAtOnce } from './reader/arrangeRows.ts'
import { referenceCopiesRepository } from './referenceCopies.repository.ts'
import { remotesRepository, restoreRemotes } from './remotes.repository.ts'
import { removalsRepository } from './removals.repository.ts'
import { searchValuesRepository } from './searchValues.repository.ts'
import { summariseRows } from './selectionSummary.ts'
import { sharesRepository } from './shares.repository.ts'
import { stacksRepository } from './stacks.repository.ts'
import { readCounts, readStats } from './summary.ts'
import { conflictsRepository } from './sync/conflicts.repository.ts'
import { openRemoteLog } from './sync/openRemoteLog.ts'
import { replayJournal, replayOutbox } from './sync/replayJournal.ts'
import { storedCheckpoint } from './sync/state/storedCheckpoint.ts'
import { tagsRepository } from './tags.repository.ts'
import { readUsage } from './usage.ts'
import { verificationRepository } from './verification.repository.ts'
import { versionsRepository } from './versions.repository.ts'
import { watchedFoldersRepository } from './watchedFolders.repository.ts'
import { restoreWatchedFolders, WATCHED_FOLDERS_COPY } from './watchedFoldersCopy.ts'
import { workspaceObjectsRepository } from './workspaceObjects.repository.ts'

/** Up to this size the check takes a few hundredths of a second, so it is made at every opening. */
const ALWAYS_CHECKED_BYTES = 48 * 1024 * 1024

/** How long the report of an import that a person has dismissed can still be asked for, ms. */
const IMPORTS_KEPT_MS = 30 * 24 * 3_600_000

export interface CatalogOptions {
  /** Path of `catalog.sqlite`. */
  readonly file: string
  /** Folder of the journal, with one folder a device. */
  readonly journalFolder: string
  /** A copy of the remotes beside the catalogue. */
  readonly remotesFile: string
  readonly libraryId: LibraryId
  readonly deviceId: DeviceId
  /** Milliseconds since the Unix epoch. */
  readonly now: () => number
  /** Replays the journal into an empty catalogue. Only for a file that does not exist yet. */
  readonly rebuild?: boolean
  /** With `rebuild`: a catalogue that was set aside, whose last changes may not be in the journal yet. */
  readonly salvage?: string
  /** Told of what takes long. */
  readonly onOpening?: (work: OpeningWork) => void
}

export interface OpenedCatalog {
  readonly catalog: Catalog
  /** False when the process that had it open last was killed; files without a row may then exist. */
  readonly cleanBefore: boolean
}

/**
 * Opens a library's catalogue and brings it up to date. After an unclean end the file is checked first, a small one always.
 * Throws `catalog_damaged`, `library_newer`, `library_invalid` (of another library), `library_read_only`, `disk_full`.
 */
export function openCatalog(options: CatalogOptions): OpenedCatalog {
  const db = openDatabase(options.file, (done, total) => options.onOpening?.({ stage: 'upgrading', done, total }))
  try {
    return prepareCatalog(db, options)
  } catch (error) {
    db.close()
    throw databaseError(error)
  }
}

function prepareCatalog(db: Db, options: CatalogOptions): OpenedCatalog {
  const meta = metaStore(db)
  const owner = meta.get('library')
  if (owner !== undefined && owner !== options.libraryId) {
    throw new VitrineError('library_invalid', 'The catalogue in this folder belongs to another library.')
  }
  const state = meta.get('state')
  const isSmall = statSync(options.file).size <= ALWAYS_CHECKED_BYTES
  if (!isSmall && state === 'open') options.onOpening?.({ stage: 'checking', done: 0, total: null })
  if ((state === 'open' || isSmall) && !isSound(db)) {
    throw new VitrineError('catalog_damaged', 'The catalogue of this library is damaged.')
  }
  db.transaction(() => {
    meta.set('library', options.libraryId)
    meta.set('state', 'open')
    // What was on its way to a remote may have arrived without anybody having noted it: from now on it is asked first.
    if (db.prepare("SELECT 1 FROM queue WHERE kind = 'upload' AND leased = 1 LIMIT 1").get() !== undefined)
      db.prepare("DELETE FROM settings WHERE key GLOB 'remote.*.fresh'").run()
    // Whoever held a lease is gone: a catalogue has one engine at a time.
    db.prepare('UPDATE queue SET leased = 0, attempts = max(0, attempts - 1) WHERE leased = 1').run()
    db.prepare("UPDATE assets SET sync_state = 'queued' WHERE sync_state = 'uploading'").run()
    db.prepare(
      "UPDATE assets SET sync_state = 'cloud-only' WHERE sync_state IN ('cloud-only', 'downloading') AND sync_state = 'downloading'",
    ).run()
    db.prepare('DELETE FROM imports WHERE dismissed = 1 AND finished_at < ?').run(options.now() - IMPORTS_KEPT_MS)
  }).immediate()

  const unsorted = derivedId(options.libraryId, 'collection', UNSORTED_NAME) as CollectionId
  const mutations = new Mutations(db, options.deviceId)
  if (options.rebuild === true) whileFilling(db, () => replayAll(db, mutations, options))
  ensureUnsorted(db, mutations, unsorted, options.now())
  const journal = openJournal(db, options.journalFolder, options.libraryId, options.deviceId, options.now)
  const settings = settingsStore(db)
  const jobs = generationJobsRepository(db, mutations, options.libraryId)
  const catalog: Catalog = {
    libraryId: options.libraryId,
    deviceId: options.deviceId,
    unsortedId: unsorted,
    get revision() {
      return mutations.revision
    },
    assets: assetsRepository(db, mutations, options.libraryId, unsorted, options.now),
    duplicates: duplicatesRepository(db),
    collections: collectionsRepository(db, unsorted, () => mutations.revision),
    tags: tagsRepository(db),
    summarise: summariseRows(db),
    searchValues: searchValuesRepository(db),
    jobs,
    requests: generationRequestsRepository(db, jobs),
    stacks: stacksRepository(db),
    names: assetNames(db),
    arrange: (rowIds, query, wanted) => arrangeAtOnce(db, rowIds, query, unsorted, wanted),
    history: historyRepository(db, mutations),
    imports: importsRepository(db),
    queue: queueRepository(db),
    remotes: remotesRepository(db, options.remotesFile),
    begunUploads: begunUploadsRepository(db),
    shares: sharesRepository(db),
    referenceCopies: referenceCopiesRepository(db),
    workspaceObjects: workspaceObjectsRepository(db),
    adopted: adoptedObjectsRepository(db),
    onlyThere: onlyThereRepository(db),
    purgedOrigins: purgedOriginsRepository(db),
    verification: verificationRepository(db),
    versions: versionsRepository(db),
    watched: watchedFoldersRepository(db, mutations, watchedCopy(options)),
    lifecycle: lifecycleRepository(db),
    localOriginals: localOriginalsRepository(db, mutations, evictedList(options)),
    journal,
    remoteLog: openRemoteLog(db, mutations, journal, {
      library: options.libraryId,
      device: options.deviceId,
      folder: options.journalFolder,
      now: options.now,
      isHere: isHereIn(options),
    }),
    conflicts: conflictsRepository(db, mutations, options.deviceId),
    publication: publicationRepository(db, options.deviceId),
    removals: removalsRepository(db),
    mutate: (spec, write) => mutations.run(spec, write),
    onChange: (listener) => mutations.onChange(listener),
    counts: (now) => readCounts(db, mutations.revision, now),
    stats: () => readStats(db, unsorted),
    usage: () => readUsage(db, unsorted),
    getSetting: settings.get,
    setSetting: settings.set,
    close(): void {
      if (!db.open) return
      try {
        journal.seal()
        meta.set('state', 'closed')
        db.pragma('wal_checkpoint(TRUNCATE)')
      } catch (error) {
        // A full or vanished disk: everything is in the database already, and the next opening takes care of the rest.
        const typed = databaseError(error)
        if (!(typed instanceof VitrineError)) throw typed
      } finally {
        db.close()
      }
    },
  }
  return { catalog, cleanBefore: state !== 'open' }
}

function watchedCopy({ file }: CatalogOptions): string {
  return join(dirname(file), WATCHED_FOLDERS_COPY)
}

function evictedList({ file }: CatalogOptions): string {
  return join(dirname(file), EVICTED_LIST)
}

/** What this device removed on purpose is only in the bucket: it is not lost. */
function markEvicted(db: Db, options: CatalogOptions): void {
  const evicted = readEvicted(evictedList(options))
  if (evicted.size === 0) return
  const isHere = isHereIn(options)
  const assets = db
    .prepare("SELECT row_id, sha256, storage_path FROM assets WHERE sync_state <> 'cloud-only'")
    .all() as {
    readonly row_id: number
    readonly sha256: string
    readonly storage_path: string
  }[]
  const setAway = db.prepare("UPDATE assets SET sync_state = 'cloud-only' WHERE row_id = ?")
  db.transaction(() => {
    for (const { row_id, sha256, storage_path } of assets) {
      if (evicted.has(sha256) && !isHere(storage_path)) setAway.run(row_id)
    }
  })()
}

function replayAll(db: Db, mutations: Mutations, options: CatalogOptions): void {
  const { journalFolder: folder, libraryId: library, deviceId: device, now } = options
  const isHere = isHereIn(options)
  // What waits for a segment that is lost comes all the same, so a row may name one that is not there.
  db.pragma('foreign_keys = OFF')
  const total = countSegments(folder) + (storedCheckpoint(folder, library)?.shards.length ?? 0)
  let done = 0
  replayJournal(db, mutations, { folder, library, device, now, isHere }, () =>
    options.onOpening?.({ stage: 'rebuilding', done: done++, total }),
  )
  db.pragma('foreign_keys = ON')
  restoreRemotes(db, options.remotesFile)
  restoreWatchedFolders(db, watchedCopy(options))
  if (options.salvage !== undefined) replayOutbox(db, mutations, device, readOutbox(options.salvage), isHere)
  markEvicted(db, options)
  // What decoders had not finished is done again; what had expired in the meantime is not brought back by a rebuild.
  db.prepare(
    `INSERT INTO queue(kind, key, payload, priority, run_at) SELECT 'media', id, 'null', 0, 0 FROM assets
     WHERE sync_state <> 'cloud-only' AND (status = 'processing' OR (status = 'available' AND thumbnail_path IS NULL AND error_code IS NULL))
     ON CONFLICT DO NOTHING`,
  ).run()
  db.prepare(
    `INSERT INTO queue(kind, key, payload, priority, run_at) SELECT 'poster', id, 'null', imported_at / 1000, 0 FROM assets
     WHERE sync_state <> 'cloud-only' AND status = 'available' AND asset_type = 'video' AND thumbnail_path IS NULL AND metadata ->> '$.poster' = 'wanted'
     ON CONFLICT DO NOTHING`,
  ).run()
}

/** Whether a file of the library, or one that it links to, is on this device. */
function isHereIn({ file }: CatalogOptions): (path: string) => boolean {
  const root = dirname(file)
  return (path) => existsSync(isAbsolute(path) ? path : join(root, path))
}

function ensureUnsorted(db: Db, mutations: Mutations, id: CollectionId, now: number): void {
  const exists = db.prepare('SELECT 1 FROM collections WHERE id = ?').get(id) !== undefined
  if (exists) return
  const record = { parent_id: null, name: UNSORTED_NAME, kind: 'manual', position: 0, created_at: now, updated_at: now }
  mutations.run(
    { kind: 'collection', label: () => `Collection “${UNSORTED_NAME}”`, undoable: false, now },
    (writer) => {
      writer.set('collection', id, '', record)
    },
  )
}

function metaStore(db: Db): { get(key: string): string | undefined; set(key: string, value: string): void } {
  const get = db.prepare('SELECT value FROM meta WHERE key = ?').pluck()
  const set = db.prepare('INSERT OR REPLACE INTO meta(key, value) VALUES (?, ?)')
  return { get: (key) => get.get(key) as string | undefined, set: (key, value) => void set.run(key, value) }
}

function settingsStore(db: Db): { get(key: string): unknown; set(key: string, value: unknown): void } {
  const get = db.prepare('SELECT value FROM settings WHERE key = ?').pluck()
  const set = db.prepare('INSERT OR REPLACE INTO settings(key, value) VALUES (?, ?)')
  return {
    get(key) {
      const text = get.get(key) as string | undefined
      return text === undefined ? undefined : JSON.parse(text)
    },
    set: (key, value) => void set.run(key, JSON.stringify(value ?? null)),
  }
}
