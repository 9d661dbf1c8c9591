import { useId, useState } from 'react'
import type { Remote } from '../../../shared/domain/remote.ts'
import { request } from '../../api/client.ts'
import { fieldLabels, remotes as strings } from '../../strings/remotes.ts'
import { Button } from '../../ui/Button.tsx'
import { Field } from '../../ui/Field.tsx'
import { QuestionDialog } from '../../ui/QuestionDialog.tsx'
import { TextField } from '../../ui/TextField.tsx'
import styles from './AddRemote.module.css'
import { KeychainNote } from './KeychainNote.tsx'
import { SecretField } from './SecretField.tsx'
import { useAttempt } from './useAttempt.ts'

/** Takes new keys for a remote that is known already: after a restart without a keyring, or when keys were changed. */
export function RemoteKeys({
  remote,
  onCancel,
  onSaved,
}: {
  readonly remote: Remote
  readonly onCancel: () => void
  readonly onSaved: () => void
}) {
  const formId = useId()
  const [accessKeyId, setAccessKeyId] = useState('')
  const [secretAccessKey, setSecretAccessKey] = useState('')
  const complete = accessKeyId.trim() !== '' && secretAccessKey.trim() !== ''

  const { busy, error, start } = useAttempt(() => {
    const credentials = { accessKeyId: accessKeyId.trim(), secretAccessKey: secretAccessKey.trim() }
    return request('remotes.setCredentials', { id: remote.id, credentials })
  }, onSaved)

  return (
    <QuestionDialog
      title={strings.keysTitle(remote.name)}
      onCancel={onCancel}
      answers={
        <Button variant="primary" type="submit" form={formId} disabled={busy || !complete}>
          {strings.saveKeys}
        </Button>
      }
    >
      <form
        id={formId}
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          start()
        }}
      >
        <Field label={fieldLabels.accessKeyId}>
          {(control) => (
            <TextField {...control} value={accessKeyId} onChange={(event) => setAccessKeyId(event.target.value)} />
          )}
        </Field>
        <Field label={fieldLabels.secretAccessKey} error={error}>
          {(control) => <SecretField control={control} value={secretAccessKey} onChange={setSecretAccessKey} />}
        </Field>
        <KeychainNote />
      </form>
    </QuestionDialog>
  )
}
