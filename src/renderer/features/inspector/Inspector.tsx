import { useMemo } from 'react'
import { useVector } from '../../queries/vector.ts'
import { useSelection } from '../../state/selection.ts'
import { inspector as strings } from '../../strings/inspector.ts'
import styles from './Inspector.module.css'
import { ManyInspector } from './ManyInspector.tsx'
import { SingleInspector } from './SingleInspector.tsx'
import { ViewSummary } from './ViewSummary.tsx'

/** What is known about the selection, and where it is changed. */
export function Inspector() {
  const selected = useSelection((selection) => selection.selected)
  const ordered = useVector((vector) => vector.rowIds)
  const rowIds = useMemo(() => selected.pick(ordered), [selected, ordered])
  const [only] = rowIds
  return (
    <aside className={styles.inspector} aria-label={strings.label}>
      {only === undefined ? (
        <ViewSummary />
      ) : rowIds.length === 1 ? (
        <SingleInspector rowId={only} />
      ) : (
        <ManyInspector rowIds={rowIds} />
      )}
    </aside>
  )
}
