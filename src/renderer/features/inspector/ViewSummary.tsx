import { useVector } from '../../queries/vector.ts'
import { useBrowse } from '../../state/browse.ts'
import { inspector as strings } from '../../strings/inspector.ts'
import styles from './Inspector.module.css'

/** What the window looks at while nothing is selected. */
export function ViewSummary() {
  const total = useVector((vector) => vector.total)
  const onAssets = useBrowse((browse) => browse.screen === 'assets')
  const searching = useBrowse((browse) => browse.text.trim() !== '')
  return (
    <div className={styles.summary}>
      <h2 className={styles.summaryTitle}>{strings.nothing}</h2>
      {onAssets ? (
        <p className={styles.summaryCount}>{searching ? strings.found(total) : strings.inView(total)}</p>
      ) : null}
      <p className={styles.muted}>{strings.nothingHint}</p>
    </div>
  )
}
