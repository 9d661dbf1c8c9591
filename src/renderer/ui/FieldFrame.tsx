import type { ReactNode } from 'react'
import { classNames } from './classNames.ts'
import styles from './FieldFrame.module.css'

/** The frame around one line that is written in; it shows when the line has the focus and when it is wrong. */
export function FieldFrame({
  invalid,
  className,
  children,
}: {
  readonly invalid: boolean
  readonly className?: string | undefined
  readonly children: ReactNode
}) {
  return (
    <div className={classNames(styles.frame, className)} data-invalid={invalid || undefined}>
      {children}
    </div>
  )
}
