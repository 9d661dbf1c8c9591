import type { AssetId } from '../../shared/domain/ids.ts'
import { queryKey, useVector } from '../queries/vector.ts'
import { findEverywhere, useBrowse } from '../state/browse.ts'
import { reveal } from '../state/reveal.ts'
import { setSelection } from '../state/selection.ts'
import { selectOnly } from '../state/selectRows.ts'

/** Selects an asset where it is shown; where it is not, goes to its whole stack first. `of` is another one of the stack. */
export function selectInStack(rowId: number, of: AssetId): void {
  if (useBrowse.getState().screen === 'assets' && useVector.getState().rowIds.includes(rowId)) {
    select(rowId)
    return
  }
  findEverywhere('stack', of)
  const wanted = queryKey(useBrowse.getState())
  const stop = useVector.subscribe(({ rowIds, complete, key }) => {
    // Somewhere else by now.
    if (queryKey(useBrowse.getState()) !== wanted) return stop()
    if (key !== wanted || !complete) return
    stop()
    if (rowIds.includes(rowId)) select(rowId)
  })
}

function select(rowId: number): void {
  setSelection(selectOnly(rowId))
  // Once the grid has drawn what it was just given.
  requestAnimationFrame(() => reveal(rowId))
}
