import { useId, useState } from 'react'
import type { Remote } from '../../../shared/domain/remote.ts'
import { messageOf, request } from '../../api/client.ts'
import { fieldLabels, remotes as strings } from '../../strings/remotes.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { TextField } from '../../ui/TextField.tsx'
import styles from './AddRemote.module.css'
import { KeychainNote } from './KeychainNote.tsx'
import { SecretField } from './SecretField.tsx'

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
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const complete = accessKeyId.trim() !== '' && secretAccessKey.trim() !== ''

  const save = async () => {
    setBusy(true)
    try {
      const credentials = { accessKeyId: accessKeyId.trim(), secretAccessKey: secretAccessKey.trim() }
      await request('remotes.setCredentials', { id: remote.id, credentials })
      onSaved()
    } catch (thrown) {
      setBusy(false)
      setError(messageOf(thrown))
    }
  }

  return (
    <Dialog
      open
      onClose={onCancel}
      size="s"
      title={strings.keysTitle(remote.name)}
      footer={
        <>
          <Button onClick={onCancel}>{strings.cancel}</Button>
          <Button variant="primary" type="submit" form={formId} disabled={busy || !complete}>
            {strings.saveKeys}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          void save()
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
    </Dialog>
  )
}
