import type { ComponentProps, ReactNode } from 'react'
import { classNames } from './classNames.ts'
import styles from './IconButton.module.css'
import { Tooltip } from './Tooltip.tsx'

export type IconButtonProps = Omit<ComponentProps<'button'>, 'aria-label' | 'title'> & {
  /** The accessible name, also shown as a tooltip. */
  readonly label: string
  /** The shortcut to show beside the name, e.g. `I`. */
  readonly shortcut?: string | undefined
  readonly size?: 'm' | 's'
  readonly tooltip?: boolean
  readonly children: ReactNode
}

/** A square button with an icon only. */
export function IconButton({ label, shortcut, size = 'm', tooltip = true, className, type, ...rest }: IconButtonProps) {
  const button = (
    <button
      {...rest}
      type={type ?? 'button'}
      aria-label={label}
      className={classNames(styles.button, size === 's' && styles.small, className)}
    />
  )
  if (!tooltip) return button
  return (
    <Tooltip label={label} shortcut={shortcut}>
      {button}
    </Tooltip>
  )
}
