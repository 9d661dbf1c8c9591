import { useEffect, useId, useState } from 'react'
import { settings as strings } from '../../strings/settings.ts'
import { readSize, writeSize } from '../../strings/sizeInput.ts'
import { TextField } from '../../ui/TextField.tsx'
import styles from './SettingsSection.module.css'
import { Setting } from './SettingsSection.tsx'

/** How much the library may take; empty for no limit. Saved with Enter and when somebody leaves the field. */
export function QuotaSetting({
  value,
  onChange,
}: {
  readonly value: number | null
  readonly onChange: (bytes: number | null) => void
}) {
  const [text, setText] = useState(writeSize(value))
  const noteId = useId()
  useEffect(() => setText(writeSize(value)), [value])

  const bytes = readSize(text)
  const sound = bytes !== undefined
  const save = () => {
    if (sound && bytes !== value) onChange(bytes)
  }
  return (
    <Setting
      name={strings.quota}
      note={
        <span id={noteId} className={sound ? undefined : styles.problem}>
          {sound ? strings.quotaHint : strings.quotaProblem}
        </span>
      }
    >
      <TextField
        className={styles.number}
        value={text}
        placeholder={strings.quotaPlaceholder}
        aria-label={strings.quotaLabel}
        aria-describedby={noteId}
        aria-invalid={!sound}
        onChange={(event) => setText(event.target.value)}
        onBlur={save}
        onKeyDown={(event) => event.key === 'Enter' && save()}
      />
    </Setting>
  )
}
