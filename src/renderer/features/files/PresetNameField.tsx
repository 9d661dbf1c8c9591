import { useEffect, useRef, useState } from 'react'
import { files } from '../../strings/files.ts'
import { TextField } from '../../ui/TextField.tsx'
import styles from './ExportPresets.module.css'

/** Where a preset is named. Enter takes the name; Esc and looking elsewhere leave all as it was. */
export function PresetNameField({
  initial,
  isTaken,
  onName,
  onLeave,
}: {
  readonly initial: string
  readonly isTaken: (name: string) => boolean
  readonly onName: (name: string) => void
  readonly onLeave: () => void
}) {
  const [name, setName] = useState(initial)
  const [refused, setRefused] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const leave = useRef(onLeave)
  useEffect(() => {
    leave.current = onLeave
  })
  useEffect(() => {
    field.current?.focus()
    field.current?.select()
    const listen = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return
      event.preventDefault()
      event.stopImmediatePropagation()
      leave.current()
    }
    // Before the dialog around it, which would take Esc for itself.
    window.addEventListener('keydown', listen, { capture: true })
    return () => window.removeEventListener('keydown', listen, { capture: true })
  }, [])
  const taken = isTaken(name)
  return (
    <div className={styles.naming}>
      <TextField
        ref={field}
        value={name}
        maxLength={60}
        placeholder={files.presetName}
        aria-label={files.presetName}
        aria-invalid={refused && taken}
        onChange={(event) => setName(event.target.value)}
        onBlur={onLeave}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return
          event.preventDefault()
          if (taken) setRefused(true)
          else if (name.trim() !== '') onName(name)
        }}
      />
      {refused && taken ? (
        <p className={styles.problem} role="alert">
          {files.presetTaken}
        </p>
      ) : null}
    </div>
  )
}
