import { ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import { setFold, useFolds } from '../../state/folds.ts'
import { organise } from '../../strings/organise.ts'
import styles from './Section.module.css'

/** A part of the sidebar under a heading that folds it away; at the heading's end, what makes something new in it. */
export function Section({
  name,
  fold,
  usuallyOpen = true,
  action,
  children,
}: {
  readonly name: string
  /** What it is remembered by. */
  readonly fold: string
  readonly usuallyOpen?: boolean
  readonly action?: ReactNode
  readonly children: ReactNode
}) {
  // Only what differs from the usual state is remembered.
  const key = `${usuallyOpen ? 'folded' : 'opened'}:${fold}`
  const open = useFolds((folds) => folds.open.has(key)) !== usuallyOpen
  return (
    <section aria-label={name}>
      <div className={styles.head}>
        <h2 className={styles.heading}>
          <button
            type="button"
            className={styles.toggle}
            aria-expanded={open}
            title={open ? organise.hideSection(name) : organise.showSection(name)}
            onClick={() => setFold(key, open === usuallyOpen)}
          >
            {name}
            <ChevronRight className={styles.arrow} aria-hidden="true" />
          </button>
        </h2>
        {action}
      </div>
      {open ? children : null}
    </section>
  )
}
