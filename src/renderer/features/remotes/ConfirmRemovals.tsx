import type { RequestOutput } from '../../../shared/contract/requests.ts'
import { request } from '../../api/client.ts'
import { devices as strings } from '../../strings/devices.ts'
import { Button } from '../../ui/Button.tsx'
import { QuestionDialog } from '../../ui/QuestionDialog.tsx'
import styles from './RemoteList.module.css'
import { useAttempt } from './useAttempt.ts'

type Device = RequestOutput<'sync.devices'>[number]

/** Asks before so much of the library is removed here because another device has done so. */
export function ConfirmRemovals({
  device,
  question: { seq, removals, assets },
  onCancel,
  onConfirmed,
}: {
  readonly device: Device
  readonly question: NonNullable<Device['question']>
  readonly onCancel: () => void
  readonly onConfirmed: () => void
}) {
  const { busy, error, start } = useAttempt(
    () => request('sync.confirmRemovals', { device: device.id, seq }),
    onConfirmed,
  )
  return (
    <QuestionDialog
      title={strings.askTitle(removals)}
      description={strings.askText(device.name ?? strings.unnamed, removals, assets)}
      onCancel={onCancel}
      answers={
        <Button variant="danger" disabled={busy} onClick={start}>
          {strings.confirm(removals)}
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
