import type { Grouping, RowGroups } from '../../../../shared/domain/arrangement.ts'
import { isTimeField, numberClasses } from '../../../../shared/domain/arrangement.ts'
import { SESSION_GAP_MS } from '../../../../shared/domain/lifecycle.ts'
import type { SortField } from '../../../../shared/domain/query.ts'

/** With more groups than this nobody finds anything by them. */
const MOST_GROUPS = 20_000
/** Letters from here on are those of scripts with too many to be headings. */
const UNLETTERED = 0x2e80

/** What rows are ordered by: numbers (times in milliseconds), or texts. */
export type RowKey = (row: number) => number | string

/**
 * The groups of rows in an order. Where both ends of a span have the same key all between them have it too, so a few keys
 * are read for each group and not one for each row; only sittings, which are found by the pauses between them, need all.
 * @param rowIds in the order of `field`, in either direction
 * @returns null when this order has no such groups, or more than 20,000
 */
export function groupRows(rowIds: Int32Array, field: SortField, by: Grouping, keyOf: RowKey): RowGroups | null {
  if (rowIds.length === 0) return null
  if (by === 'session') return field === 'imported_at' ? sessions(rowIds, keyOf) : null
  const name = nameOf(field, by)
  const groups = name === null ? null : runs(rowIds, (row) => name(keyOf(row)))
  if (groups === null || field !== 'model_used') return groups
  // Capitals make no difference in the order; the heading is written as the first has it.
  return { ...groups, keys: Array.from(groups.starts, (start) => String(keyOf(rowIds[start] ?? 0))) }
}

/** What gives each key the name of its group; null when there are none. */
function nameOf(field: SortField, by: Grouping): ((key: number | string) => string) | null {
  switch (by) {
    case 'none':
    case 'session':
      return null
    case 'day':
      return isTimeField(field) ? (key) => localDate(key, 10) : null
    case 'month':
      return isTimeField(field) ? (key) => localDate(key, 7) : null
    case 'year':
      return isTimeField(field) ? (key) => localDate(key, 4) : null
    case 'value':
      return valueName(field)
  }
}

function valueName(field: SortField): ((key: number | string) => string) | null {
  switch (field) {
    case 'rating':
      return String
    case 'asset_type':
      return String
    case 'model_used':
      return (key) => withoutCapitals(String(key))
    case 'file_name':
    case 'custom_title':
      return (key) => initialOf(String(key))
    case 'file_size_bytes':
    case 'width':
    case 'height':
    case 'duration_seconds': {
      const classes: readonly number[] = numberClasses[field]
      return (key) => String(classes.findLast((least) => Number(key) >= least) ?? 0)
    }
    default:
      return null
  }
}

function localDate(key: number | string, length: number): string {
  const time = new Date(Number(key))
  const two = (value: number) => String(value).padStart(2, '0')
  return `${time.getFullYear()}-${two(time.getMonth() + 1)}-${two(time.getDate())}`.slice(0, length)
}

/** The first letter of a name, so that names in the order of the catalogue (`NOCASE`: by bytes, a–z as A–Z) stay in runs. */
function initialOf(name: string): string {
  const point = withoutCapitals(name.slice(0, 2)).codePointAt(0) ?? 0
  if (point < 0x61) return '#'
  if (point >= UNLETTERED) return '…'
  const letter = String.fromCodePoint(point)
  // What upper case makes two letters of (ß) or has none stays as it is.
  const large = letter.toUpperCase()
  return large.length === letter.length ? large : letter
}

/** As `NOCASE` compares: only A–Z are folded. */
function withoutCapitals(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
}

/** Divides spans whose ends differ until both are neighbours. */
function runs(rowIds: Int32Array, nameAt: (row: number) => string): RowGroups | null {
  const at = (place: number) => nameAt(rowIds[place] ?? 0)
  const first = at(0)
  const starts = [0]
  const keys = [first]
  const end = rowIds.length - 1
  // The later half waits while the earlier one is divided, so groups are found in their order.
  const waiting: { from: number; fromKey: string; to: number; toKey: string }[] = [
    { from: 0, fromKey: first, to: end, toKey: at(end) },
  ]
  for (let span = waiting.pop(); span !== undefined; span = waiting.pop()) {
    const { from, fromKey, to, toKey } = span
    if (fromKey === toKey) continue
    if (to - from === 1) {
      starts.push(to)
      keys.push(toKey)
      if (starts.length > MOST_GROUPS) return null
      continue
    }
    const middle = (from + to) >>> 1
    const middleKey = at(middle)
    waiting.push({ from: middle, fromKey: middleKey, to, toKey }, { from, fromKey, to: middle, toKey: middleKey })
  }
  return { starts: Int32Array.from(starts), keys }
}

function sessions(rowIds: Int32Array, keyOf: RowKey): RowGroups | null {
  const starts = [0]
  const keys: string[] = []
  const timeAt = (place: number) => Number(keyOf(rowIds[place] ?? 0))
  const name = (one: number, other: number) =>
    `${new Date(Math.min(one, other)).toISOString()}/${new Date(Math.max(one, other)).toISOString()}`
  let began = timeAt(0)
  let before = began
  for (let place = 1; place < rowIds.length; place++) {
    const time = timeAt(place)
    if (Math.abs(time - before) > SESSION_GAP_MS) {
      keys.push(name(began, before))
      starts.push(place)
      if (starts.length > MOST_GROUPS) return null
      began = time
    }
    before = time
  }
  keys.push(name(began, before))
  return { starts: Int32Array.from(starts), keys }
}
