import { useEffect, useId, useState } from 'react'
import { settings as strings } from '../../strings/settings.ts'
import { Switch } from '../../ui/Switch.tsx'
import { TextField } from '../../ui/TextField.tsx'
import styles from './SettingsSection.module.css'
import { Setting } from './SettingsSection.tsx'

const MOST_DAYS = 3650

/** A number of days, or never. Saved with Enter and when somebody leaves the field. */
export function DaysSetting({
  name,
  switchLabel,
  daysLabel,
  value,
  usual,
  note,
  onChange,
}: {
  readonly name: string
  readonly switchLabel: string
  readonly daysLabel: string
  /** Null: never. */
  readonly value: number | null
  /** What it is when it is switched on. */
  readonly usual: number
  readonly note: string
  readonly onChange: (days: number | null) => void
}) {
  const [text, setText] = useState(String(value ?? usual))
  const noteId = useId()
  useEffect(() => {
    if (value !== null) setText(String(value))
  }, [value])

  const days = /^\d{1,4}$/.test(text.trim()) ? Number(text) : 0
  const sound = days >= 1 && days <= MOST_DAYS
  const save = () => {
    if (value !== null && sound && days !== value) onChange(days)
  }
  return (
    <Setting
      name={name}
      note={
        <span id={noteId} className={sound ? undefined : styles.problem} role={sound ? undefined : 'alert'}>
          {sound ? note : strings.daysProblem}
        </span>
      }
    >
      <Switch checked={value !== null} label={switchLabel} onChange={(on) => onChange(on ? usual : null)} />
      {value === null ? null : (
        <TextField
          className={styles.number}
          inputMode="numeric"
          value={text}
          aria-label={daysLabel}
          aria-describedby={noteId}
          aria-invalid={!sound}
          after={<span className={styles.unit}>{strings.days}</span>}
          onChange={(event) => setText(event.target.value)}
          onBlur={save}
          onKeyDown={(event) => event.key === 'Enter' && save()}
        />
      )}
    </Setting>
  )
}
