import { type Collection, type DeletedCollection, UNSORTED_NAME } from '../../../shared/domain/collection.ts'
import type { AssetId, CollectionId, RowId } from '../../../shared/domain/ids.ts'
import { inTreeOrder, parentsOf } from '../../../shared/domain/tree.ts'
import { type Db, statementCache } from './database.ts'

/** What a collection is, without its numbers. */
export interface CollectionNode {
  readonly id: CollectionId
  readonly parent_id: CollectionId | null
  readonly name: string
  readonly kind: 'manual' | 'smart'
  readonly query: string | null
  readonly position: number
}
export interface Member {
  readonly row: RowId
  readonly id: AssetId
  readonly position: number
  /** When it came to the collection, ms. */
  readonly at: number
}
export interface CollectionsRepository {
  /** Depth-first, siblings in the order made by hand; “Unsorted” comes first. */
  list(archived?: boolean): readonly Collection[]
  get(id: CollectionId): Collection | undefined
  /** Every collection that is not deleted, also archived ones, in no order. */
  nodes(): readonly CollectionNode[]
  /** Every asset in a collection, also those in Trash, so that a deletion takes them out and undo puts them back. */
  memberRows(id: CollectionId): readonly RowId[]
  /** All of them in the order made by hand. */
  members(id: CollectionId): readonly Member[]
  /** Those of the rows that are in it, in the order made by hand. */
  membersAmong(id: CollectionId, rows: readonly RowId[]): readonly Member[]
  /** Position of a member, undefined when the row is none. */
  positionOf(id: CollectionId, row: RowId): number | undefined
  /** The last position before a member's place (null: of all) that none of these rows has; null when there is none. */
  positionBefore(id: CollectionId, row: RowId | null, except: ReadonlySet<RowId>): number | null
  /** The latest of those that were deleted, the last first, with the entry of the history that says so. */
  deleted(): readonly (DeletedCollection & { readonly activity: number | null })[]
  /** What smart collections were found to hold, while nothing has changed since. */
  readonly smart: SmartCounts
}

export interface SmartCounts {
  get(id: CollectionId, revision: number): SmartCount | undefined
  set(id: CollectionId, revision: number, count: SmartCount): void
}
/** What a smart collection held at some revision. */
export interface SmartCount {
  readonly asset_count: number
  readonly cover_sha256: string | null
}

/** Deleted collections that are shown. */
const MOST_DELETED = 1000

type Row = Record<string, string | number | null>

