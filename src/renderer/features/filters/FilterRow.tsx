import { Check, Minus } from 'lucide-react'
import type { ReactNode } from 'react'
import { filters } from '../../strings/filters.ts'
import { countText } from '../../strings/quantities.ts'
import { Aloud } from '../../ui/Aloud.tsx'
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
  /** What a screen reader says instead of the name, where that is no word. */
  readonly aloud?: string | undefined
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
      <span className={styles.name} title={name} aria-hidden={aloud !== undefined || undefined}>
        {name}
      </span>
      {aloud === undefined ? null : <Aloud>{aloud}</Aloud>}
      {count === null ? null : (
        <span className={styles.count}>
          {countText(count)}
          <Aloud>{filters.countedThings(count)}</Aloud>
        </span>
      )}
      {standing === 'denied' ? <Aloud>{filters.leftOut}</Aloud> : null}
    </button>
  )
}
