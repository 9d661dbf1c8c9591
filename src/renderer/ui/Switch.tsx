import { Switch as Primitive } from 'radix-ui'
import styles from './Switch.module.css'

/** On or off, at once. Label it with a `<label htmlFor>` of the same id, or with `label`. */
export function Switch({
  checked,
  onChange,
  id,
  label,
  disabled = false,
}: {
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
  readonly id?: string
  readonly label?: string
  readonly disabled?: boolean
}) {
  return (
    <Primitive.Root
      className={styles.switch}
      checked={checked}
      onCheckedChange={onChange}
      disabled={disabled}
      {...(id === undefined ? {} : { id })}
      {...(label === undefined ? {} : { 'aria-label': label })}
    >
      <Primitive.Thumb className={styles.thumb} />
    </Primitive.Root>
  )
}
