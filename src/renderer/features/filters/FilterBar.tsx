import { TriangleAlert } from 'lucide-react'
import { useMemo } from 'react'
import { type Condition, conditionsOf, withoutCondition } from '../../../shared/domain/search/editSearch.ts'
import { setSearchText, useBrowse } from '../../state/browse.ts'
import { SEARCH_PROBLEM_ID, useSearchProblem } from '../../state/searchProblem.ts'
import { filters } from '../../strings/filters.ts'
import { ConditionChip } from './ConditionChip.tsx'
import styles from './FilterBar.module.css'

/** Below the search field: what is wrong with the search, and what it asks for, each to be taken away. */
export function FilterBar() {
  const text = useBrowse((browse) => browse.text)
  const conditions = useMemo(() => conditionsOf(text), [text])
  return (
    <>
      <Problem />
      {conditions.length === 0 ? null : <Chips text={text} conditions={conditions} />}
    </>
  )
}

function Problem() {
  const { problem, reveal } = useSearchProblem()
  return (
    <div id={SEARCH_PROBLEM_ID} role="status">
      {problem === null ? null : (
        <div className={styles.problem} data-kind={problem.kind}>
          <TriangleAlert aria-hidden="true" />
          <span>{problem.message}</span>
          <button type="button" className={styles.link} onClick={reveal}>
            {filters.showMistake}
          </button>
        </div>
      )}
    </div>
  )
}

function Chips({ text, conditions }: { readonly text: string; readonly conditions: readonly Condition[] }) {
  const remove = ({ field, value }: Condition) => setSearchText(withoutCondition(text, field, value))
  const removeAll = () => {
    const fields = new Set(conditions.map(({ field }) => field))
    setSearchText([...fields].reduce((rest, field) => withoutCondition(rest, field), text))
  }
  return (
    <div className={styles.bar}>
      <ul className={styles.chips} aria-label={filters.chips}>
        {conditions.map((condition) => (
          <li key={keyOf(condition)} className={styles.item}>
            <ConditionChip condition={condition} onRemove={() => remove(condition)} />
          </li>
        ))}
      </ul>
      {conditions.length > 1 ? (
        <button type="button" className={styles.link} onClick={removeAll}>
          {filters.removeAll}
        </button>
      ) : null}
    </div>
  )
}

function keyOf({ field, operator, value, denied }: Condition): string {
  return `${denied ? '-' : ''}${field}${operator}${value}`
}
