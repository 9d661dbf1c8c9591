import { type ReactNode, useId } from 'react'
import styles from './Field.module.css'

/** A labelled control with a hint and, when something is wrong with it, the reason. */
export function Field({
  label,
  hint,
  error,
  children,
}: {
  readonly label: string
  readonly hint?: ReactNode
  readonly error?: string | null
  /** Renders the control with the id that the label points to and the id that describes it. */
  readonly children: (control: { id: string; 'aria-describedby': string; 'aria-invalid': boolean }) => ReactNode
}) {
  const id = useId()
  const invalid = error !== null && error !== undefined && error !== ''
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      {children({ id, 'aria-describedby': `${id}-note`, 'aria-invalid': invalid })}
      <div id={`${id}-note`} className={invalid ? styles.error : styles.hint} role={invalid ? 'alert' : undefined}>
        {invalid ? error : hint}
      </div>
    </div>
  )
}
