import { type ReactNode, useId } from 'react'
import styles from './SettingsSection.module.css'

/** Settings that belong together. */
export function SettingsSection({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const id = useId()
  return (
    <section className={styles.section} aria-labelledby={id}>
      <h3 id={id} className={styles.title}>
        {title}
      </h3>
      <div className={styles.rows}>{children}</div>
    </section>
  )
}

/** One line: what it is, its value or control, and a note below it. */
export function Setting({
  name,
  note,
  children,
}: {
  readonly name: string
  readonly note?: ReactNode
  readonly children: ReactNode
}) {
  return (
    <div className={styles.setting}>
      <span className={styles.name}>{name}</span>
      <div className={styles.value}>{children}</div>
      {note === undefined ? null : <div className={styles.note}>{note}</div>}
    </div>
  )
}
