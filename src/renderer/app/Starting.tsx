import { useLibrary } from '../queries/library.ts'
import { frame } from '../strings/frame.ts'
import { Progress } from '../ui/Progress.tsx'
import { Spinner } from '../ui/Spinner.tsx'
import styles from './Screens.module.css'

/**
 * While the engine opens the library. Appears late, because mostly it is done before anybody could read it; what takes
 * long is named.
 */
export function Starting() {
  const engine = useLibrary((library) => library.engine)
  const opening = engine.state === 'starting' || engine.state === 'restarting' ? engine.opening : undefined
  return (
    <main className={styles.screen}>
      <div className={styles.starting} role="status">
        <p className={styles.what}>
          <Spinner />
          {opening === undefined ? frame.starting : frame.openingWork[opening.stage]}
        </p>
        {opening === undefined ? null : <p className={styles.why}>{frame.openingWhy[opening.stage]}</p>}
        {opening === undefined || opening.total === null ? null : (
          <Progress value={opening.done / Math.max(1, opening.total)} label={frame.openingWork[opening.stage]} />
        )}
      </div>
    </main>
  )
}
