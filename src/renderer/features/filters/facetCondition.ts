import { UNSORTED_NAME } from '../../../shared/domain/collection.ts'
import type { FacetKind, FacetValue } from '../../../shared/domain/facet.ts'
import {
  type Condition,
  conditionsOf,
  withCondition,
  withoutCondition,
} from '../../../shared/domain/search/editSearch.ts'

/** A condition before it is known whether it is asked for or denied. */
export type Wanted = Pick<Condition, 'field' | 'operator' | 'value'>

/**
 * The condition that is met by exactly what a facet counted.
 * @param sharesName true if another value of the kind has the same name, so that only the id tells them apart
 */
export function facetCondition(kind: FacetKind, { value, name }: FacetValue, sharesName: boolean): Wanted {
  switch (kind) {
    case 'type':
    case 'rating':
    case 'label':
      return { field: kind, operator: ':', value }
    case 'extension':
      return { field: 'ext', operator: ':', value }
    case 'year':
      return { field: 'captured', operator: ':', value }
    case 'model':
    case 'generator':
      return { field: kind, operator: '=', value }
    case 'tag':
      return { field: 'tag', operator: ':', value: name }
    case 'collection':
      return { field: 'collection', operator: ':', value: sharesName ? value : collectionValue(name) }
  }
}

/** As it is written in the manual. */
function collectionValue(name: string): string {
  return name === UNSORTED_NAME ? name.toLowerCase() : name
}

export type Standing = 'off' | 'asked' | 'denied'

/** Whether a search asks for a condition or denies it. */
export function standingOf(conditions: readonly Condition[], wanted: Wanted): Standing {
  const found = conditions.find((condition) => isSame(condition, wanted))
  if (found === undefined) return 'off'
  return found.denied ? 'denied' : 'asked'
}

/** The search after a click on a condition: asked for, denied with `deny`, and neither when it was that already. */
export function toggled(text: string, wanted: Wanted, deny: boolean): string {
  const standing = standingOf(conditionsOf(text), wanted)
  const without = standing === 'off' ? text : withoutCondition(text, wanted.field, wanted.value)
  if (standing === (deny ? 'denied' : 'asked')) return without
  return withCondition(without, wanted.field, wanted.value, wanted.operator, deny)
}

function isSame(condition: Condition, { field, operator, value }: Wanted): boolean {
  // `:` and `=` are the same where a field has no parts of names.
  const names = field === 'model' || field === 'generator'
  return (
    condition.field === field &&
    (condition.operator === operator || (!names && (condition.operator === ':' || condition.operator === '='))) &&
    condition.value.toLowerCase() === value.toLowerCase()
  )
}
