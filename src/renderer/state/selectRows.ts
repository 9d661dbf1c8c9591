import { type RowIds, RowSet } from './rowSet.ts'

/** What is selected, where the keyboard is, and where a shift-selection started. Row ids, never positions. */
export interface Selection {
  readonly selected: RowSet
  readonly focus: number | null
  readonly anchor: number | null
}

export const noSelection: Selection = { selected: RowSet.empty, focus: null, anchor: null }

/** A plain click: this one and no other; `assets` when it stands for more than itself. */
export function selectOnly(rowId: number, assets: Iterable<number> = [rowId]): Selection {
  return { selected: RowSet.of(assets), focus: rowId, anchor: rowId }
}

/** Ctrl or Cmd and a click: in or out, the rest stays; `assets` when it stands for more than itself. */
export function toggleRow(selection: Selection, rowId: number, assets: Iterable<number> = [rowId]): Selection {
  const selected = selection.selected.has(rowId) ? selection.selected.without(assets) : selection.selected.with(assets)
  return { selected, focus: rowId, anchor: rowId }
}

/** All of these in, or out when all of them are in. The keyboard goes to the first of them. */
export function toggleRows(selection: Selection, rows: RowIds): Selection {
  const isIn = selectedShare(selection.selected, rows, 0, rows.length) === 'all'
  const selected = isIn ? selection.selected.without(rows) : selection.selected.with(rows)
  const first = rows[0] ?? null
  return { selected, focus: first ?? selection.focus, anchor: first ?? selection.anchor }
}

/** How many of neighbours in the order of the view are selected. */
export function selectedShare(selected: RowSet, ordered: RowIds, from: number, to: number): 'all' | 'some' | 'none' {
  if (selected.size === 0) return 'none'
  const first = selected.has(ordered[from] ?? 0)
  for (let index = from + 1; index < to; index++) if (selected.has(ordered[index] ?? 0) !== first) return 'some'
  return first ? 'all' : 'none'
}

/** What is selected in the view is not any more, and all else is. The keyboard stays where it is. */
export function invertSelection(selection: Selection, ordered: RowIds): Selection {
  const inverse = new Int32Array(ordered.length)
  let count = 0
  for (let index = 0; index < ordered.length; index++) {
    const rowId = ordered[index] ?? 0
    if (!selection.selected.has(rowId)) inverse[count++] = rowId
  }
  const focus = selection.focus ?? ordered[0] ?? null
  return { selected: RowSet.of(inverse.subarray(0, count)), focus, anchor: focus }
}

/**
 * Shift and a click or an arrow: everything in the order of the view from the anchor to this row. With `add`, what was
 * selected before stays too.
 * @param assetsBetween what neighbours in the order stand for
 */
export function selectRange(
  selection: Selection,
  ordered: RowIds,
  rowId: number,
  add = false,
  assetsBetween: (from: number, to: number) => RowIds = (from, to) => ordered.subarray(from, to),
): Selection {
  const anchor = selection.anchor ?? selection.focus ?? rowId
  const from = ordered.indexOf(anchor)
  const to = ordered.indexOf(rowId)
  if (to < 0) return selection
  if (from < 0) return selectOnly(rowId, assetsBetween(to, to + 1))
  const range = assetsBetween(Math.min(from, to), Math.max(from, to) + 1)
  return { selected: (add ? selection.selected : RowSet.empty).with(range), focus: rowId, anchor }
}

/** Everything in the view; the keyboard stays where it is. */
export function selectAll(selection: Selection, ordered: RowIds): Selection {
  const focus = selection.focus ?? ordered[0] ?? null
  return { selected: RowSet.of(ordered), focus, anchor: focus }
}

/**
 * The selection after the view has changed: what has left the view is not selected any more. When everything selected
 * left (it was kept, or discarded), the next asset after the one in focus takes its place, so that one key after the
 * other works through a Workspace.
 */
export function carrySelection(selection: Selection, before: RowIds, after: RowIds): Selection {
  if (selection.focus === null && selection.selected.size === 0) return selection
  const selected = RowSet.of(selection.selected.pick(after))
  const remains = selection.focus !== null && after.includes(selection.focus)
  const focus = remains ? selection.focus : nextRemaining(selection.focus, before, after)
  if (selected.size === 0 && selection.selected.size > 0 && focus !== null) return selectOnly(focus)
  const anchor = selection.anchor !== null && after.includes(selection.anchor) ? selection.anchor : focus
  return { selected: selected.size === selection.selected.size ? selection.selected : selected, focus, anchor }
}

/** The first row at or after the vanished one that is still there, else the last one before it. */
function nextRemaining(vanished: number | null, before: RowIds, after: RowIds): number | null {
  if (vanished === null) return null
  const at = before.indexOf(vanished)
  if (at < 0) return null
  const present = RowSet.of(after)
  for (let i = at + 1; i < before.length; i++) {
    const rowId = before[i] ?? 0
    if (present.has(rowId)) return rowId
  }
  for (let i = at - 1; i >= 0; i--) {
    const rowId = before[i] ?? 0
    if (present.has(rowId)) return rowId
  }
  return null
}
