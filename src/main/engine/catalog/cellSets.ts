import { assetColumns, links } from './cellColumns.ts'
import { type Db, type Statement, statementCache } from './database.ts'
import type { CellValue } from './journal/operation.ts'
import { purgeRows } from './purgeRows.ts'
import { type SetValues, shortest, valueAt } from './setValues.ts'

export type LinkEntity = keyof typeof links

/** One field of many assets that really changed, rows ascending. */
export interface SetChange {
  readonly entity: 'asset' | LinkEntity
  /** The other end of links, empty for a column of the assets themselves. */
  readonly of: string
  readonly field: string
  readonly rows: readonly number[]
  /** Ids of the assets. */
  readonly ids: readonly string[]
  readonly before: SetValues
  readonly after: SetValues
}

/** What is to be written where. Rows ascending, without repetitions. */
export interface SetRequest {
  readonly rows: readonly number[]
  readonly target: SetValues
  /** Only cells that hold this are changed. */
  readonly expected?: SetValues
}

type Read = [row: number, id: string, before: string | number | null, at: number | null, position: number | null]

/**
 * Writes one field of many assets with a handful of statements. What is to change stands in a temporary table meanwhile,
 * which `stampSets` reads too. The rules are those of `CellStore`: a value that is already there is no change.
 */
export class CellSets {
  readonly #get: (sql: string) => Statement

  constructor(db: Db) {
    db.exec(
      `CREATE TEMP TABLE IF NOT EXISTS cell_set(
         n INTEGER PRIMARY KEY, row INTEGER NOT NULL, id TEXT NOT NULL, before ANY, after ANY, at INTEGER, position REAL
       ) STRICT`,
    )
    this.#get = statementCache(db)
  }

