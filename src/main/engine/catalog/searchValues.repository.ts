import type { FieldName } from '../../../shared/domain/search/searchFields.ts'
import { type Db, statementCache } from './database.ts'
import { foldText } from './query/words/indexedText.ts'

export interface SearchValue {
  /** As it is written behind the operator. */
  readonly value: string
  /** Assets that have it. */
  readonly count: number
  /** What a person should know beside it, '' for nothing. */
  readonly explanation: string
}

/** The values that conditions of a search can name. */
export interface SearchValuesRepository {
  /** Those that contain what was typed: first those that begin with it, of those the most common first. */
  find(field: FieldName, typed: string, limit: number): readonly SearchValue[]
}

/** Names that begin with what was typed stand before those that have it elsewhere.  */
const byName = `ORDER BY instr(lower(value), lower(:typed)) <> 1, count DESC, value COLLATE NOCASE LIMIT :limit`

const facets = `SELECT value, count, '' AS explanation FROM facet_values
  WHERE field = :field AND count > 0 AND instr(folded, :typed) > 0 ORDER BY instr(folded, :typed) <> 1, count DESC, value LIMIT :limit`

const statements: Readonly<Partial<Record<FieldName, string>>> = {
  tag: `SELECT value, count, explanation FROM (SELECT name AS value, total_count AS count, '' AS explanation FROM tags WHERE deleted_at IS NULL AND name LIKE :pattern ESCAPE '\\'
    UNION ALL SELECT a.alias, t.total_count, 'another name of ' || t.name FROM tag_aliases a JOIN tags t ON t.id = a.tag_id
      WHERE t.deleted_at IS NULL AND a.alias LIKE :pattern ESCAPE '\\') ${byName}`,
  collection: `SELECT name AS value, total_count AS count, coalesce(description, '') AS explanation FROM collections
    WHERE deleted_at IS NULL AND name LIKE :pattern ESCAPE '\\' ${byName}`,
  // Few begin alike, and only those that are shown are counted.
  job: `SELECT value, (SELECT count(*) FROM assets a WHERE a.job_id = j.id) AS count, '' AS explanation FROM
    (SELECT id, folder AS value FROM generation_jobs WHERE folder LIKE :pattern ESCAPE '\\' ORDER BY instr(lower(folder), lower(:typed)) <> 1, updated_at DESC LIMIT :limit) j`,
  request: `SELECT value, (SELECT count(*) FROM assets a WHERE a.request_id = r.value) AS count, explanation FROM
    (SELECT id AS value, substr(user_prompt, 1, 120) AS explanation FROM generation_requests
     WHERE deleted_at IS NULL AND (id LIKE :pattern ESCAPE '\\' OR user_prompt LIKE :pattern ESCAPE '\\') ORDER BY created_at DESC LIMIT :limit) r`,
  ext: facets,
  model: facets,
  generator: facets,
  sampler: facets,
  lora: facets,
  camera: facets,
  lens: facets,
  category: facets,
}

/** Reads tables that have one row for each value, so that the number of assets does not matter. */
export function searchValuesRepository(db: Db): SearchValuesRepository {
  const get = statementCache(db)
  return {
    find(field, typed, limit) {
      const sql = statements[field]
      if (sql === undefined) return []
      const text = typed.trim()
      const isFacet = sql === facets
      const pattern = `%${text.replace(/[\\%_]/g, '\\$&')}%`
      return get(sql).all({ typed: isFacet ? foldText(text) : text, pattern, limit, field }) as SearchValue[]
    },
  }
}
