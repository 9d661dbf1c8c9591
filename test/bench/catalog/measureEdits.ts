import { type Db, openDatabase } from '../../../src/main/engine/catalog/database.ts'
import type { AssetSelection } from '../../../src/shared/domain/asset.ts'
import type { CollectionId, TagId } from '../../../src/shared/domain/ids.ts'
import type { EngineSession } from './engineSession.ts'
import { timed } from './timing.ts'

/** Assets that a bulk edit changes. */
export const BULK = 10_000

/** What is edited: assets outside of Trash, a tag that exists, and a collection. */
export interface EditTargets {
  readonly rowIds: readonly number[]
  readonly tag: { readonly id: TagId; readonly name: string }
  readonly collection: CollectionId
}

export interface EditTiming {
  readonly name: string
  readonly ms: number
  readonly undoMs: number
  readonly redoMs: number
  /** The same rows by one prepared statement in one transaction, on the same file and with its triggers. */
  readonly bareMs: number
}

interface Edit {
  readonly name: string
  readonly request: (
    engine: EngineSession,
    assets: AssetSelection,
    targets: EditTargets,
  ) => Promise<{ readonly count: number }>
  /** One row of it, and what takes it back. */
  readonly sql: (targets: EditTargets) => readonly [forward: string, back: string]
}

const edits: readonly Edit[] = [
  {
    name: 'tag',
    request: (engine, assets, { tag }) => engine.request('assets.edit', { assets, patch: { add_tags: [tag.name] } }),
    sql: ({ tag }) => [
      `INSERT INTO asset_tags(tag_id, asset_row, added_at) VALUES ('${tag.id}', ?, 1)`,
      `DELETE FROM asset_tags WHERE tag_id = '${tag.id}' AND asset_row = ?`,
    ],
  },
  {
    name: 'favourite',
    request: (engine, assets) => engine.request('assets.edit', { assets, patch: { is_favorite: true } }),
    sql: () => [
      'UPDATE assets SET is_favorite = 1, updated_at = updated_at + 1 WHERE row_id = ?',
      'UPDATE assets SET is_favorite = 0, updated_at = updated_at - 1 WHERE row_id = ?',
    ],
  },
  {
    name: 'add to a collection',
    request: (engine, assets, { collection }) => engine.request('collections.add', { assets, id: collection }),
    sql: ({ collection }) => [
      `INSERT INTO collection_assets(collection_id, asset_row, added_at, position) VALUES ('${collection}', ?, 1, 1)`,
      `DELETE FROM collection_assets WHERE collection_id = '${collection}' AND asset_row = ?`,
    ],
  },
  {
    name: 'move to Trash',
    request: (engine, assets) => engine.request('assets.trash', { assets }),
    sql: () => [
      'UPDATE assets SET deleted_at = 1, updated_at = updated_at + 1 WHERE row_id = ?',
      'UPDATE assets SET deleted_at = NULL, updated_at = updated_at - 1 WHERE row_id = ?',
    ],
  },
]

/** Rows of the Library that are no favourites and have neither the tag nor the collection. */
export function chooseTargets(db: Db, count: number): EditTargets {
  const tag = db
    .prepare('SELECT id, name FROM tags WHERE deleted_at IS NULL ORDER BY rowid LIMIT 1')
    .get() as EditTargets['tag']
  const collection = db
    .prepare(
      "SELECT id FROM collections WHERE deleted_at IS NULL AND archived_at IS NULL AND kind = 'manual' AND position > 0 ORDER BY position LIMIT 1",
    )
    .pluck()
    .get() as CollectionId
  const rowIds = db
    .prepare(
      `SELECT row_id FROM assets a WHERE space = 'library' AND deleted_at IS NULL AND is_favorite = 0
        AND NOT EXISTS (SELECT 1 FROM asset_tags WHERE tag_id = ? AND asset_row = a.row_id)
        AND NOT EXISTS (SELECT 1 FROM collection_assets WHERE collection_id = ? AND asset_row = a.row_id)
       ORDER BY row_id % 7, row_id LIMIT ?`,
    )
    .pluck()
    .all(tag.id, collection, count) as number[]
  return { rowIds, tag, collection }
}

/** How long the same rows take SQLite alone, ms, by the name of the edit. Nobody may have the library open. */
export function measureBareEdits(catalog: string, targets: EditTargets): ReadonlyMap<string, number> {
  const db = openDatabase(catalog)
  try {
    return new Map(
      edits.map(({ name, sql }) => {
        const [forward, back] = sql(targets)
        const run = (text: string): number => {
          const statement = db.prepare(text)
          const began = performance.now()
          db.transaction(() => {
            for (const row of targets.rowIds) statement.run(row)
          }).immediate()
          return performance.now() - began
        }
        const times = [0, 1, 2].map(() => {
          const ms = run(forward)
          run(back)
          return ms
        })
        return [name, times.sort((a, b) => a - b)[1] ?? Number.NaN]
      }),
    )
  } finally {
    db.close()
  }
}

/** Each edit by one request, undone, done again, and undone for good. */
export async function measureEdits(
  engine: EngineSession,
  targets: EditTargets,
  bare: ReadonlyMap<string, number>,
): Promise<EditTiming[]> {
  const timings: EditTiming[] = []
  const selection = { rowIds: Int32Array.from(targets.rowIds) }
  for (const { name, request } of edits) {
    const done = await timed(() => request(engine, selection, targets))
    if (done.value.count !== targets.rowIds.length) {
      throw new Error(`“${name}” changed ${done.value.count} of ${targets.rowIds.length} assets.`)
    }
    const undone = await timed(() => engine.request('history.undo', undefined))
    const redone = await timed(() => engine.request('history.redo', undefined))
    await engine.request('history.undo', undefined)
    timings.push({ name, ms: done.ms, undoMs: undone.ms, redoMs: redone.ms, bareMs: bare.get(name) ?? Number.NaN })
  }
  return timings
}
