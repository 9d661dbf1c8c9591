import { colorLabelSchema } from '../../../shared/domain/asset.ts'
import type { FacetKind } from '../../../shared/domain/facet.ts'
import type { Condition } from '../../../shared/domain/search/editSearch.ts'
import type { Facet } from '../../queries/facets.ts'
import { facetCondition, type Standing, standingOf, type Wanted } from './facetCondition.ts'

/** One value of a filter. */
export interface FacetRow {
  readonly key: string
  readonly name: string
  /** Results that have it. */
  readonly count: number
  readonly standing: Standing
  readonly wanted: Wanted
}

/** More lines than these say nothing to a person; what is typed finds the others. */
const SHOWN = 200

/**
 * The lines of a filter: what the search asks for or denies that no result has, and then the values that contain what was
 * typed, in an order that suits the kind.
 */
export function facetRows(
  kind: FacetKind,
  facet: Facet | undefined,
  conditions: readonly Condition[],
  typed: string,
): readonly FacetRow[] {
  const values = (facet?.values ?? []).filter(({ value }) => value !== '')
  const times = new Map<string, number>()
  for (const { name } of values) times.set(name.toLowerCase(), (times.get(name.toLowerCase()) ?? 0) + 1)
  const rows = values.map((value): FacetRow => {
    const wanted = facetCondition(kind, value, (times.get(value.name.toLowerCase()) ?? 0) > 1)
    return { key: value.value, name: value.name, count: value.count, standing: standingOf(conditions, wanted), wanted }
  })
  const ofKind = facetCondition(kind, { value: '', name: '', count: 1 }, true)
  const absent = conditions
    .filter(({ field, operator }) => field === ofKind.field && operator === ofKind.operator)
    .filter((condition) => !rows.some(({ wanted }) => standingOf([condition], wanted) !== 'off'))
    .map(
      (condition): FacetRow => ({
        key: `${condition.denied ? '-' : ''}${condition.value}`,
        name: condition.value,
        count: 0,
        standing: condition.denied ? 'denied' : 'asked',
        wanted: condition,
      }),
    )
  const looked = typed.trim().toLowerCase()
  const found = rows.filter(({ name }) => name.toLowerCase().includes(looked))
  return [...absent, ...inOrder(kind, found)].slice(0, SHOWN)
}

function inOrder(kind: FacetKind, rows: readonly FacetRow[]): readonly FacetRow[] {
  switch (kind) {
    case 'year':
    case 'rating':
      return rows.toSorted((a, b) => Number(b.key) - Number(a.key))
    case 'label': {
      const order: readonly string[] = colorLabelSchema.options
      return rows.toSorted((a, b) => order.indexOf(a.key) - order.indexOf(b.key))
    }
    default:
      return rows
  }
}
