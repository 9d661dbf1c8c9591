import { useVector } from '../queries/vector.ts'
import { comparedRow } from '../state/compare.ts'
import type { RowIds } from '../state/rowSet.ts'
import { useSelection } from '../state/selection.ts'
import { useViewer } from '../state/viewer.ts'

/**
 * What a command acts on: the active one of the assets that are compared, the asset in the viewer while it is open, else the
 * selection in the order of the view, else the asset the keyboard is on. Empty when there is none of these.
 */
export function targets(): RowIds {
  const compared = comparedRow()
  if (compared !== null) return Int32Array.of(compared)
  const { rowId } = useViewer.getState()
  if (rowId !== null) return Int32Array.of(rowId)
  const { selected, focus } = useSelection.getState()
  // A copy: a part of an array would cross to the engine with the whole array behind it.
  if (selected.size > 0) return selected.pick(useVector.getState().rowIds).slice()
  return focus === null ? new Int32Array() : Int32Array.of(focus)
}
