import type { Remote } from '../../../shared/domain/remote.ts'
import { request } from '../../api/client.ts'
import { remotes as strings } from '../../strings/remotes.ts'
import { Button } from '../../ui/Button.tsx'
import { QuestionDialog } from '../../ui/QuestionDialog.tsx'
import styles from './RemoteList.module.css'
import { useAttempt } from './useAttempt.ts'

/** Asks before a remote is forgotten, and says what stays. */
export function RemoveRemote({
  remote,
  onCancel,
  onRemoved,
}: {
  readonly remote: Remote
  readonly onCancel: () => void
  readonly onRemoved: () => void
}) {
  const { busy, error, start } = useAttempt(() => request('remotes.remove', { id: remote.id }), onRemoved)
  return (
    <QuestionDialog
      title={strings.removeTitle(remote.name)}
      description={strings.removeText}
      onCancel={onCancel}
      answers={
        <Button variant="danger" disabled={busy} onClick={start}>
          {strings.remove}
        </Button>
      }
    >
      {error === null ? null : (
        <p className={styles.error} role="alert">
          {error}
        </p>
      )}
    </QuestionDialog>
  )
}
