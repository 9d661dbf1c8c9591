import type { AssetId, ImportId } from '../../../shared/domain/ids.ts'
import type { ImportRules } from '../../../shared/domain/import.ts'
import { type ImportFailure, type ImportReport, importRulesSchema } from '../../../shared/domain/import.ts'
import { type Db, inTransaction } from './database.ts'
import { importCounts } from './importCounts.ts'
import type {
  ImportedItem,
  ImportItem,
  ImportRow,
  ImportSource,
  ImportState,
  ItemResult,
  NewImportItem,
} from './importRecords.ts'

export interface ImportsRepository {
  create(row: {
    readonly id: ImportId
    readonly source: ImportSource
    readonly options: ImportRules
    readonly paths: readonly string[]
    readonly startedAt: number
  }): void
  /** Adds items; one that is already in this import is ignored. */
  addItems(id: ImportId, items: readonly NewImportItem[]): void
  setState(id: ImportId, state: ImportState, finishedAt: number | null): void
  get(id: ImportId): ImportRow | undefined
  /** Running ones first, then finished ones that were not dismissed, newest first. */
  list(): readonly ImportRow[]
  unfinished(): readonly ImportRow[]
  /** Sidecars come last. */
  pending(id: ImportId, limit: number): readonly ImportItem[]
  /** The path of the item that was added last, '' for none. */
  lastPath(id: ImportId): string
  /** What has become of these paths in an import; one that is no item of it is left out. */
  itemsAt(id: ImportId, paths: readonly string[]): readonly ImportedItem[]
  /** Size and listing of an object that is an item of an import; undefined for another path. */
  objectAt(id: ImportId, path: string): Pick<ImportItem, 'path' | 'bytes' | 'object'> | undefined
  /** The asset that the file at this path became when it was last taken in by any import. */
  takenAs(path: string): AssetId | undefined
  /** Paths below `start` (the beginning of a path) that were taken in by any import, with their assets; latest first. */
  takenBelow(start: string, limit: number): readonly { readonly path: string; readonly assetId: AssetId }[]
  /** Items of imported files are settled by `assets.register`. */
  settle(id: ImportId, results: readonly { readonly itemId: number; readonly result: ItemResult }[]): void
  /** Pending items become skipped (`cancelled`). */
  cancelPending(id: ImportId): void
  /** Failed items become pending; returns how many. */
  retryFailed(id: ImportId): number
  failures(id: ImportId, limit: number): readonly ImportFailure[]
  report(id: ImportId): ImportReport
  dismiss(id: ImportId): void
}

type Row = Record<string, string | number | null>

