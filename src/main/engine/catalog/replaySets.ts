import { assetColumns, links } from './cellColumns.ts'
import type { LinkEntity } from './cellSets.ts'
import { type Db, type Statement, statementCache } from './database.ts'
import type { CellValue, Entity, Operation } from './journal/operation.ts'
import { purgeRows } from './purgeRows.ts'

/** An operation, and where its write stands in the log of its device (`stamps.place`). */
export interface PlacedOperation extends Operation {
  readonly place?: number
}

/** Operations on the same field of one kind of entity that follow one another. */
export interface ReplayRun {
  readonly entity: Entity
  readonly field: string
  /** The end that links share, else empty. */
  readonly of: string
  readonly operations: readonly PlacedOperation[]
}

/** Below this, a set costs more than its cells. */
const LEAST_OF_A_SET = 8

/**
 * The operations that decide what a library is after all of them: what makes entities, then of each cell the one with the
 * greatest stamp, in their order. Each cell is written whole, so whatever wrote a column last is among them.
 */
export function decisive(operations: readonly PlacedOperation[]): PlacedOperation[] {
  const latest = new Map<string, Map<string, PlacedOperation>>()
  const cellsOf = ({ entity, field }: Operation): Map<string, PlacedOperation> => {
    const kind = `${entity}\n${field}`
    const known = latest.get(kind) ?? new Map<string, PlacedOperation>()
    latest.set(kind, known)
    return known
  }
  for (const operation of operations) {
    if (operation.field === '') continue
    const cells = cellsOf(operation)
    const known = cells.get(operation.id)
    if (known === undefined || known.stamp < operation.stamp) cells.set(operation.id, operation)
  }
  const made = operations.filter(({ field }) => field === '')
  const set = operations.filter(
    (operation) => operation.field !== '' && cellsOf(operation).get(operation.id) === operation,
  )
  return [...made, ...set]
}

/** Operations in runs, in their order. */
export function* runsOf(operations: readonly PlacedOperation[]): Generator<ReplayRun> {
  let from = 0
  let run = keyOf(operations[0])
  for (let at = 1; at <= operations.length; at++) {
    const next = keyOf(operations[at])
    if (next !== null && run !== null && next.key === run.key) continue
    if (run !== null) yield { ...run.of, operations: operations.slice(from, at) }
    from = at
    run = next
  }
}

function keyOf(
  operation: Operation | undefined,
): { readonly key: string; readonly of: Omit<ReplayRun, 'operations'> } | null {
  if (operation === undefined) return null
  const { id, field, value } = operation
  const entity = operation.entity as Entity
  const of = entity in links ? id.slice(0, id.indexOf('/')) : ''
  const kind = field === 'purged' ? String(value) : field === 'in' && value === null ? 'out' : ''
  return { key: `${entity}\n${field}\n${of}\n${kind}`, of: { entity, field, of } }
}

/** Applies runs of operations with a few statements each, by the rules of `CellStore`. */
export class ReplaySets {
  readonly #get: (sql: string) => Statement

  constructor(db: Db) {
    db.exec(
      `CREATE TEMP TABLE IF NOT EXISTS replay_set(
         n INTEGER PRIMARY KEY, id TEXT NOT NULL, stamp TEXT NOT NULL, row INTEGER, value ANY, at INTEGER, position REAL, place INTEGER NOT NULL,
         wall INTEGER NOT NULL GENERATED ALWAYS AS (CAST(substr(stamp, 1, 13) AS INTEGER)) VIRTUAL
       ) STRICT`,
    )
    this.#get = statementCache(db)
  }

  /**
   * Applies a run, where the operations win over what is here, and keeps their stamps. Returns the rows of the assets that
   * changed; null for a run that has to be applied cell by cell.
   */
  apply(run: ReplayRun): readonly number[] | null {
    const { entity, field, operations } = run
    if (operations.length < LEAST_OF_A_SET) return null
    const isLink = entity in links && field === 'in'
    const isColumn = entity === 'asset' && assetColumns.has(field)
    if (!isLink && !isColumn && !(entity === 'asset' && field === 'purged')) return null
    const lines = operations.map((operation) => lineOf(operation, isLink))
    if (!lines.every((line) => line !== null)) return null
    this.#fill(run, lines)
    if (isLink) return this.#links(entity as LinkEntity, run.of, operations[0]?.value === null)
    return isColumn ? this.#column(field) : this.#purge(Number(operations[0]?.value))
  }

