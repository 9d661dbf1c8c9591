import { frame } from '../strings/frame.ts'
import { Spinner } from '../ui/Spinner.tsx'
import styles from './Screens.module.css'

/** While the engine opens the library. Appears late, because mostly it is done before anybody could read it. */
export function Starting() {
  return (
    <main className={styles.screen}>
      <p className={styles.starting} role="status">
        <Spinner />
        {frame.starting}
      </p>
    </main>
  )
}
