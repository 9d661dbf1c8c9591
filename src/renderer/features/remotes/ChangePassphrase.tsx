import { useId } from 'react'
import type { Remote } from '../../../shared/domain/remote.ts'
import { request } from '../../api/client.ts'
import { showToast } from '../../state/toasts.ts'
import { encryption as strings } from '../../strings/encryption.ts'
import { Button } from '../../ui/Button.tsx'
import { QuestionDialog } from '../../ui/QuestionDialog.tsx'
import styles from './AddRemote.module.css'
import { checkEncryption } from './encryptionForm.ts'
import { NewPassphrase } from './NewPassphrase.tsx'
import { useAttempt } from './useAttempt.ts'
import { useEncryption } from './useEncryption.ts'

/** Gives an encrypted remote another passphrase. */
export function ChangePassphrase({
  remote,
  onCancel,
  onChanged,
}: {
  readonly remote: Remote
  readonly onCancel: () => void
  readonly onChanged: () => void
}) {
  const formId = useId()
  const { state, check } = useEncryption(() => undefined, false, 'passphrase')
  const { busy, error, start } = useAttempt(async () => {
    const checked = checkEncryption(state.form, false)
    if (!checked.ok || checked.input?.kind !== 'passphrase') return
    await request('remotes.changePassphrase', { id: remote.id, passphrase: checked.input.passphrase })
    showToast({ message: strings.changed(remote.name) })
  }, onChanged)
  return (
    <QuestionDialog
      title={strings.changeTitle(remote.name)}
      description={strings.changeText}
      onCancel={onCancel}
      answers={
        <Button variant="primary" type="submit" form={formId} disabled={busy}>
          {busy ? strings.changing : strings.changeButton}
        </Button>
      }
    >
      <form
        id={formId}
        className={styles.form}
        aria-busy={busy}
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (check() !== null) start()
        }}
      >
        <NewPassphrase form={state.form} disabled={busy} errorOf={state.errorOf} onChange={state.set} />
        {error === null ? null : (
          <p className={styles.error} role="alert">
            {error}
          </p>
        )}
      </form>
    </QuestionDialog>
  )
}
