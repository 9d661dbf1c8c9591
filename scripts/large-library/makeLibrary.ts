import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import { type Db, openDatabase, statementCache } from '../../src/main/engine/catalog/database.ts'
import { Mutations } from '../../src/main/engine/catalog/mutations.ts'
import { type LibraryFolder, libraryFolder } from '../../src/main/engine/library/libraryFolder.ts'
import { deviceIdSchema } from '../../src/shared/domain/ids.ts'
import { type LibraryBatch, libraryBatches } from './libraryBatches.ts'
import type { LibrarySize } from './librarySize.ts'
import { type LibraryPlan, planLibrary } from './planLibrary.ts'
import { recentHistory } from './recentHistory.ts'
import type { WrittenSegment } from './segments.thread.ts'

export interface MakeLibraryOptions extends LibrarySize {
  /** Is made; must not exist. */
  readonly root: string
  /** Called now and then with how many assets are in the catalogue. */
  readonly onProgress?: (assets: number) => void
}

/** What the present of a made-up library is unless something else is asked for. */
export const DEFAULT_UNTIL = Date.UTC(2026, 10, 20)

/**
 * Makes a library of any size as if it had been in use for years on one device: every row comes of an operation that goes
 * through `Mutations.replay`, the way of a rebuild, and stands in the journal. There are no originals and no thumbnails. What
 * stands in the tables depends on the size, the seed and `until` only. A run that fails leaves nothing.
 */
export async function makeLibrary({ root, onProgress, ...size }: MakeLibraryOptions): Promise<LibraryPlan> {
  if (existsSync(root)) throw new Error(`“${root}” is there already.`)
  const plan = planLibrary(size)
  const folder = libraryFolder(root)
  try {
    makeFolders(folder, plan)
    const segments = writeJournal(folder, size, plan.device)
    const db = openForFilling(folder.catalog)
    try {
      fill(db, plan, onProgress)
      takeUpJournal(db, plan, await segments)
      db.pragma('journal_mode = WAL')
    } finally {
      db.close()
    }
    recentHistory(folder, plan)
    return plan
  } catch (error) {
    rmSync(root, { recursive: true, force: true })
    throw error
  }
}

function makeFolders(folder: LibraryFolder, { library, device, createdAt }: LibraryPlan): void {
  const folders = [folder.originals, folder.incoming, folder.journal, folder.thumbnails, folder.quarantine, folder.drop]
  for (const path of folders) mkdirSync(path, { recursive: true })
  const created = new Date(createdAt).toISOString()
  const write = (path: string, content: unknown) => writeFileSync(path, `${JSON.stringify(content, null, 2)}\n`)
  write(folder.manifest, { format: 1, id: library, name: 'A large library', created_at: created })
  write(folder.device, { id: device, name: 'studio', created_at: created })
}

/** Nobody else reads it, and it is thrown away if anything goes wrong: no log on disk, no waiting for the disk. */
function openForFilling(path: string): Db {
  const db = openDatabase(path)
  db.pragma('locking_mode = EXCLUSIVE')
  db.pragma('journal_mode = MEMORY')
  db.pragma('synchronous = OFF')
  db.pragma('cache_size = -524288')
  db.pragma('foreign_keys = OFF')
  return db
}

function writeJournal(folder: LibraryFolder, size: LibrarySize, device: string): Promise<readonly WrittenSegment[]> {
  const own = `${folder.journal}/${device}`
  mkdirSync(own, { recursive: true })
  const worker = new Worker(new URL('./segments.thread.ts', import.meta.url), { workerData: { size, folder: own } })
  const written = new Promise<readonly WrittenSegment[]>((resolve, reject) => {
    worker.on('message', resolve)
    worker.on('error', reject)
    worker.on('exit', () => reject(new Error('The thread that writes the journal ended early.')))
  })
  // It is waited for later; until then its failure is nobody's.
  written.catch(() => undefined)
  return written
}

function fill(db: Db, plan: LibraryPlan, onProgress?: (assets: number) => void): void {
  const mutations = new Mutations(db, deviceIdSchema.parse(plan.device))
  let assets = 0
  for (const batch of libraryBatches(plan)) {
    mutations.replay(batch.operations)
    db.transaction(() => {
      for (const { burst, ids } of batch.arrivals) {
        recordArrival(db, plan, burst.importId, burst.at, ids)
        assets += ids.length
      }
    })()
    onProgress?.(assets)
  }
  setSyncStates(db)
}

/** One entry of the history for each import, as the import itself writes it. */
function recordArrival(
  db: Db,
  plan: LibraryPlan,
  importId: string,
  at: number,
  ids: LibraryBatch['arrivals'][number]['ids'],
): void {
  const prepare = statements(db)
  const known = prepare('SELECT id, asset_count FROM activity WHERE group_id = ?').get(importId) as
    | { readonly id: number; readonly asset_count: number }
    | undefined
  const count = (known?.asset_count ?? 0) + ids.length
  const label = `Imported ${count} ${count === 1 ? 'file' : 'files'}`
  let id = known?.id
  if (id === undefined) {
    const { lastInsertRowid } = prepare(
      "INSERT INTO activity(device_id, at, kind, label, asset_count, group_id, undoable) VALUES (?, ?, 'import', ?, ?, ?, 0)",
    ).run(plan.device, at, label, count, importId)
    id = Number(lastInsertRowid)
  } else prepare('UPDATE activity SET asset_count = ?, label = ? WHERE id = ?').run(count, label, id)
  const insert = prepare(
    "INSERT INTO activity_changes(activity_id, entity, entity_id, field, before, after) VALUES (?, 'asset', ?, '', 'null', 'true')",
  )
  for (const assetId of ids) insert.run(id, assetId)
}

const caches = new WeakMap<Db, ReturnType<typeof statementCache>>()
function statements(db: Db): ReturnType<typeof statementCache> {
  const known = caches.get(db) ?? statementCache(db)
  caches.set(db, known)
  return known
}

/** A bucket that has most of what is kept; where each file stands there is known to this device alone. */
function setSyncStates(db: Db): void {
  db.exec(`UPDATE assets SET
      sync_state = CASE row_id % 100 WHEN 7 THEN 'error' WHEN 11 THEN 'blocked' ELSE 'synced' END,
      sync_reason = CASE row_id % 100 WHEN 7 THEN 'The bucket refused the file.' WHEN 11 THEN 'The bucket takes no files of this kind.' END
    WHERE space = 'library' AND deleted_at IS NULL AND row_id % 100 < 72`)
}

/** What the catalogue knows of the segments that are on disk, so that the next one follows them. */
function takeUpJournal(db: Db, plan: LibraryPlan, segments: readonly WrittenSegment[]): void {
  const insert = db.prepare(
    'INSERT INTO journal_segments(device_id, seq, sha256, operations, sealed_at) VALUES (?, ?, ?, ?, ?)',
  )
  const outbox = db.prepare("INSERT OR REPLACE INTO sqlite_sequence(name, seq) VALUES ('journal_outbox', ?)")
  db.transaction(() => {
    for (const { seq, sha256, operations } of segments) insert.run(plan.device, seq, sha256, operations, plan.until)
    outbox.run(segments.at(-1)?.lastOutbox ?? 0)
  })()
}
