import type { ComponentProps, ReactNode } from 'react'
import styles from './Button.module.css'
import { classNames } from './classNames.ts'

export type ButtonProps = ComponentProps<'button'> & {
  /** `primary` for the one action a surface is about, `quiet` without a frame, `danger` for what removes. */
  readonly variant?: 'plain' | 'primary' | 'quiet' | 'danger'
  readonly size?: 'm' | 's'
  readonly icon?: ReactNode
}

/** A button with a text, optionally with an icon before it. */
export function Button({ variant = 'plain', size = 'm', icon, className, children, type, ...rest }: ButtonProps) {
  return (
    <button
      {...rest}
      type={type ?? 'button'}
      className={classNames(styles.button, styles[variant], size === 's' && styles.small, className)}
    >
      {icon}
      {children}
    </button>
  )
}
