import { type RowIds, RowSet } from './rowSet.ts'

/** What is selected, where the keyboard is, and where a shift-selection started. Row ids, never positions. */
export interface Selection {
  readonly selected: RowSet
  readonly focus: number | null
  readonly anchor: number | null
}

export const noSelection: Selection = { selected: RowSet.empty, focus: null, anchor: null }

/** A plain click: this one and no other. */
export function selectOnly(rowId: number): Selection {
  return { selected: RowSet.of([rowId]), focus: rowId, anchor: rowId }
}

/** Ctrl or Cmd and a click: in or out, the rest stays. */
export function toggleRow(selection: Selection, rowId: number): Selection {
  const selected = selection.selected.has(rowId)
    ? selection.selected.without([rowId])
    : selection.selected.with([rowId])
  return { selected, focus: rowId, anchor: rowId }
}

/**
 * Shift and a click or an arrow: everything in the order of the view from the anchor to this row. With `add`, what was
 * selected before stays too.
 */
export function selectRange(selection: Selection, ordered: RowIds, rowId: number, add = false): Selection {
  const anchor = selection.anchor ?? selection.focus ?? rowId
  const from = ordered.indexOf(anchor)
  const to = ordered.indexOf(rowId)
  if (to < 0) return selection
  if (from < 0) return selectOnly(rowId)
  const range = ordered.subarray(Math.min(from, to), Math.max(from, to) + 1)
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
