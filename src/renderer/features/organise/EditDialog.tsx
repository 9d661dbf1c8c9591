import type { ReactNode } from 'react'
import type { ZodType } from 'zod'
import { closeOrganise } from '../../state/organise.ts'
import { organise } from '../../strings/organise.ts'
import { Button } from '../../ui/Button.tsx'
import { Field } from '../../ui/Field.tsx'
import { QuestionDialog } from '../../ui/QuestionDialog.tsx'
import { TextField } from '../../ui/TextField.tsx'
import styles from './OrganiseForm.module.css'

/** Edits what has a name: the name, then what `children` hold. Enter in a line saves, as the button does. */
export function EditDialog({
  title,
  description,
  name: { value, schema, maxLength, disabled = false, onChange },
  valid = true,
  onSave,
  children,
}: {
  readonly title: string
  readonly description?: string
  readonly name: {
    readonly value: string
    /** What names there can be. */
    readonly schema: ZodType<string>
    readonly maxLength: number
    readonly disabled?: boolean
    readonly onChange: (value: string) => void
  }
  /** Whether everything but the name can be saved. */
  readonly valid?: boolean
  /** Called with a name that can be one. */
  readonly onSave: (name: string) => Promise<void>
  readonly children: ReactNode
}) {
  const name = schema.safeParse(value)
  const save = () => {
    if (name.success && valid) void onSave(name.data)
  }
  return (
    <QuestionDialog
      title={title}
      {...(description === undefined ? {} : { description })}
      onCancel={closeOrganise}
      answers={
        <Button variant="primary" disabled={!name.success || !valid} onClick={save}>
          {organise.save}
        </Button>
      }
    >
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <Field label={organise.name} error={name.error?.issues[0]?.message ?? null}>
          {(control) => (
            <TextField
              {...control}
              value={value}
              maxLength={maxLength}
              disabled={disabled}
              onChange={(event) => onChange(event.target.value)}
            />
          )}
        </Field>
        {children}
        <button type="submit" hidden />
      </form>
    </QuestionDialog>
  )
}