  /** Sets a column of assets. `now` becomes their `updated_at`, ms. Null if nothing changed. */
  setColumn(field: string, { rows, target, expected }: SetRequest, now: number): SetChange | null {
    if (!assetColumns.has(field)) throw new Error(`An asset has no cell "${field}" that can be set for many at once`)
    const plain = 'all' in target && (expected === undefined || 'all' in expected)
    const source = plain
      ? rows
      : rows.map((row, index) => [
          row,
          valueAt(target, index),
          expected === undefined ? null : valueAt(expected, index),
        ])
    const [row, value, held] = plain
      ? ['j.value', ':target', ':expected']
      : ['j.value ->> 0', 'j.value ->> 1', 'j.value ->> 2']
    // Nothing in the Library has an end: as in `CellStore`.
    const only = field === 'expires_at' ? " AND a.space = 'workspace'" : ''
    const kept =
      field === 'space' ? `, expires_at = iif(${plain ? ':target' : 's.after'} = 'library', NULL, expires_at)` : ''
    const bound = {
      rows: JSON.stringify(source),
      ...(plain ? { target: scalar(target.all) } : {}),
      ...(plain && expected !== undefined && 'all' in expected ? { expected: scalar(expected.all) } : {}),
    }
    this.#get('DELETE FROM temp.cell_set').run()
    const changed = this.#get(
      `INSERT INTO temp.cell_set(row, id, before, after)
       SELECT a.row_id, a.id, a.${field}, ${value} FROM json_each(:rows) j CROSS JOIN assets a ON a.row_id = ${row}
       WHERE a.${field} IS NOT ${value}${expected === undefined ? '' : ` AND a.${field} IS ${held}`}${only}`,
    ).run(bound).changes
    if (changed === 0) return null
    if (plain) {
      this.#get(
        `UPDATE assets SET ${field} = :target${kept}, updated_at = :now WHERE row_id IN (SELECT row FROM temp.cell_set)`,
      ).run({ target: bound.target, now })
    } else {
      this.#get(
        `UPDATE assets SET ${field} = s.after${kept}, updated_at = :now FROM temp.cell_set s WHERE assets.row_id = s.row`,
      ).run({ now })
    }
    const read = this.#read()
    return {
      entity: 'asset',
      of: '',
      field,
      rows: read.map(([changedRow]) => changedRow),
      ids: read.map(([, id]) => id),
      before: shortest(read.map(([, , before]) => before)),
      after: plain ? target : this.#after(),
    }
  }

  /** Makes links that do not stand yet. A `run` gives the next place only to an asset that really joins. */
  link(entity: LinkEntity, of: string, { rows, target }: SetRequest): SetChange | null {
    const { table, owner, ordered } = links[entity]
    const each = !('run' in target)
    const source = each
      ? rows.map((row, index) => {
          const { at, position } = linkOf(valueAt(target, index))
          return [row, at, position]
        })
      : rows
    this.#get('DELETE FROM temp.cell_set').run()
    const changed = this.#get(
      `INSERT INTO temp.cell_set(row, id, at, position)
       SELECT a.row_id, a.id, ${each ? 'j.value ->> 1, j.value ->> 2' : ':at, NULL'}
       FROM json_each(:rows) j CROSS JOIN assets a ON a.row_id = ${each ? 'j.value ->> 0' : 'j.value'}
       WHERE NOT EXISTS (SELECT 1 FROM ${table} x WHERE x.${owner} = :of AND x.asset_row = a.row_id)`,
    ).run({ rows: JSON.stringify(source), of, ...(each ? {} : { at: target.run.at }) }).changes
    if (changed === 0) return null
    if (!each) this.#get('UPDATE temp.cell_set SET position = :first + n - 1').run({ first: target.run.position })
    this.#get(
      `INSERT INTO ${table}(${owner}, asset_row, added_at${ordered ? ', position' : ''})
       SELECT :of, row, at${ordered ? ', position' : ''} FROM temp.cell_set ORDER BY row`,
    ).run({ of })
    const read = this.#read()
    return {
      entity,
      of,
      field: 'in',
      rows: read.map(([row]) => row),
      ids: read.map(([, id]) => id),
      before: { all: null },
      after: shortest(read.map((link) => linkValue(link, ordered))),
    }
  }

  /** Takes links away: those that stand, or with `expected` those that stand just so. */
  unlink(entity: LinkEntity, of: string, { rows, expected }: Omit<SetRequest, 'target'>): SetChange | null {
    const { table, owner, ordered } = links[entity]
    const source =
      expected === undefined
        ? rows
        : rows.map((row, index) => {
            const { at, position } = linkOf(valueAt(expected, index))
            return [row, at, position]
          })
    const place = ordered ? 'x.position' : 'NULL'
    this.#get('DELETE FROM temp.cell_set').run()
    const changed = this.#get(
      `INSERT INTO temp.cell_set(row, id, at, position)
       SELECT a.row_id, a.id, x.added_at, ${place}
       FROM json_each(:rows) j CROSS JOIN assets a ON a.row_id = ${expected === undefined ? 'j.value' : 'j.value ->> 0'}
         CROSS JOIN ${table} x ON x.${owner} = :of AND x.asset_row = a.row_id
       ${expected === undefined ? '' : `WHERE x.added_at IS j.value ->> 1 AND ${place} IS j.value ->> 2`}`,
    ).run({ rows: JSON.stringify(source), of }).changes
    if (changed === 0) return null
    this.#get(`DELETE FROM ${table} WHERE ${owner} = :of AND asset_row IN (SELECT row FROM temp.cell_set)`).run({ of })
    const read = this.#read()
    return {
      entity,
      of,
      field: 'in',
      rows: read.map(([row]) => row),
      ids: read.map(([, id]) => id),
      before: shortest(read.map((link) => linkValue(link, ordered))),
      after: { all: null },
    }
  }

  /** Removes assets for good; `at` in ms. Null if there is none of them. */
  purge(rows: readonly number[], at: number): SetChange | null {
    this.#get('DELETE FROM temp.cell_set').run()
    const there = this.#get(
      `INSERT INTO temp.cell_set(row, id) SELECT a.row_id, a.id FROM json_each(:rows) j CROSS JOIN assets a ON a.row_id = j.value`,
    ).run({ rows: JSON.stringify(rows) }).changes
    if (there === 0) return null
    purgeRows(this.#get, at)
    const read = this.#read()
    return {
      entity: 'asset',
      of: '',
      field: 'purged',
      rows: read.map(([row]) => row),
      ids: read.map(([, id]) => id),
      before: { all: null },
      after: { all: at },
    }
  }

  #read(): Read[] {
    return this.#get('SELECT row, id, before, at, position FROM temp.cell_set ORDER BY row').raw().all() as Read[]
  }

  #after(): SetValues {
    return shortest(this.#get('SELECT after FROM temp.cell_set ORDER BY row').pluck().all() as CellValue[])
  }
}

function scalar(value: CellValue): string | number | null {
  if (value === null || typeof value === 'string' || typeof value === 'number') return value
  throw new Error('A column of an asset holds text, a number or nothing')
}

function linkOf(value: CellValue): { readonly at: CellValue; readonly position: CellValue } {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) throw new Error('A link has a time')
  return { at: value.at ?? null, position: value.position ?? null }
}

function linkValue([, , , at, position]: Read, ordered: boolean): CellValue {
  return ordered ? { at, position } : { at }
}
