import type { Decision } from '../../state/triage.ts'
import { viewer as strings } from '../../strings/viewer.ts'
import styles from './TriageButtons.module.css'
import type { ViewerCommand } from './viewerCommands.ts'

/** Keep and discard, on either side of the picture, each with its key; what was decided is filled. */
export function TriageButtons({
  decision,
  run,
}: {
  readonly decision: Decision | undefined
  readonly run: (command: ViewerCommand) => void
}) {
  return (
    <>
      <button
        type="button"
        className={styles.button}
        data-side="left"
        data-chosen={decision === 'discarded' || undefined}
        aria-keyshortcuts="X"
        onClick={() => run({ kind: 'discard' })}
      >
        <span className={styles.key} aria-hidden="true">
          X
        </span>
        {decision === 'discarded' ? strings.discarded : strings.discard}
      </button>
      <button
        type="button"
        className={styles.button}
        data-side="right"
        data-chosen={decision === 'kept' || undefined}
        aria-keyshortcuts="K"
        onClick={() => run({ kind: 'keep' })}
      >
        <span className={styles.key} aria-hidden="true">
          K
        </span>
        {decision === 'kept' ? strings.kept : strings.keep}
      </button>
    </>
  )
}
