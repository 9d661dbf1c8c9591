import { type FieldName, searchFields } from '../../../shared/domain/search/searchFields.ts'

/** Fields whose values are states that an asset is in or not. */
const stateFields = ['is', 'has', 'aspect'] as const satisfies readonly FieldName[]
type StateField = (typeof stateFields)[number]

export interface StateFilter {
  readonly field: StateField
  readonly value: string
  /** What it means, '' where the word says it. */
  readonly explanation: string
}

export function isStateField(field: FieldName): field is StateField {
  return (stateFields as readonly FieldName[]).includes(field)
}

/** States that a search can ask for, in the order of the language's own table. */
export const stateFilters: readonly StateFilter[] = stateFields.flatMap((field) =>
  Object.entries(searchFields[field].values ?? {}).map(([value, explanation]) => ({ field, value, explanation })),
)
