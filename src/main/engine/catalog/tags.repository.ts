import type { RowId, TagId } from '../../../shared/domain/ids.ts'
import { TAG_SEPARATOR, type Tag, tagKey } from '../../../shared/domain/tag.ts'
import { inTreeOrder, parentsOf } from '../../../shared/domain/tree.ts'
import { type Db, statementCache } from './database.ts'

/** What a tag is, without its numbers. */
export interface TagRow {
  readonly id: TagId
  readonly parent_id: TagId | null
  readonly name: string
  readonly color: string | null
  readonly aliases: readonly string[]
  readonly position: number
  readonly deleted: boolean
}

export interface TagsRepository {
  /** Depth-first, siblings in the order made by hand and then by name. */
  list(): readonly Tag[]
  /** Also a deleted one. */
  get(id: TagId): TagRow | undefined
  /** The tag that has this name, or else the one that has it as an alias; whatever the case. */
  named(name: string): TagRow | undefined
  /** Every tag that is not deleted, in no order. */
  rows(): readonly TagRow[]
  /** Every asset with this very tag, also those in Trash. */
  rowsWith(id: TagId): readonly RowId[]
  /** Tags of these assets, most used among them first. */
  usedBy(rows: readonly RowId[], limit: number): readonly TagId[]
  /** Tags that go with a tag: how many of the latest assets that have it have them too. */
  besides(id: TagId, limit: number): readonly { readonly id: TagId; readonly count: number }[]
  /** The most used ones. */
  mostUsed(limit: number): readonly TagId[]
  /** Prompts of these assets. */
  prompts(rows: readonly RowId[]): readonly string[]
}

/** Assets that are looked at to find what goes with a tag. */
const NEIGHBOURS = 200

type Row = { id: TagId; parent_id: TagId | null; name: string; color: string | null; aliases: string; position: number }
type CountedRow = Row & { asset_count: number; total_count: number }

/** Reads of tags. */
export function tagsRepository(db: Db): TagsRepository {
  const statement = statementCache(db)
  const rowsWith = db.prepare('SELECT asset_row FROM asset_tags WHERE tag_id = ? ORDER BY asset_row').pluck()
  const usedBy = db
    .prepare(
      `SELECT x.tag_id FROM json_each(?) j CROSS JOIN asset_tags x ON x.asset_row = j.value JOIN tags t ON t.id = x.tag_id
       WHERE t.deleted_at IS NULL GROUP BY x.tag_id ORDER BY count(*) DESC, x.tag_id LIMIT ?`,
    )
    .pluck()
  const mostUsed = db
    .prepare('SELECT id FROM tags WHERE deleted_at IS NULL AND asset_count > 0 ORDER BY asset_count DESC, id LIMIT ?')
    .pluck()
  const prompts = db
    .prepare(
      'SELECT a.original_prompt FROM json_each(?) j CROSS JOIN assets a ON a.row_id = j.value WHERE a.original_prompt IS NOT NULL',
    )
    .pluck()
  const columns = 'id, parent_id, name, color, aliases, position, deleted_at'
  const toRow = (row: Row & { deleted_at: number | null }): TagRow => ({
    id: row.id,
    parent_id: row.parent_id,
    name: row.name,
    color: row.color,
    aliases: readAliases(row.aliases),
    position: row.position,
    deleted: row.deleted_at !== null,
  })
  const one = (row: unknown): TagRow | undefined => (row === undefined ? undefined : toRow(row as never))

  /** SQLite folds the case of ASCII only; names with other letters are compared here. */
  function byFoldedName(name: string): TagRow | undefined {
    const key = tagKey(name)
    const names = statement('SELECT id, name FROM tags WHERE deleted_at IS NULL').all() as { id: TagId; name: string }[]
    const named = names.find((tag) => tagKey(tag.name) === key)
    if (named !== undefined) return one(statement(`SELECT ${columns} FROM tags WHERE id = ?`).get(named.id))
    const aliases = statement(
      'SELECT a.alias AS name, a.tag_id AS id FROM tag_aliases a JOIN tags t ON t.id = a.tag_id WHERE t.deleted_at IS NULL',
    ).all() as { id: TagId; name: string }[]
    const alias = aliases.find((tag) => tagKey(tag.name) === key)
    return alias === undefined ? undefined : one(statement(`SELECT ${columns} FROM tags WHERE id = ?`).get(alias.id))
  }

  return {
    list(): readonly Tag[] {
      const rows = statement(
        'SELECT id, parent_id, name, color, aliases, position, asset_count, total_count FROM tags WHERE deleted_at IS NULL',
      ).all() as CountedRow[]
      const parents = parentsOf(rows)
      return inTreeOrder(rows, parents, bySibling).map(({ node, ancestors }) => ({
        id: node.id,
        name: node.name,
        path: [...ancestors.map(({ name }) => name), node.name].join(TAG_SEPARATOR),
        color: node.color,
        parent_id: (parents.get(node.id) ?? null) as TagId | null,
        aliases: [...readAliases(node.aliases)],
        position: node.position,
        asset_count: node.asset_count,
        total_count: node.total_count,
      }))
    },
    get: (id) => one(statement(`SELECT ${columns} FROM tags WHERE id = ?`).get(id)),
    named(name) {
      const byName = statement(
        `SELECT ${columns} FROM tags WHERE name = ? COLLATE NOCASE AND deleted_at IS NULL ORDER BY id LIMIT 1`,
      ).get(name)
      if (byName !== undefined) return one(byName)
      const isAscii = !/[^\0-\x7f]/.test(name)
      if (!isAscii) return byFoldedName(name)
      return one(
        statement(
          `SELECT ${columns} FROM tags WHERE deleted_at IS NULL AND id IN (SELECT tag_id FROM tag_aliases WHERE alias = ?) ORDER BY id LIMIT 1`,
        ).get(name),
      )
    },
    rows: () =>
      statement(`SELECT ${columns} FROM tags WHERE deleted_at IS NULL`)
        .all()
        .map((row) => toRow(row as never)),
    rowsWith: (id) => rowsWith.all(id) as RowId[],
    usedBy: (rows, limit) => usedBy.all(JSON.stringify(rows), limit) as TagId[],
    besides: (id, limit) =>
      statement(
        `SELECT y.tag_id AS id, count(*) AS count
         FROM (SELECT asset_row FROM asset_tags WHERE tag_id = ? ORDER BY asset_row DESC LIMIT ${NEIGHBOURS}) x
           JOIN asset_tags y ON y.asset_row = x.asset_row JOIN tags t ON t.id = y.tag_id
         WHERE t.deleted_at IS NULL GROUP BY y.tag_id ORDER BY count(*) DESC, y.tag_id LIMIT ?`,
      ).all(id, limit) as { id: TagId; count: number }[],
    mostUsed: (limit) => mostUsed.all(limit) as TagId[],
    prompts: (rows) => prompts.all(JSON.stringify(rows)) as string[],
  }
}

const collator = new Intl.Collator('en', { sensitivity: 'base', numeric: true })

/** The order of siblings: by hand, then by name. */
function bySibling(a: Row, b: Row): number {
  return a.position - b.position || collator.compare(a.name, b.name) || (a.id < b.id ? -1 : 1)
}

/** The cell is merged from devices, so it is read as what it should be and no more. */
function readAliases(json: string): readonly string[] {
  try {
    const value: unknown = JSON.parse(json)
    return Array.isArray(value) ? value.filter((alias) => typeof alias === 'string') : []
  } catch (error) {
    if (error instanceof SyntaxError) return []
    throw error
  }
}
