import { TAG_SEPARATOR, tagKey, tagPath } from '../../../../shared/domain/tag.ts'
import { type Condition, rows, type SqlValue } from './sqlFragment.ts'

/** Names of a path that are looked at; tags are not nested deeper. */
const LONGEST_PATH = 32

/**
 * Assets with the tag that typed text means, or with one below it: a name or an alias in any case, or a path of names
 * each of which stands somewhere below the one before.
 */
export function taggedAssets(text: string): Condition {
  const names = text.includes(TAG_SEPARATOR) ? tagPath(text).slice(-LONGEST_PATH) : [text]
  let meant = named(names[0] ?? text)
  for (const name of names.slice(1)) {
    const next = named(name)
    meant = {
      sql: `SELECT n.id FROM (${next.sql}) n WHERE EXISTS (SELECT 1 FROM tag_tree x WHERE x.id = n.id AND x.ancestor_id IN (${meant.sql}))`,
      parameters: [...next.parameters, ...meant.parameters],
    }
  }
  return rows(
    `SELECT asset_row FROM asset_tags WHERE tag_id IN (
      WITH RECURSIVE meant(id) AS (
        SELECT id FROM (${meant.sql})
        UNION SELECT t.id FROM meant m JOIN tags t ON t.parent_id = m.id WHERE t.deleted_at IS NULL)
      SELECT id FROM meant)`,
    ...meant.parameters,
  )
}

/** SQLite folds the case of ASCII only; names with other letters are compared one by one, and there are thousands at most. */
function named(name: string): { readonly sql: string; readonly parameters: readonly SqlValue[] } {
  const isAscii = !/[^\0-\x7f]/.test(name)
  const [tag, alias] = isAscii
    ? ['name = ? COLLATE NOCASE', 'a.alias = ?']
    : ['tag_key(name) = ?', 'tag_key(a.alias) = ?']
  const value = isAscii ? name : tagKey(name)
  return {
    sql: `SELECT id FROM tags WHERE ${tag} AND deleted_at IS NULL
      UNION SELECT t.id FROM tag_aliases a JOIN tags t ON t.id = a.tag_id WHERE ${alias} AND t.deleted_at IS NULL`,
    parameters: [value, value],
  }
}
