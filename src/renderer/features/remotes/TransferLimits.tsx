import { useEffect, useId, useState } from 'react'
import { SLOWEST_LIMIT, type TransferSettings } from '../../../shared/domain/transfer.ts'
import { reportError, reportFailedRead } from '../../actions/mutate.ts'
import { request } from '../../api/client.ts'
import { readSize, writeSize } from '../../strings/sizeInput.ts'
import { transfers as strings } from '../../strings/transfers.ts'
import { Field } from '../../ui/Field.tsx'
import { Switch } from '../../ui/Switch.tsx'
import { TextField } from '../../ui/TextField.tsx'
import styles from './TransferLimits.module.css'

/** How fast files may go, and when large ones wait. */
export function TransferLimits() {
  const [settings, setSettings] = useState<TransferSettings | null>(null)
  const id = useId()
  useEffect(() => {
    let current = true
    request('transfers.settings').then(
      (found) => current && setSettings(found),
      (thrown: unknown) => current && reportFailedRead(thrown),
    )
    return () => {
      current = false
    }
  }, [])
  if (settings === null) return null
  const change = (next: Partial<TransferSettings>) =>
    void request('transfers.configure', next).then(setSettings).catch(reportError)
  return (
    <section className={styles.section} aria-label={strings.limits}>
      <h3 className={styles.title}>{strings.limits}</h3>
      <div className={styles.limits}>
        <Limit
          label={strings.uploadLimit}
          value={settings.uploadLimit}
          onChange={(uploadLimit) => change({ uploadLimit })}
        />
        <Limit
          label={strings.downloadLimit}
          value={settings.downloadLimit}
          onChange={(downloadLimit) => change({ downloadLimit })}
        />
      </div>
      <div className={styles.sparing}>
        <label htmlFor={id}>{strings.sparing}</label>
        <Switch id={id} checked={settings.sparing} onChange={(sparing) => change({ sparing })} />
        <p className={styles.hint}>{strings.sparingHint}</p>
      </div>
    </section>
  )
}

/** A size per second, taken when the field is left or Enter is pressed. */
function Limit({
  label,
  value,
  onChange,
}: {
  readonly label: string
  readonly value: number | null
  readonly onChange: (bytes: number | null) => void
}) {
  const [text, setText] = useState(() => writeSize(value))
  useEffect(() => setText(writeSize(value)), [value])
  const bytes = readSize(text)
  const wrong = bytes === undefined || (bytes !== null && bytes < SLOWEST_LIMIT)
  const take = () => {
    if (!wrong && bytes !== value) onChange(bytes)
  }
  return (
    <Field label={label} error={wrong ? strings.limitProblem : null}>
      {(control) => (
        <TextField
          {...control}
          value={text}
          placeholder={strings.noLimit}
          after={<span className={styles.unit}>{strings.perSecond}</span>}
          onChange={(event) => setText(event.currentTarget.value)}
          onBlur={take}
          onKeyDown={(event) => event.key === 'Enter' && take()}
        />
      )}
    </Field>
  )
}
