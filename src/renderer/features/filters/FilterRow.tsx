import { Check, Minus } from 'lucide-react'
import type { ReactNode } from 'react'
import { countText } from '../../strings/quantities.ts'
import styles from './FilterRow.module.css'
import type { Standing } from './facetCondition.ts'

/** One value: a click asks for it, with Alt leaves it out, and again takes that back, as a click with Shift does. */
export function FilterRow({
  name,
  aloud,
  count,
  standing,
  mark,
  onToggle,
}: {
  readonly name: string
  /** What a screen reader says. */
  readonly aloud: string
  /** Null where it is not counted. */
  readonly count: number | null
  readonly standing: Standing
  readonly mark?: ReactNode
  readonly onToggle: (deny: boolean) => void
}) {
  return (
    <button
      type="button"
      className={styles.row}
      aria-pressed={standing !== 'off'}
      aria-label={aloud}
      data-standing={standing}
      onClick={(event) => {
        if (event.shiftKey && standing === 'off') return
        onToggle(event.shiftKey ? standing === 'denied' : event.altKey)
      }}
    >
      <span className={styles.box}>
        {standing === 'asked' ? <Check aria-hidden="true" /> : null}
        {standing === 'denied' ? <Minus aria-hidden="true" /> : null}
      </span>
      {mark}
      <span className={styles.name} title={name}>
        {name}
      </span>
      {count === null ? null : <span className={styles.count}>{countText(count)}</span>}
    </button>
  )
}
