import { useState } from 'react'
import type { Remote } from '../../../shared/domain/remote.ts'
import { messageOf, request } from '../../api/client.ts'
import { remotes as strings } from '../../strings/remotes.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import styles from './RemoteList.module.css'

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
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const remove = async () => {
    setBusy(true)
    try {
      await request('remotes.remove', { id: remote.id })
      onRemoved()
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
      title={strings.removeTitle(remote.name)}
      description={strings.removeText}
      footer={
        <>
          <Button onClick={onCancel}>{strings.cancel}</Button>
          <Button variant="danger" disabled={busy} onClick={() => void remove()}>
            {strings.remove}
          </Button>
        </>
      }
    >
      {error === null ? null : (
        <p className={styles.error} role="alert">
          {error}
        </p>
      )}
    </Dialog>
  )
}
