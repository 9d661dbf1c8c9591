import { ChevronDown } from 'lucide-react'
import type { ComponentProps } from 'react'
import { classNames } from './classNames.ts'
import styles from './Select.module.css'

/** One of a list, with the platform's own menu. */
export function Select<T extends string>({
  options,
  value,
  onChange,
  className,
  ...rest
}: Omit<ComponentProps<'select'>, 'value' | 'onChange' | 'children'> & {
  readonly options: readonly { readonly value: T; readonly label: string }[]
  readonly value: T
  readonly onChange: (value: T) => void
}) {
  return (
    <div className={classNames(styles.frame, className)}>
      <select
        {...rest}
        className={styles.select}
        value={value}
        onChange={(event) => {
          const chosen = options.find((option) => option.value === event.target.value)
          if (chosen) onChange(chosen.value)
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown aria-hidden="true" />
    </div>
  )
}
