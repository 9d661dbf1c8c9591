import type { Condition } from '../../../shared/domain/search/editSearch.ts'
import { filters } from '../../strings/filters.ts'
import styles from './FacetList.module.css'
import { FilterRow } from './FilterRow.tsx'
import { standingOf, type Wanted } from './facetCondition.ts'
import { stateFilters } from './stateFilters.ts'

/** States that assets are in or not. They are not counted: few people ask, and most take a look at every asset. */
export function StateList({
  conditions,
  onToggle,
}: {
  readonly conditions: readonly Condition[]
  readonly onToggle: (wanted: Wanted, deny: boolean) => void
}) {
  return (
    <ul className={styles.list} aria-label={filters.states}>
      {stateFilters.map(({ field, value, explanation }) => {
        const wanted: Wanted = { field, operator: ':', value }
        const standing = standingOf(conditions, wanted)
        const name = filters.stateName(field, value, explanation)
        return (
          <li key={`${field}:${value}`}>
            <FilterRow name={name} count={null} standing={standing} onToggle={(deny) => onToggle(wanted, deny)} />
          </li>
        )
      })}
    </ul>
  )
}
