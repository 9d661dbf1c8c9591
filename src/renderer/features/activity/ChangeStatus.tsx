import { X } from 'lucide-react'
import type { LongChange } from '../../../shared/domain/longChange.ts'
import { cancelLongChange } from '../../actions/longChanges.ts'
import { longChangeStrings as strings } from '../../strings/longChanges.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Progress } from '../../ui/Progress.tsx'
import styles from './Status.module.css'

/** A change of very many assets: how far it is, and how to stop it. */
export function ChangeStatus({ change }: { readonly change: LongChange }) {
  const { id, kind, done, total, cancelling, cancellable } = change
  return (
    <div className={styles.status}>
      <span className={styles.title} role="status">
        {cancelling ? strings.cancelling : strings.running(kind, done, total)}
      </span>
      <span className={styles.track}>
        <Progress value={done / total} label={strings.progressLabel} />
      </span>
      {cancellable ? (
        <IconButton
          label={strings.cancelOf[kind] ?? strings.cancel}
          size="s"
          disabled={cancelling}
          onClick={() => cancelLongChange(id)}
        >
          <X />
        </IconButton>
      ) : null}
    </div>
  )
}
