import { X } from 'lucide-react'
import type { Condition } from '../../../shared/domain/search/editSearch.ts'
import { useLibrary } from '../../queries/library.ts'
import { filters } from '../../strings/filters.ts'
import styles from './ConditionChip.module.css'

/** One condition of the search, to be taken away. */
export function ConditionChip({
  condition,
  onRemove,
}: {
  readonly condition: Condition
  readonly onRemove: () => void
}) {
  const { field, operator, value, denied } = condition
  const shown = useShownValue(condition)
  const color = useColor(condition)
  const sign = filters.operator(operator)
  return (
    <span className={styles.chip}>
      {color === null ? null : <span className={styles.dot} style={{ background: color }} />}
      <span className={styles.text} title={`${denied ? '-' : ''}${field}${operator}${value}`}>
        {denied ? <span className={styles.not}>{`${filters.not} `}</span> : null}
        <span className={styles.field}>{sign === '' ? `${field} ` : `${field} ${sign} `}</span>
        {shown}
      </span>
      <button
        type="button"
        className={styles.remove}
        aria-label={filters.remove(filters.condition(field, operator, shown, denied))}
        onClick={onRemove}
      >
        <X aria-hidden="true" />
      </button>
    </span>
  )
}

/** Ids have names that say more. */
function useShownValue({ field, value }: Condition): string {
  const collection = useLibrary(({ collections }) =>
    field === 'collection' ? collections.find(({ id }) => id === value)?.name : undefined,
  )
  if (field === 'similar') return `${value.slice(0, 8)}…`
  return collection ?? value
}

function useColor({ field, value }: Condition): string | null {
  const tagColor = useLibrary(({ tags }) =>
    field === 'tag' ? (tags.find(({ name }) => name.toLowerCase() === value.toLowerCase())?.color ?? null) : null,
  )
  if (field === 'color') return value.startsWith('#') || /^[a-z]+$/i.test(value) ? value : `#${value}`
  if (field === 'label') return value === 'none' ? null : `var(--label-${value.toLowerCase()})`
  return tagColor
}
