import { useRef } from 'react'
import { nameFields, unknownField } from '../../../shared/domain/namePattern.ts'
import { files } from '../../strings/files.ts'
import { Field } from '../../ui/Field.tsx'
import { TextField } from '../../ui/TextField.tsx'
import styles from './files.module.css'

/** A pattern of names, with its fields to be put in where the cursor is. */
export function PatternField({
  value,
  onChange,
}: {
  readonly value: string
  readonly onChange: (value: string) => void
}) {
  const input = useRef<HTMLInputElement>(null)
  const insert = (name: string) => {
    const [from, to] = [input.current?.selectionStart ?? value.length, input.current?.selectionEnd ?? value.length]
    onChange(`${value.slice(0, from)}{${name}}${value.slice(to)}`)
    input.current?.focus()
  }
  return (
    <div className={styles.pattern}>
      <Field label={files.names} hint={files.namesHint} error={patternProblem(value)}>
        {(control) => (
          <TextField
            {...control}
            ref={input}
            value={value}
            maxLength={200}
            onChange={(event) => onChange(event.target.value)}
          />
        )}
      </Field>
      <div className={styles.fields}>
        {nameFields.map((name) => (
          <button
            key={name}
            type="button"
            className={styles.field}
            title={files.fields[name]}
            onClick={() => insert(name)}
          >
            {`{${name}}`}
          </button>
        ))}
      </div>
    </div>
  )
}

/** What is wrong with a pattern; null when nothing is. */
export function patternProblem(pattern: string): string | null {
  const unknown = unknownField(pattern)
  return unknown === null ? null : files.fieldUnknown(unknown)
}
