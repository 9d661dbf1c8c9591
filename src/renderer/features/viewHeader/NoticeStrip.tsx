import type { ReactNode } from 'react'
import styles from './NoticeStrip.module.css'

/** A quiet line below the title: what a person should know of this view, and what can be done about it. */
export function NoticeStrip({
  icon,
  tone = 'plain',
  actions,
  children,
}: {
  readonly icon: ReactNode
  readonly tone?: 'plain' | 'warn'
  readonly actions?: ReactNode
  readonly children: ReactNode
}) {
  return (
    <div className={styles.strip} data-tone={tone}>
      {icon}
      <div className={styles.text}>{children}</div>
      {actions === undefined ? null : <div className={styles.actions}>{actions}</div>}
    </div>
  )
}
