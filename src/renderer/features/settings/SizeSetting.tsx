import { useEffect, useId, useState } from 'react'
import { readSize, writeSize } from '../../strings/sizeInput.ts'
import { TextField } from '../../ui/TextField.tsx'
import styles from './SettingsSection.module.css'
import { Setting } from './SettingsSection.tsx'

/** A size; empty for no limit. Saved with Enter and when somebody leaves the field. */
export function SizeSetting({
  name,
  label,
  placeholder,
  hint,
  problem,
  least = 1,
  value,
  onChange,
}: {
  readonly name: string
  /** What the field is called, with an example. */
  readonly label: string
  readonly placeholder: string
  readonly hint: string
  /** What is said of a text that is no size, or one that is too small. */
  readonly problem: string
  /** Bytes. */
  readonly least?: number
  readonly value: number | null
  readonly onChange: (bytes: number | null) => void
}) {
  const [text, setText] = useState(writeSize(value))
  const noteId = useId()
  useEffect(() => setText(writeSize(value)), [value])

  const bytes = readSize(text)
  const sound = bytes === null || (bytes !== undefined && bytes >= least)
  const save = () => {
    if (sound && bytes !== undefined && bytes !== value) onChange(bytes)
  }
  return (
    <Setting
      name={name}
      note={
        <span id={noteId} className={sound ? undefined : styles.problem}>
          {sound ? hint : problem}
        </span>
      }
    >
      <TextField
        className={styles.number}
        value={text}
        placeholder={placeholder}
        aria-label={label}
        aria-describedby={noteId}
        aria-invalid={!sound}
        onChange={(event) => setText(event.target.value)}
        onBlur={save}
        onKeyDown={(event) => event.key === 'Enter' && save()}
      />
    </Setting>
  )
}
