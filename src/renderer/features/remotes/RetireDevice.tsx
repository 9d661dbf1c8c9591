import type { RequestOutput } from '../../../shared/contract/requests.ts'
import { request } from '../../api/client.ts'
import { devices as strings } from '../../strings/devices.ts'
import { Button } from '../../ui/Button.tsx'
import { QuestionDialog } from '../../ui/QuestionDialog.tsx'
import styles from './RemoteList.module.css'
import { useAttempt } from './useAttempt.ts'

type Device = RequestOutput<'sync.devices'>[number]

/** Asks before a device is said to be gone for good, and says what follows from that. */
export function RetireDevice({
  device: { id, name },
  onCancel,
  onRetired,
}: {
  readonly device: Pick<Device, 'id' | 'name'>
  readonly onCancel: () => void
  readonly onRetired: () => void
}) {
  const { busy, error, start } = useAttempt(() => request('sync.retireDevice', { device: id }), onRetired)
  return (
    <QuestionDialog
      title={strings.retireTitle(name ?? strings.unnamed)}
      description={strings.retireText}
      onCancel={onCancel}
      answers={
        <Button variant="danger" disabled={busy} onClick={start}>
          {strings.retireConfirm}
        </Button>
      }
    >
      <p className={styles.note}>{strings.retireBack}</p>
      {error === null ? null : (
        <p className={styles.error} role="alert">
          {error}
        </p>
      )}
    </QuestionDialog>
  )
}
