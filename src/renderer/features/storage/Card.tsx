import { type ReactNode, useId } from 'react'
import styles from './Card.module.css'

/** One question that the screen answers. */
export function Card({
  title,
  note,
  wide = false,
  children,
}: {
  readonly title: string
  readonly note?: ReactNode
  /** Over all columns. */
  readonly wide?: boolean
  readonly children: ReactNode
}) {
  const id = useId()
  return (
    <section className={styles.card} aria-labelledby={id} data-wide={wide || undefined}>
      <h2 id={id} className={styles.title}>
        {title}
      </h2>
      {children}
      {note === undefined ? null : <p className={styles.note}>{note}</p>}
    </section>
  )
}
