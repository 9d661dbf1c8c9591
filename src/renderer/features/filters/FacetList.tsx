import { Search } from 'lucide-react'
import { useState } from 'react'
import type { FacetKind } from '../../../shared/domain/facet.ts'
import type { Condition } from '../../../shared/domain/search/editSearch.ts'
import { lookThrough, retryFacets, useFacets } from '../../queries/facets.ts'
import { useLibrary } from '../../queries/library.ts'
import { facetNames, filters } from '../../strings/filters.ts'
import { Button } from '../../ui/Button.tsx'
import { TextField } from '../../ui/TextField.tsx'
import styles from './FacetList.module.css'
import { FilterRow } from './FilterRow.tsx'
import type { Wanted } from './facetCondition.ts'
import { type FacetRow, facetRows } from './facetRows.ts'

/** From so many values on there is a field to find one. */
const MANY = 10

/** The values of one kind, with how many of the shown assets have each. */
export function FacetList({
  kind,
  conditions,
  onToggle,
}: {
  readonly kind: FacetKind
  readonly conditions: readonly Condition[]
  readonly onToggle: (wanted: Wanted, deny: boolean) => void
}) {
  const facet = useFacets((state) => state.facets.get(kind))
  const error = useFacets((state) => state.error)
  const [typed, setTyped] = useState('')
  const rows = facetRows(kind, facet, conditions, typed)
  const many = facet !== undefined && facet.values.length + facet.more > MANY

  if (error !== null) return <Failed />
  return (
    <>
      {many ? (
        <div className={styles.find}>
          <TextField
            aria-label={filters.find(facetNames[kind])}
            placeholder={filters.find(facetNames[kind])}
            value={typed}
            before={<Search aria-hidden="true" />}
            onChange={(event) => {
              setTyped(event.target.value)
              if (facet.more > 0) lookThrough(kind)
            }}
          />
        </div>
      ) : null}
      <ul className={styles.list} aria-label={facetNames[kind]}>
        {rows.map((row) => (
          <li key={row.key}>
            <FilterRow
              name={filters.valueName(kind, nameOf(kind, row))}
              aloud={kind === 'rating' && row.name !== '0' ? filters.starsAloud(Number(row.name)) : undefined}
              count={row.count}
              standing={row.standing}
              mark={<Mark kind={kind} row={row} />}
              onToggle={(deny) => onToggle(row.wanted, deny)}
            />
          </li>
        ))}
        {facet !== undefined && rows.length === 0 ? (
          <li className={styles.note}>{typed === '' ? filters.noneOf : filters.noMatch(typed)}</li>
        ) : null}
        {facet !== undefined && facet.more > 0 && rows.length > 0 ? (
          <li className={styles.note}>{typed === '' ? filters.more(facet.more) : filters.moreStill(facet.more)}</li>
        ) : null}
      </ul>
    </>
  )
}

/** A collection that a search names by its id has a name nevertheless. */
function nameOf(kind: FacetKind, { name }: FacetRow): string {
  if (kind !== 'collection') return name
  return useLibrary.getState().collections.find(({ id }) => id === name)?.name ?? name
}

function Mark({ kind, row }: { readonly kind: FacetKind; readonly row: FacetRow }) {
  const tagColor = useLibrary(({ tags }) =>
    kind === 'tag' ? (tags.find(({ id }) => id === row.key)?.color ?? null) : null,
  )
  const color = kind === 'label' ? `var(--label-${row.key})` : tagColor
  if (kind !== 'tag' && kind !== 'label') return null
  return <span className={styles.dot} {...(color === null ? {} : { style: { background: color } })} />
}

function Failed() {
  return (
    <div className={styles.failed}>
      <p>{filters.failed}</p>
      <Button size="s" onClick={retryFacets}>
        {filters.retry}
      </Button>
    </div>
  )
}
