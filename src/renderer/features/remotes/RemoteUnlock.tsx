import { useId } from 'react'
import type { Remote } from '../../../shared/domain/remote.ts'
import { request } from '../../api/client.ts'
import { encryption as strings } from '../../strings/encryption.ts'
import { Button } from '../../ui/Button.tsx'
import { QuestionDialog } from '../../ui/QuestionDialog.tsx'
import styles from './AddRemote.module.css'
import { checkEncryption } from './encryptionForm.ts'
import { KeychainNote } from './KeychainNote.tsx'
import { KeyFields } from './KeyFields.tsx'
import { useAttempt } from './useAttempt.ts'
import { useEncryption } from './useEncryption.ts'

/** Takes what opens an encrypted remote that is known already: after a restart without a keyring, or in a restored library. */
export function RemoteUnlock({
  remote,
  onCancel,
  onUnlocked,
}: {
  readonly remote: Remote
  readonly onCancel: () => void
  readonly onUnlocked: () => void
}) {
  const formId = useId()
  const encryption = useEncryption(() => undefined, true)
  const { busy, error, start } = useAttempt(async () => {
    const checked = checkEncryption(encryption.state.form, true)
    const key = checked.ok ? checked.input : undefined
    if (key !== undefined && key.kind !== 'new-key') await request('remotes.unlock', { id: remote.id, key })
  }, onUnlocked)
  return (
    <QuestionDialog
      title={strings.unlockTitle(remote.name)}
      description={strings.unlockText}
      onCancel={onCancel}
      answers={
        <Button variant="primary" type="submit" form={formId} disabled={busy}>
          {strings.unlockButton}
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
          if (encryption.check() !== null) start()
        }}
      >
        <KeyFields
          form={encryption.state.form}
          opens
          disabled={busy}
          errorOf={encryption.state.errorOf}
          onChange={encryption.state.set}
        />
        {error === null ? null : (
          <p className={styles.error} role="alert">
            {error}
          </p>
        )}
        <KeychainNote />
      </form>
    </QuestionDialog>
  )
}