/** Reads of collections, with the numbers of assets in them. */
export function collectionsRepository(db: Db, unsorted: CollectionId, revision: () => number): CollectionsRepository {
  const statement = statementCache(db)
  const memberRows = db
    .prepare('SELECT asset_row FROM collection_assets WHERE collection_id = ? ORDER BY asset_row')
    .pluck()
  const positionOf = db
    .prepare('SELECT position FROM collection_assets WHERE collection_id = ? AND asset_row = ?')
    .pluck()
  // The cover that was chosen, while it is there, or else the newest member.
  const select = `SELECT c.*, CASE WHEN c.id = :unsorted
      THEN (SELECT count(*) FROM assets WHERE space = 'library' AND deleted_at IS NULL AND membership_count = 0) ELSE c.asset_count END AS counted,
    CASE WHEN c.id = :unsorted
      THEN (SELECT sha256 FROM assets WHERE space = 'library' AND deleted_at IS NULL AND membership_count = 0 ORDER BY imported_at DESC, row_id DESC LIMIT 1)
      ELSE coalesce((SELECT sha256 FROM assets WHERE id = c.cover_asset_id AND deleted_at IS NULL),
        (SELECT a.sha256 FROM collection_assets x JOIN assets a ON a.row_id = x.asset_row
         WHERE x.collection_id = c.id AND a.deleted_at IS NULL ORDER BY x.asset_row DESC LIMIT 1)) END AS cover
    FROM collections c WHERE c.deleted_at IS NULL`
  const member =
    'SELECT x.asset_row AS row, a.id, x.position, x.added_at AS at FROM collection_assets x JOIN assets a ON a.row_id = x.asset_row'
  const drawn = db.prepare('SELECT 1 FROM assets WHERE sha256 = ? AND thumbnail_path IS NOT NULL LIMIT 1')
  const smart = new Map<CollectionId, { readonly revision: number; readonly count: SmartCount }>()

  const toCollection = (row: Row, parent: string | null): Collection => {
    const id = row.id as CollectionId
    const found = row.kind === 'smart' ? smart.get(id) : undefined
    const known = found?.revision === revision() ? found.count : undefined
    const cover = (row.cover as string | null) ?? found?.count.cover_sha256 ?? null
    return {
      id,
      parent_id: parent,
      name: id === unsorted ? UNSORTED_NAME : row.name,
      description: row.description,
      metadata: readMetadata(row.metadata),
      kind: row.kind,
      query: row.query,
      cover_asset_id: row.cover_asset_id,
      cover_sha256: cover,
      cover_has_thumbnail: cover !== null && drawn.get(cover) !== undefined,
      position: row.position,
      is_permanent: id === unsorted,
      asset_count: row.kind === 'smart' ? (known?.asset_count ?? null) : row.counted,
      total_count: row.kind === 'smart' ? row.total_count : id === unsorted ? row.counted : row.total_count,
      archived_at: iso(row.archived_at),
      created_at: iso(row.created_at),
      updated_at: iso(row.updated_at),
    } as Collection
  }

  return {
    list(archived = false) {
      const rows = statement(select).all({ unsorted }) as (Row & { id: string; parent_id: string | null })[]
      const parents = parentsOf(rows)
      const ordered = inTreeOrder(rows, parents, (a, b) => bySibling(a, b, unsorted))
      const shown = archived
        ? ordered
        : ordered.filter(({ node, ancestors }) => [node, ...ancestors].every(({ archived_at }) => archived_at === null))
      return shown.map(({ node }) => toCollection(node, parents.get(node.id) ?? null))
    },
    get(id) {
      const row = statement(`${select} AND c.id = :id`).get({ unsorted, id }) as Row | undefined
      return row === undefined ? undefined : toCollection(row, row.parent_id as string | null)
    },
    nodes: () =>
      statement(
        'SELECT id, parent_id, name, kind, query, position FROM collections WHERE deleted_at IS NULL',
      ).all() as CollectionNode[],
    memberRows: (id) => memberRows.all(id) as RowId[],
    members: (id) =>
      statement(`${member} WHERE x.collection_id = ? ORDER BY x.position, x.asset_row`).all(id) as Member[],
    membersAmong: (id, rows) =>
      statement(
        `${member} WHERE x.collection_id = ? AND x.asset_row IN (SELECT value FROM json_each(?)) ORDER BY x.position, x.asset_row`,
      ).all(id, JSON.stringify(rows)) as Member[],
    positionOf: (id, row) => positionOf.get(id, row) as number | undefined,
    positionBefore(id, row, except) {
      const from = row === null ? undefined : this.positionOf(id, row)
      const [end, parameters] =
        from === undefined || row === null ? ['', [id]] : ['AND (position, asset_row) < (?, ?)', [id, from, row]]
      const read = statement(
        `SELECT asset_row AS row, position FROM collection_assets WHERE collection_id = ? ${end} ORDER BY position DESC, asset_row DESC LIMIT ?`,
      )
      const nearest = read.all(...parameters, except.size + 1) as { row: RowId; position: number }[]
      return nearest.find((found) => !except.has(found.row))?.position ?? null
    },
    deleted: () =>
      (
        statement(
          // One whose creation was undone was never there: it is as deleted as it was made.
          `SELECT d.*, a.asset_count FROM (
             SELECT c.id, p.id AS parent_id, c.name, c.kind, c.deleted_at,
               (SELECT max(x.activity_id) FROM activity_changes x
                WHERE x.entity_id = c.id AND x.entity = 'collection' AND x.field = 'deleted_at' AND x.after <> 'null') AS activity
             FROM collections c LEFT JOIN collections p ON p.id = c.parent_id AND p.deleted_at IS NULL
             WHERE c.deleted_at IS NOT NULL AND c.deleted_at <> c.created_at
             ORDER BY c.deleted_at DESC, c.id LIMIT ${MOST_DELETED}) d
           LEFT JOIN activity a ON a.id = d.activity ORDER BY d.deleted_at DESC, d.id`,
        ).all() as (Row & { activity: number | null })[]
      ).map((row) => ({ ...row, deleted_at: iso(row.deleted_at) }) as DeletedCollection & typeof row),
    smart: {
      get(id, at) {
        const found = smart.get(id)
        return found?.revision === at ? found.count : undefined
      },
      set: (id, at, count) => void smart.set(id, { revision: at, count }),
    },
  }
}

function iso(time: Row[string] | undefined): string | null {
  return typeof time === 'number' ? new Date(time).toISOString() : null
}

const collator = new Intl.Collator('en', { sensitivity: 'base', numeric: true })

function bySibling(a: Row, b: Row, unsorted: CollectionId): number {
  return (
    Number(a.id !== unsorted) - Number(b.id !== unsorted) ||
    Number(a.position) - Number(b.position) ||
    collator.compare(String(a.name), String(b.name)) ||
    (String(a.id) < String(b.id) ? -1 : 1)
  )
}

/** The cell is merged from devices, so it is read as what it should be and no more. */
function readMetadata(json: unknown): Collection['metadata'] {
  try {
    const value: unknown = JSON.parse(String(json ?? '{}'))
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Collection['metadata']) : {}
  } catch (error) {
    if (error instanceof SyntaxError) return {}
    throw error
  }
}
