import { type Collection, type Tag, UNSORTED_NAME } from '../../../shared/domain/collection.ts'
import type { AssetId, CollectionId } from '../../../shared/domain/ids.ts'
import { iso } from './assetRows.ts'
import type { CollectionsRepository } from './catalog.ts'
import type { Db } from './database.ts'

type Row = Record<string, string | number | null>

/** Reads of collections and tags, with the numbers of assets in them. */
export function collectionsRepository(db: Db, unsorted: CollectionId): CollectionsRepository {
  const select = `SELECT c.*, CASE WHEN c.id = :unsorted
      THEN (SELECT count(*) FROM assets WHERE space = 'library' AND deleted_at IS NULL AND membership_count = 0)
      ELSE (SELECT count(*) FROM collection_assets x JOIN assets a ON a.row_id = x.asset_row WHERE x.collection_id = c.id AND a.deleted_at IS NULL)
    END AS asset_count FROM collections c WHERE c.deleted_at IS NULL`
  const all = db.prepare(`${select} ORDER BY c.id <> :unsorted, c.position, c.name COLLATE NOCASE, c.id`)
  const one = db.prepare(`${select} AND c.id = :id`)
  const members = db
    .prepare(
      'SELECT a.id FROM collection_assets x JOIN assets a ON a.row_id = x.asset_row WHERE x.collection_id = ? ORDER BY x.asset_row',
    )
    .pluck()
  const tags = db.prepare(
    `SELECT t.*, (SELECT count(*) FROM asset_tags x JOIN assets a ON a.row_id = x.asset_row WHERE x.tag_id = t.id AND a.deleted_at IS NULL) AS asset_count
     FROM tags t WHERE t.deleted_at IS NULL ORDER BY t.name COLLATE NOCASE`,
  )

  const toCollection = (row: Row): Collection =>
    ({
      id: row.id,
      parent_id: row.parent_id,
      name: row.id === unsorted ? UNSORTED_NAME : row.name,
      description: row.description,
      kind: row.kind,
      query: row.query,
      cover_asset_id: row.cover_asset_id,
      position: row.position,
      is_permanent: row.id === unsorted,
      asset_count: row.asset_count,
      created_at: iso(row.created_at),
      updated_at: iso(row.updated_at),
    }) as Collection

  return {
    list: () => (all.all({ unsorted }) as Row[]).map(toCollection),
    get(id: CollectionId) {
      const row = one.get({ unsorted, id }) as Row | undefined
      return row === undefined ? undefined : toCollection(row)
    },
    memberIds: (id) => members.all(id) as AssetId[],
    tags: () =>
      (tags.all() as Row[]).map(
        ({ id, name, color, parent_id, asset_count }) => ({ id, name, color, parent_id, asset_count }) as Tag,
      ),
  }
}
