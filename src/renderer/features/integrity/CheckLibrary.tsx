import { useId, useState } from 'react'
import { useLibrary } from '../../queries/library.ts'
import { closeDialog, usePanels } from '../../state/panels.ts'
import { integrity as strings } from '../../strings/integrity.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Progress } from '../../ui/Progress.tsx'
import { Switch } from '../../ui/Switch.tsx'
import styles from './CheckLibrary.module.css'
import { CheckReport } from './CheckReport.tsx'
import { type CheckState, useVerification } from './useVerification.ts'

/** Compares every file with its checksum, on demand: what it will do, how far it is, what it found. */
export function CheckLibrary() {
  const open = usePanels((panels) => panels.dialog === 'check-library')
  return open ? <OpenCheck /> : null
}

function OpenCheck() {
  const check = useVerification()
  const [repair, setRepair] = useState(true)
  const [remote, setRemote] = useState(false)
  const hasRemote = useLibrary(({ sync }) => sync !== null && sync.state !== 'no-remote')
  const running = check.state?.state === 'running'
  const ended = check.state !== null && !running && check.state.state !== 'idle'
  return (
    <Dialog
      open
      onClose={closeDialog}
      title={strings.title}
      description={strings.text}
      footer={
        running ? (
          <>
            <Button onClick={check.cancel}>{strings.cancel}</Button>
            <Button variant="primary" onClick={closeDialog}>
              {strings.close}
            </Button>
          </>
        ) : (
          <>
            <Button onClick={closeDialog}>{strings.close}</Button>
            <Button
              variant="primary"
              data-autofocus
              disabled={check.state === null}
              onClick={() => check.start({ repair, remote: remote && hasRemote })}
            >
              {ended ? strings.startAgain : strings.start}
            </Button>
          </>
        )
      }
    >
      {check.error === null ? null : (
        <p className={styles.error} role="alert">
          {check.error}
        </p>
      )}
      {running ? <Running check={check} /> : null}
      {ended && check.state !== null ? <CheckReport state={check.state} /> : null}
      {running ? null : (
        <div className={styles.choices}>
          <Choice label={strings.repair} hint={strings.repairHint} checked={repair} onChange={setRepair} />
          {hasRemote ? (
            <Choice label={strings.remote} hint={strings.remoteHint} checked={remote} onChange={setRemote} />
          ) : null}
        </div>
      )}
    </Dialog>
  )
}

function Running({ check: { state } }: { readonly check: CheckState }) {
  if (state === null) return null
  const { checked, total, problems } = state
  return (
    <div className={styles.running}>
      <Progress value={total === 0 ? null : checked / total} label={strings.progressLabel} />
      <p className={styles.facts} role="status">
        {total === 0
          ? strings.counting
          : `${strings.progress(checked, total)} · ${strings.problemsSoFar(problems)}. ${strings.background}`}
      </p>
    </div>
  )
}

function Choice({
  label,
  hint,
  checked,
  onChange,
}: {
  readonly label: string
  readonly hint: string
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
}) {
  const id = useId()
  return (
    <div className={styles.choice}>
      <div>
        <label htmlFor={id}>{label}</label>
        <p className={styles.hint}>{hint}</p>
      </div>
      <Switch id={id} checked={checked} onChange={onChange} />
    </div>
  )
}
