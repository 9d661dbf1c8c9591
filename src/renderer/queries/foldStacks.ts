import type { Arrangement, RowGroups } from '../../shared/domain/arrangement.ts'
import type { RowIds } from '../state/rowSet.ts'

/** What a cell is in its stack. */
export const inStack = { none: 0, folded: 1, first: 2, other: 3 } as const

/** The cells of a view: one for each asset, or one for each stack that is folded. */
export interface Shown {
  readonly rowIds: RowIds
  readonly aspects: Float32Array<ArrayBuffer>
  readonly groups: RowGroups | null
  readonly marks: RowGroups | null
  readonly stacks: ShownStacks | null
}

/** One of each for each cell. */
export interface ShownStacks {
  /** How many assets the cell's stack has in the view; 1 for one that is alone. */
  readonly sizes: Int32Array
  /** One of `inStack`. */
  readonly roles: Uint8Array
  /** The cell's stack, 0 when it has none. */
  readonly numbers: Int32Array
}

export interface Unfolded {
  readonly rowIds: RowIds
  readonly aspects: Float32Array<ArrayBuffer>
  readonly arrangement: Arrangement | null
}

/**
 * Folds stacks: all assets with the same number, of which the view has more than one, become the first of them; those of an
 * open stack come together behind it. Linear in the rows.
 * @param open assets whose stacks are open
 */
export function foldStacks({ rowIds, aspects, arrangement }: Unfolded, open: ReadonlySet<number>): Shown {
  const numbers = arrangement?.stacks ?? null
  const groups = arrangement?.groups ?? null
  const marks = arrangement?.marks ?? null
  if (numbers === null || numbers.length !== rowIds.length) return { rowIds, aspects, groups, marks, stacks: null }

  const { counts, opened } = countStacks(rowIds, numbers, open)
  const order = new Int32Array(rowIds.length)
  const roles = new Uint8Array(rowIds.length)
  /** How many cells come before each place of the view. */
  const before = new Int32Array(rowIds.length + 1)
  const seen = new Uint8Array(counts.length)
  let cells = 0
  for (let place = 0; place < rowIds.length; place++) {
    before[place] = cells
    const number = numbers[place] ?? 0
    if (number === 0 || (counts[number] ?? 0) < 2) {
      order[cells++] = place
      continue
    }
    if (seen[number] === 1) continue
    seen[number] = 1
    const members = opened.get(number)
    if (members === undefined) {
      roles[cells] = inStack.folded
      order[cells++] = place
      continue
    }
    for (const member of members) {
      roles[cells] = member === place ? inStack.first : inStack.other
      order[cells++] = member
    }
  }
  before[rowIds.length] = cells

  const shownRows = new Int32Array(cells)
  const shownAspects = new Float32Array(cells)
  const sizes = new Int32Array(cells)
  const shownNumbers = new Int32Array(cells)
  for (let cell = 0; cell < cells; cell++) {
    const place = order[cell] ?? 0
    shownRows[cell] = rowIds[place] ?? 0
    shownAspects[cell] = aspects[place] ?? 1
    const number = numbers[place] ?? 0
    shownNumbers[cell] = number
    sizes[cell] = roles[cell] === inStack.none ? 1 : (counts[number] ?? 1)
  }
  return {
    rowIds: shownRows,
    aspects: shownAspects,
    groups: foldGroups(groups, before),
    marks: foldGroups(marks, before),
    stacks: { sizes, roles: roles.slice(0, cells), numbers: shownNumbers },
  }
}

/** How many assets of the view each stack has, and the places of those of open ones. */
function countStacks(rowIds: RowIds, numbers: Int32Array, open: ReadonlySet<number>) {
  let most = 0
  for (let place = 0; place < numbers.length; place++) if ((numbers[place] ?? 0) > most) most = numbers[place] ?? 0
  const counts = new Int32Array(most + 1)
  const opened = new Map<number, number[]>()
  for (let place = 0; place < numbers.length; place++) {
    const number = numbers[place] ?? 0
    if (number === 0) continue
    counts[number] = (counts[number] ?? 0) + 1
    if (open.size > 0 && open.has(rowIds[place] ?? 0)) opened.set(number, [])
  }
  if (opened.size > 0) {
    for (let place = 0; place < numbers.length; place++) opened.get(numbers[place] ?? 0)?.push(place)
  }
  return { counts, opened }
}

/** Groups of cells instead of assets; one of which every asset is in the stack of an earlier one is gone. */
function foldGroups(groups: RowGroups | null, before: Int32Array): RowGroups | null {
  if (groups === null) return null
  const starts: number[] = []
  const keys: string[] = []
  const cells = before.at(-1) ?? 0
  for (const [index, start] of groups.starts.entries()) {
    const from = before[start] ?? 0
    const next = groups.starts[index + 1]
    const to = next === undefined ? cells : (before[next] ?? 0)
    if (from === to) continue
    starts.push(from)
    keys.push(groups.keys[index] ?? '')
  }
  return { starts: Int32Array.from(starts), keys }
}

/** How many assets some neighbouring cells stand for. */
export function countAssets({ stacks }: Pick<Shown, 'stacks'>, from: number, to: number): number {
  if (stacks === null) return to - from
  let assets = 0
  for (let cell = from; cell < to; cell++) {
    assets += stacks.roles[cell] === inStack.folded ? (stacks.sizes[cell] ?? 1) : 1
  }
  return assets
}

/**
 * The assets that some cells stand for: those of a folded stack are all of it.
 * @param cells places among the cells, ascending
 */
export function assetsOf(shown: Shown, whole: Unfolded, cells: Iterable<number>): RowIds {
  const { stacks, rowIds } = shown
  const numbers = whole.arrangement?.stacks
  const own: number[] = []
  const folded = new Set<number>()
  for (const cell of cells) {
    const rowId = rowIds[cell]
    if (rowId === undefined) continue
    if (stacks?.roles[cell] === inStack.folded) folded.add(stacks.numbers[cell] ?? 0)
    else own.push(rowId)
  }
  if (folded.size === 0 || !numbers) return Int32Array.from(own)
  for (let place = 0; place < numbers.length; place++) {
    if (folded.has(numbers[place] ?? 0)) own.push(whole.rowIds[place] ?? 0)
  }
  return Int32Array.from(own)
}
