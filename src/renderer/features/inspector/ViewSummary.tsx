import { useVector } from '../../queries/vector.ts'
import { useBrowse } from '../../state/browse.ts'
import { inspector as strings } from '../../strings/inspector.ts'
import styles from './Inspector.module.css'

/** What the window looks at while nothing is selected. */
export function ViewSummary() {
  const total = useVector((vector) => vector.total)
  const searching = useBrowse((browse) => browse.text.trim() !== '')
  return (
    <div className={styles.summary}>
      <h2 className={styles.summaryTitle}>{strings.nothing}</h2>
      <p className={styles.summaryCount}>{searching ? strings.found(total) : strings.inView(total)}</p>
      <p className={styles.muted}>{strings.nothingHint}</p>
    </div>
  )
}