  /** What all lines have in common is bound once; the others are read from JSON. */
  #fill({ entity, field, of }: ReplayRun, lines: readonly Line[]): void {
    const [first] = lines
    if (first === undefined) return
    const varied = columns.filter((column) => lines.some((line) => line[column] !== first[column]))
    const source =
      varied.length === 0
        ? lines.map(({ asset }) => asset)
        : lines.map((line) => [line.asset, ...varied.map((column) => line[column])])
    const from = (column: Column): string => {
      const at = varied.indexOf(column)
      return at < 0 ? `:${column}` : `j.value ->> ${at + 1}`
    }
    const asset = varied.length === 0 ? 'j.value' : '(j.value ->> 0)'
    this.#get('DELETE FROM temp.replay_set').run()
    this.#get(
      `INSERT INTO temp.replay_set(id, stamp, row, value, at, position, place)
       SELECT ${asset}, ${from('stamp')}, a.row_id, ${from('value')}, ${from('at')}, ${from('position')}, ${from('place')}
       FROM json_each(:source) j LEFT JOIN assets a ON a.id = ${asset}
       WHERE NOT EXISTS (SELECT 1 FROM stamps s
         WHERE s.entity = :entity AND s.entity_id = :prefix || ${asset} AND s.field = :field AND s.stamp >= ${from('stamp')})`,
    ).run({ ...pick(first, varied), source: JSON.stringify(source), entity, field, prefix: prefixOf(of) })
    this.#get(
      `INSERT INTO stamps(entity, entity_id, field, stamp, place)
       SELECT :entity, :prefix || id, :field, stamp, place FROM temp.replay_set WHERE true
       ON CONFLICT DO UPDATE SET stamp = excluded.stamp, place = excluded.place`,
    ).run({ entity, field, prefix: prefixOf(of) })
  }

  #column(field: string): readonly number[] {
    // Nothing in the Library has an end: as in `CellStore`.
    const only = field === 'expires_at' ? " AND assets.space = 'workspace'" : ''
    const kept = field === 'space' ? ", expires_at = iif(s.value = 'library', NULL, expires_at)" : ''
    const changed = this.#rows(
      `UPDATE assets SET ${field} = s.value${kept}, updated_at = s.wall FROM temp.replay_set s
       WHERE assets.row_id = s.row AND assets.${field} IS NOT s.value${only} RETURNING row_id`,
    )
    // What was changed and back again has been changed, too.
    this.#get(
      `UPDATE assets SET updated_at = s.wall FROM temp.replay_set s
       WHERE assets.row_id = s.row AND assets.updated_at < s.wall`,
    ).run()
    return changed
  }

  #links(entity: LinkEntity, of: string, away: boolean): readonly number[] {
    const { table, owner, ordered } = links[entity]
    if (away) {
      return this.#rows(
        `DELETE FROM ${table} WHERE ${owner} = :of AND asset_row IN (SELECT row FROM temp.replay_set) RETURNING asset_row`,
        { of },
      )
    }
    // A link that stands already is no change, whenever it was made.
    return this.#rows(
      `INSERT INTO ${table}(${owner}, asset_row, added_at${ordered ? ', position' : ''})
       SELECT :of, row, at${ordered ? ', position' : ''} FROM temp.replay_set WHERE row IS NOT NULL
       ON CONFLICT DO NOTHING RETURNING asset_row`,
      { of },
    )
  }

  /** Also what is not here gets a tombstone: it may come from elsewhere. */
  #purge(at: number): readonly number[] {
    this.#get('INSERT OR IGNORE INTO tombstones(asset_id, at) SELECT id, :at FROM temp.replay_set').run({ at })
    this.#get('DELETE FROM temp.cell_set').run()
    this.#get(
      'INSERT INTO temp.cell_set(row, id) SELECT row, id FROM temp.replay_set WHERE row IS NOT NULL ORDER BY row',
    ).run()
    purgeRows(this.#get, at)
    return this.#rows('SELECT row FROM temp.cell_set')
  }

  #rows(sql: string, values: object = {}): readonly number[] {
    return this.#get(sql).pluck().all(values) as number[]
  }
}

const columns = ['stamp', 'value', 'at', 'position', 'place'] as const
type Column = (typeof columns)[number]

/** What stands in `replay_set` of an operation. */
interface Line extends Readonly<Record<Column, string | number | null>> {
  readonly asset: string
}

/** Null for a value that no set holds. */
function lineOf({ id, stamp, value, place = 0 }: PlacedOperation, isLink: boolean): Line | null {
  if (!isLink) {
    const scalar = value === null || typeof value === 'string' || typeof value === 'number'
    return scalar ? { asset: id, stamp, value, at: null, position: null, place } : null
  }
  const link = placeOf(value)
  return link && { asset: id.slice(id.indexOf('/') + 1), stamp, value: null, ...link, place }
}

function pick(line: Line, varied: readonly Column[]): Partial<Record<Column, string | number | null>> {
  return Object.fromEntries(
    columns.filter((column) => !varied.includes(column)).map((column) => [column, line[column]]),
  )
}

function prefixOf(of: string): string {
  return of === '' ? '' : `${of}/`
}

function placeOf(value: CellValue): { readonly at: number | null; readonly position: number | null } | null {
  if (value === null) return { at: null, position: null }
  if (typeof value !== 'object' || Array.isArray(value)) return null
  const { at, position = null } = value
  return typeof at === 'number' && (position === null || typeof position === 'number') ? { at, position } : null
}

/** When an operation was made, ms. */
export function wallOf(stamp: string): number {
  return Number(stamp.slice(0, 13))
}
