import { TriangleAlert } from 'lucide-react'
import type { ReactNode, Ref } from 'react'
import { Button } from './Button.tsx'
import { EmptyState } from './EmptyState.tsx'
import styles from './Screen.module.css'

/** What takes the place of the grid: a name, what there is to know at a glance, and the matter itself below. */
export function Screen({
  title,
  facts,
  action,
  children,
}: {
  readonly title: string
  /** Told to screen readers whenever they change. */
  readonly facts: ReactNode
  /** A button at the end of the header. */
  readonly action?: ReactNode
  readonly children: ReactNode
}) {
  return (
    <section className={styles.screen} aria-label={title}>
      <header className={styles.header}>
        <h1 className={styles.title}>{title}</h1>
        <p className={styles.facts} role="status">
          {facts}
        </p>
        <div className={styles.space} />
        {action}
      </header>
      {children}
    </section>
  )
}

/** Cards one below the other, which scroll under the header. Its children are `<li>`. */
export function ScreenList({ ref, children }: { readonly ref?: Ref<HTMLUListElement>; readonly children: ReactNode }) {
  return (
    <ul ref={ref} className={styles.list}>
      {children}
    </ul>
  )
}

/** In the middle of a screen that has nothing else to show. */
export function ScreenMiddle({ children }: { readonly children: ReactNode }) {
  return <div className={styles.middle}>{children}</div>
}

/** In place of a screen whose content could not be read. */
export function ScreenFailed({
  title,
  reason,
  retry,
  onRetry,
}: {
  readonly title: string
  readonly reason: string
  /** What the button says. */
  readonly retry: string
  readonly onRetry: () => void
}) {
  return (
    <ScreenMiddle>
      <EmptyState art={<TriangleAlert />} title={title} actions={<Button onClick={onRetry}>{retry}</Button>}>
        {reason}
      </EmptyState>
    </ScreenMiddle>
  )
}
