import { type Condition, type Fragment, rows } from '../sqlFragment.ts'
import { matchText, type TextTerm } from './matchText.ts'

/**
 * Assets that have all these texts; null when no text has a letter or digit. `column` of the index narrows it. Without
 * one, each text may also be in the name or an alias of one of the asset's tags: tags are not in the index of the
 * assets, so what has all texts itself is united with the tagged ones that have the rest.
 */
export function findText(texts: readonly Omit<TextTerm, 'column'>[], column: string | null = null): Condition | null {
  const terms = texts.flatMap(({ kind, text }) => matchText({ kind, text, column }) ?? [])
  const own = all(terms)
  if (own === null) return null
  const found = {
    sql: `SELECT rowid FROM asset_search WHERE asset_search MATCH ${own.sql}`,
    parameters: own.parameters,
  }
  if (column !== null) return rows(found.sql, ...found.parameters)
  const [only] = terms
  if (terms.length === 1 && only !== undefined) {
    return rows(`${found.sql} UNION ALL ${tagged(only).sql}`, ...found.parameters, ...only.parameters)
  }
  const either = terms.map((term) => ({
    sql: `(asset_row IN (${tagged(term).sql}) OR asset_row IN (SELECT rowid FROM asset_search WHERE asset_search MATCH ${term.sql}))`,
    parameters: [...term.parameters, ...term.parameters],
  }))
  const anyTag = terms.map(tagged)
  return rows(
    `${found.sql} UNION ALL SELECT asset_row FROM (${anyTag.map(({ sql }) => sql).join(' UNION ALL ')}) WHERE ${either.map(({ sql }) => sql).join(' AND ')}`,
    ...found.parameters,
    ...anyTag.flatMap(({ parameters }) => parameters),
    ...either.flatMap(({ parameters }) => parameters),
  )
}

function all(terms: readonly Fragment[]): Fragment | null {
  const [only] = terms
  if (only === undefined) return null
  if (terms.length === 1) return only
  return {
    sql: `('(' || ${terms.map(({ sql }) => sql).join(" || ') AND (' || ")} || ')')`,
    parameters: terms.flatMap(({ parameters }) => parameters),
  }
}

function tagged({ sql, parameters }: Fragment): Fragment {
  return {
    sql: `SELECT x.asset_row FROM tag_search s CROSS JOIN tags t ON t.id = s.tag_id AND t.deleted_at IS NULL
      CROSS JOIN asset_tags x ON x.tag_id = t.id WHERE s.tag_search MATCH ${sql}`,
    parameters,
  }
}