/** Durable imports and their items. They describe this device's work, so they are not in the journal. */
export function importsRepository(db: Db): ImportsRepository {
  const insert = db.prepare(
    "INSERT INTO imports(id, source, state, options, paths, started_at) VALUES (:id, :source, 'counting', :options, :paths, :startedAt)",
  )
  const insertItem = db.prepare(
    `INSERT OR IGNORE INTO import_items(import_id, path, bytes, job, state, code, sidecars, sidecar_of, asset_id, object)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const setState = db.prepare('UPDATE imports SET state = ?, finished_at = ? WHERE id = ?')
  const one = db.prepare('SELECT * FROM imports WHERE id = ?')
  const listed = db.prepare(
    "SELECT * FROM imports WHERE dismissed = 0 OR state IN ('counting', 'running', 'cancelling') ORDER BY finished_at IS NOT NULL, started_at DESC LIMIT 50",
  )
  const unfinished = db.prepare(
    "SELECT * FROM imports WHERE state IN ('counting', 'running', 'cancelling') ORDER BY started_at",
  )
  const counts = importCounts(db)
  const pending = db.prepare(
    `SELECT item_id AS itemId, path, bytes, job, sidecars, sidecar_of AS sidecarOf, asset_id AS assetId, object
     FROM import_items WHERE import_id = ? AND state = 'pending' ORDER BY sidecar_of IS NOT NULL, item_id LIMIT ?`,
  )
  const lastPath = db.prepare('SELECT path FROM import_items WHERE import_id = ? ORDER BY item_id DESC LIMIT 1').pluck()
  const itemAt = db.prepare(
    'SELECT path, state, asset_id AS assetId FROM import_items WHERE import_id = ? AND path = ?',
  )
  const objectAt = db.prepare('SELECT path, bytes, object FROM import_items WHERE import_id = ? AND path = ?')
  const takenAs = db
    .prepare('SELECT asset_id FROM import_items WHERE path = ? AND asset_id IS NOT NULL ORDER BY item_id DESC LIMIT 1')
    .pluck()
  // U+10FFFF follows every character that a name can have.
  const takenBelow = db.prepare(
    `SELECT path, asset_id AS assetId FROM import_items WHERE path > :start AND path < :start || char(1114111)
       AND asset_id IS NOT NULL ORDER BY item_id DESC LIMIT :limit`,
  )
  const settle = db.prepare(
    'UPDATE import_items SET state = ?, asset_id = ?, code = ?, message = ?, details = ? WHERE item_id = ? AND import_id = ?',
  )
  const cancel = db.prepare(
    "UPDATE import_items SET state = 'skipped', code = 'cancelled' WHERE import_id = ? AND state = 'pending'",
  )
  const retry = db.prepare(
    `UPDATE import_items SET state = 'pending', code = NULL, message = NULL, details = NULL
     WHERE import_id = ? AND (state = 'failed' OR (state = 'skipped' AND code = 'sidecar' AND asset_id IS NULL))`,
  )
  const failures = db.prepare(
    "SELECT path, code, message FROM import_items WHERE import_id = ? AND state = 'failed' ORDER BY item_id LIMIT ?",
  )
  const items = db.prepare(
    `SELECT i.path, i.state, i.code, i.message, i.details, i.asset_id, a.sha256, a.status, a.error_code, a.error_message
     FROM import_items i LEFT JOIN assets a ON a.id = i.asset_id WHERE i.import_id = ? ORDER BY i.item_id`,
  )
  const dismiss = db.prepare('UPDATE imports SET dismissed = 1 WHERE id = ?')

  const toImport = (row: Row): ImportRow => ({
    id: row.id as ImportId,
    source: row.source as ImportRow['source'],
    state: row.state as ImportRow['state'],
    options: importRulesSchema.parse(JSON.parse(String(row.options))),
    paths: JSON.parse(String(row.paths)) as string[],
    startedAt: Number(row.started_at),
    finishedAt: row.finished_at === null ? null : Number(row.finished_at),
    counts: counts(row.id as ImportId),
  })
  const write = <T>(work: () => T): T => inTransaction(db, work)

  return {
    create(row): void {
      write(() => insert.run({ ...row, options: JSON.stringify(row.options), paths: JSON.stringify(row.paths) }))
    },
    addItems(id: ImportId, files: readonly NewImportItem[]): void {
      write(() => {
        for (const file of files) {
          const { path, bytes, job, skip, sidecars, sidecarOf, assetId, object } = file
          const state = skip === null ? 'pending' : 'skipped'
          const seen = object === undefined ? null : JSON.stringify(object)
          insertItem.run(id, path, bytes, job, state, skip, listText(sidecars), listText(sidecarOf), assetId, seen)
        }
      })
    },
    setState(id, state, finishedAt): void {
      write(() => setState.run(state, finishedAt, id))
    },
    get(id) {
      const row = one.get(id) as Row | undefined
      return row === undefined ? undefined : toImport(row)
    },
    list: () => (listed.all() as Row[]).map(toImport),
    unfinished: () => (unfinished.all() as Row[]).map(toImport),
    pending: (id, limit) => (pending.all(id, limit) as Row[]).map(toItem),
    lastPath: (id) => (lastPath.get(id) as string | undefined) ?? '',
    itemsAt: (id, paths) => paths.flatMap((path) => (itemAt.get(id, path) as ImportedItem | undefined) ?? []),
    objectAt: (id, path) => {
      const row = objectAt.get(id, path) as Row | undefined
      return row === undefined ? undefined : toItem(row)
    },
    takenAs: (path) => takenAs.get(path) as AssetId | undefined,
    takenBelow: (start, limit) => takenBelow.all({ start, limit }) as { path: string; assetId: AssetId }[],
    settle(id, results): void {
      write(() => {
        for (const { itemId, result } of results) {
          settle.run(...columnsOf(result), itemId, id)
        }
      })
    },
    cancelPending(id): void {
      write(() => cancel.run(id))
    },
    retryFailed: (id) => write(() => retry.run(id).changes),
    failures: (id, limit) => failures.all(id, limit) as ImportFailure[],
    report(id): ImportReport {
      const header = one.get(id) as Row | undefined
      const end = Number(header?.finished_at ?? header?.started_at ?? 0)
      const report: {
        -readonly [K in keyof ImportReport]: ImportReport[K]
      } = {
        imported: [],
        duplicates: [],
        skipped: [],
        sidecars: [],
        failed: [],
        quarantined: [],
        seconds: (end - Number(header?.started_at ?? 0)) / 1000,
      }
      for (const row of items.all(id) as Row[]) addToReport(report, row)
      return report
    },
    dismiss(id): void {
      write(() => dismiss.run(id))
    },
  }
}

/** state, asset_id, code, message and details of an item that is settled. */
function columnsOf(result: ItemResult): readonly [string, ...(string | null)[]] {
  switch (result.kind) {
    case 'imported':
      return ['imported', result.as, null, null, null]
    case 'duplicate':
      return ['duplicate', result.of, null, null, null]
    case 'sidecar':
      return ['skipped', result.of, 'sidecar', null, null]
    case 'skipped':
      return ['skipped', null, result.code, null, null]
    case 'failed':
      return ['failed', null, result.code, result.message, result.details ? JSON.stringify(result.details) : null]
  }
}

function toItem(row: Row): ImportItem {
  const object = typeof row.object === 'string' ? (JSON.parse(row.object) as ImportItem['object']) : null
  return { ...row, sidecars: textList(row.sidecars), sidecarOf: textList(row.sidecarOf), object } as ImportItem
}

function textRecord(text: string | number | null | undefined): Record<string, string> {
  return typeof text === 'string' ? (JSON.parse(text) as Record<string, string>) : {}
}

function listText(list: readonly string[] | null): string | null {
  return list === null ? null : JSON.stringify(list)
}

function textList(text: string | number | null | undefined): readonly string[] | null {
  return typeof text === 'string' ? (JSON.parse(text) as string[]) : null
}

function addToReport(report: ImportReport, row: Row): void {
  const path = String(row.path)
  const assetId = row.asset_id as AssetId
  switch (row.state) {
    case 'imported': {
      const entry = { id: assetId, path, sha256: row.sha256, status: row.status }
      const trouble = row.error_code === null ? {} : { code: row.error_code, message: row.error_message }
      const notice = row.code === null ? {} : { notice: { code: row.code, message: row.message } }
      report.imported.push({ ...entry, ...trouble, ...notice } as ImportReport['imported'][number])
      break
    }
    case 'duplicate':
      report.duplicates.push({ path, of: assetId })
      break
    case 'skipped':
      if (row.code === 'sidecar') report.sidecars.push({ path, of: row.asset_id as AssetId | null })
      else report.skipped.push({ path, code: row.code } as ImportReport['skipped'][number])
      break
    case 'failed':
      if (row.code === 'infected')
        report.quarantined.push({ path, signature: '', file: null, ...textRecord(row.details) })
      report.failed.push({ path, code: row.code, message: String(row.message) } as ImportReport['failed'][number])
      break
    default:
      break
  }
}
