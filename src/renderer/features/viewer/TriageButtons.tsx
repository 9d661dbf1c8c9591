import { viewer as strings } from '../../strings/viewer.ts'
import styles from './TriageButtons.module.css'
import type { ViewerCommand } from './viewerKeys.ts'

/** Keep and discard, on either side of the picture, each with its key. */
export function TriageButtons({ run }: { readonly run: (command: ViewerCommand) => void }) {
  return (
    <>
      <button
        type="button"
        className={styles.button}
        data-side="left"
        aria-keyshortcuts="X"
        onClick={() => run({ kind: 'discard' })}
      >
        <span className={styles.key} aria-hidden="true">
          X
        </span>
        {strings.discard}
      </button>
      <button
        type="button"
        className={styles.button}
        data-side="right"
        aria-keyshortcuts="K"
        onClick={() => run({ kind: 'keep' })}
      >
        <span className={styles.key} aria-hidden="true">
          K
        </span>
        {strings.keep}
      </button>
    </>
  )
}
