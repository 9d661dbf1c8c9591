import type { ReactNode } from 'react'
import styles from './Badge.module.css'
import { classNames } from './classNames.ts'

/** A small mark beside a name. `accent` counts what waits for a person. */
export function Badge({
  tone = 'neutral',
  children,
}: {
  readonly tone?: 'neutral' | 'accent' | 'good' | 'warn' | 'bad'
  readonly children: ReactNode
}) {
  return <span className={classNames(styles.badge, styles[tone])}>{children}</span>
}
