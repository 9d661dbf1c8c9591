import type { LinkEntity } from './cellSets.ts'
import type { Db } from './database.ts'
import type { CellValue, Entity } from './journal/operation.ts'
import { unpackRows } from './rowSets.ts'
import { joinValues, type SetValues } from './setValues.ts'

/** One cell, or one field of many assets, with what it should hold now and what it is to be set to. */
export type RevertStep =
  | {
      readonly kind: 'cell'
      readonly entity: Entity
      readonly id: string
      readonly field: string
      readonly expected: CellValue
      readonly target: CellValue
    }
  | {
      readonly kind: 'set'
      readonly entity: 'asset' | LinkEntity
      readonly of: string
      readonly field: string
      /** Ascending. */
      readonly rows: readonly number[]
      readonly expected: SetValues
      readonly target: SetValues
    }
type SetStep = Extract<RevertStep, { kind: 'set' }>

/** Cells of one part: about as much as is written in a second on a slow machine. */
const CELLS_OF_A_PART = 50_000
/** Rows of one step. */
const ROWS_OF_A_STEP = 10_000

/** What is to be done to take an activity entry back or to do it again, in order, in parts; there is always a last one. */
export function* revertParts(
  db: Db,
  activityId: number,
  direction: 'undo' | 'redo',
): Generator<{ readonly steps: readonly RevertStep[]; readonly last: boolean }> {
  const down = direction === 'undo' ? 'DESC' : 'ASC'
  const entries = db
    .prepare(
      `SELECT 0 AS is_set, rowid AS id, rowid AS place FROM activity_changes WHERE activity_id = :activity
       UNION ALL SELECT 1, id, follows FROM activity_sets WHERE activity_id = :activity
       ORDER BY place ${down}, 1 ${down}, 2 ${down}`,
    )
    .raw()
    .all({ activity: activityId }) as [isSet: 0 | 1, id: number, place: number][]
  const readCell = db.prepare('SELECT entity, entity_id, field, before, after FROM activity_changes WHERE rowid = ?')
  const readSet = db.prepare('SELECT entity, owner, field, bucket, rows, before, after FROM activity_sets WHERE id = ?')
  let steps: RevertStep[] = []
  let cells = 0
  for (const [isSet, id] of entries) {
    const step =
      isSet === 1 ? setStep(readSet.get(id) as SetRow, direction) : cellStep(readCell.get(id) as CellRow, direction)
    const size = step.kind === 'set' ? step.rows.length : 1
    if (cells > 0 && cells + size > CELLS_OF_A_PART) {
      yield { steps, last: false }
      steps = []
      cells = 0
    }
    cells += size
    const joined = join(steps.at(-1), step)
    if (joined === null) steps.push(step)
    else steps[steps.length - 1] = joined
  }
  yield { steps, last: true }
}

interface CellRow {
  readonly entity: Entity
  readonly entity_id: string
  readonly field: string
  readonly before: string
  readonly after: string
}

function cellStep(row: CellRow, direction: 'undo' | 'redo'): RevertStep {
  const [expected, target] = direction === 'undo' ? [row.after, row.before] : [row.before, row.after]
  return {
    kind: 'cell',
    entity: row.entity,
    id: row.entity_id,
    field: row.field,
    expected: JSON.parse(expected),
    target: JSON.parse(target),
  }
}

interface SetRow {
  readonly entity: SetStep['entity']
  readonly owner: string
  readonly field: string
  readonly bucket: number
  readonly rows: Uint8Array
  readonly before: string
  readonly after: string
}

function setStep(row: SetRow, direction: 'undo' | 'redo'): SetStep {
  const [expected, target] = direction === 'undo' ? [row.after, row.before] : [row.before, row.after]
  return {
    kind: 'set',
    entity: row.entity,
    of: row.owner,
    field: row.field,
    rows: unpackRows(row.bucket, row.rows),
    expected: JSON.parse(expected),
    target: JSON.parse(target),
  }
}

/** Two steps as one, if they are of the same field and of rows that follow one another. */
function join(before: RevertStep | undefined, next: RevertStep): SetStep | null {
  if (before?.kind !== 'set' || next.kind !== 'set') return null
  if (before.entity !== next.entity || before.of !== next.of || before.field !== next.field) return null
  if (before.rows.length + next.rows.length > ROWS_OF_A_STEP) return null
  const [low, high] = (before.rows[0] ?? 0) < (next.rows[0] ?? 0) ? [before, next] : [next, before]
  if ((low.rows.at(-1) ?? 0) >= (high.rows[0] ?? 0)) return null
  return {
    ...next,
    rows: [...low.rows, ...high.rows],
    expected: joinValues(low.expected, low.rows.length, high.expected, high.rows.length),
    target: joinValues(low.target, low.rows.length, high.target, high.rows.length),
  }
}
