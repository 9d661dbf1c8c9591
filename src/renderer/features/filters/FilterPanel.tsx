import { Tabs } from 'radix-ui'
import { useEffect, useMemo, useState } from 'react'
import type { FacetKind } from '../../../shared/domain/facet.ts'
import { conditionsOf } from '../../../shared/domain/search/editSearch.ts'
import { lookThrough, useFacets, watchFacets } from '../../queries/facets.ts'
import { setSearchText, useBrowse } from '../../state/browse.ts'
import { facetNames, filters } from '../../strings/filters.ts'
import { countText } from '../../strings/quantities.ts'
import { Spinner } from '../../ui/Spinner.tsx'
import { FacetList } from './FacetList.tsx'
import styles from './FilterPanel.module.css'
import { facetCondition, toggled, type Wanted } from './facetCondition.ts'
import { StateList } from './StateList.tsx'
import { isStateField } from './stateFilters.ts'

const kinds = Object.keys(facetNames) as readonly FacetKind[]

/** What the shown assets can be told apart by, with how many have each; a click narrows the search. */
export function FilterPanel() {
  const [kind, setKind] = useState<FacetKind | 'state'>('type')
  const text = useBrowse((browse) => browse.text)
  const conditions = useMemo(() => conditionsOf(text), [text])
  const { facets, total, loading } = useFacets()
  useEffect(watchFacets, [])

  const toggle = (wanted: Wanted, deny: boolean) => setSearchText(toggled(useBrowse.getState().text, wanted, deny))
  const activeIn = (of: FacetKind | 'state') =>
    conditions.filter(({ field }) => (of === 'state' ? isStateField(field) : field === fieldOf(of))).length

  return (
    <div className={styles.panel}>
      <Tabs.Root
        className={styles.tabs}
        orientation="vertical"
        value={kind}
        onValueChange={(next) => {
          lookThrough(null)
          setKind(next as FacetKind | 'state')
        }}
      >
        <Tabs.List className={styles.kinds} aria-label={filters.kinds}>
          {[...kinds, 'state' as const].map((of) => (
            <Tabs.Trigger key={of} value={of} className={styles.kind}>
              <span className={styles.kindName}>{of === 'state' ? filters.states : facetNames[of]}</span>
              {activeIn(of) > 0 ? <span className={styles.dot} aria-hidden="true" /> : null}
              {of === 'state' ? null : <KindCount facet={facets.get(of)} />}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        <Tabs.Content value={kind} className={styles.values} tabIndex={-1}>
          {kind === 'state' ? (
            <StateList conditions={conditions} onToggle={toggle} />
          ) : (
            <FacetList key={kind} kind={kind} conditions={conditions} onToggle={toggle} />
          )}
        </Tabs.Content>
      </Tabs.Root>
      <footer className={styles.foot}>
        <span className={styles.total} role="status">
          {facets.size === 0 ? '' : filters.total(total)}
        </span>
        {loading ? <Spinner /> : null}
        <span className={styles.hint}>{filters.exclude}</span>
      </footer>
    </div>
  )
}

function fieldOf(kind: FacetKind) {
  return facetCondition(kind, { value: '', name: '', count: 1 }, true).field
}

function KindCount({ facet }: { readonly facet: { values: readonly unknown[]; more: number } | undefined }) {
  if (facet === undefined) return null
  return <span className={styles.kindCount}>{countText(facet.values.length + facet.more)}</span>
}
