import type { CellValue } from './journal/operation.ts'

/**
 * The values of many cells, in the order of their rows: the same in `all`, one for `each`, or a `run` of links whose places
 * follow one another from `position` on.
 */
export type SetValues = { readonly all: CellValue } | { readonly each: readonly CellValue[] } | { readonly run: Run }
interface Run {
  /** When the links were made, ms. */
  readonly at: number
  readonly position: number
}

/** The value at a place of the order. Throws for a place beyond the values: they and their rows belong together. */
export function valueAt(values: SetValues, index: number): CellValue {
  if ('all' in values) return values.all
  if ('run' in values) return { at: values.run.at, position: values.run.position + index }
  const value = values.each[index]
  if (value === undefined) throw new Error(`There is no value for the cell at ${index}`)
  return value
}

/** Those of the places in `[from, to)`. */
export function sliceValues(values: SetValues, from: number, to: number): SetValues {
  if ('all' in values) return values
  if ('run' in values) return { run: { at: values.run.at, position: values.run.position + from } }
  return shortest(values.each.slice(from, to))
}

/** Those of the places that are named, in their order. */
export function pickValues(values: SetValues, places: readonly number[]): SetValues {
  return 'all' in values ? values : shortest(places.map((place) => valueAt(values, place)))
}

/** Values after values; `count` is how many cells `first` is for, `more` how many `next` is for. */
export function joinValues(first: SetValues, count: number, next: SetValues, more: number): SetValues {
  if ('all' in first && 'all' in next && same(first.all, next.all)) return first
  return { each: [...spread(first, count), ...spread(next, more)] }
}

/** Values in the shortest of the three forms. */
export function shortest(each: readonly CellValue[]): SetValues {
  const [first] = each
  if (first === undefined) return { each }
  if (each.every((value) => same(value, first))) return { all: first }
  const start = placeOf(first)
  if (start === null) return { each }
  const follows = each.every((value, index) => {
    const place = placeOf(value)
    return place !== null && place.at === start.at && place.position === start.position + index
  })
  return follows ? { run: start } : { each }
}

/** One value for each of `count` cells. */
export function spread(values: SetValues, count: number): CellValue[] {
  return Array.from({ length: count }, (_, index) => valueAt(values, index))
}

function placeOf(value: CellValue): Run | null {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return null
  const { at, position } = value
  return typeof at === 'number' && typeof position === 'number' && Object.keys(value).length === 2
    ? { at, position }
    : null
}

/** Equal as JSON. */
export function same(a: CellValue, b: CellValue): boolean {
  return a === b || (typeof a === 'object' && typeof b === 'object' && JSON.stringify(a) === JSON.stringify(b))
}
