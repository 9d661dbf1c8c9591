import { useVector } from '../queries/vector.ts'
import { openView, useBrowse } from '../state/browse.ts'
import type { RowIds } from '../state/rowSet.ts'
import { useSelection } from '../state/selection.ts'
import { showToast } from '../state/toasts.ts'
import { startTriage } from '../state/triage.ts'
import { viewer as strings } from '../strings/viewer.ts'

/** How long another view may take to come before a triage that waits for it is given up. */
const PATIENCE_MS = 10_000

/** Goes through the Workspace one asset at a time: what is selected of it if that is several, else all that it shows. */
export function triage(): void {
  const { view, screen } = useBrowse.getState()
  if (view.kind === 'workspace' && screen === 'assets') {
    begin(useVector.getState().rowIds)
    return
  }
  openView({ kind: 'workspace' })
  const { key: before } = useVector.getState()
  const stop = useVector.subscribe(({ rowIds, complete, loading, key }) => {
    if (!complete || loading || key === before) return
    end()
    if (useBrowse.getState().view.kind === 'workspace') begin(rowIds)
  })
  const limit = setTimeout(stop, PATIENCE_MS)
  const end = () => {
    clearTimeout(limit)
    stop()
  }
}

function begin(rowIds: RowIds): void {
  const { selected, focus } = useSelection.getState()
  const some = selected.size > 1 ? selected.pick(rowIds) : rowIds
  const [first] = some
  if (first === undefined) showToast({ message: strings.nothingToTriage })
  else startTriage(some, focus ?? first)
}
