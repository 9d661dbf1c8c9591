import type { ReactNode } from 'react'
import styles from './EmptyState.module.css'

/** What a place shows when there is nothing in it: what it is for, and the one thing to do next. */
export function EmptyState({
  art,
  title,
  children,
  actions,
}: {
  readonly art?: ReactNode
  readonly title: string
  readonly children?: ReactNode
  readonly actions?: ReactNode
}) {
  return (
    <div className={styles.empty}>
      {art === undefined ? null : (
        <div className={styles.art} aria-hidden="true">
          {art}
        </div>
      )}
      <h2 className={styles.title}>{title}</h2>
      {children === undefined ? null : <div className={styles.text}>{children}</div>}
      {actions === undefined ? null : <div className={styles.actions}>{actions}</div>}
    </div>
  )
}
