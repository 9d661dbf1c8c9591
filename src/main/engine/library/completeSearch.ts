import {
  completionPlace,
  type Suggestion,
  suggestFromLanguage,
  writtenValue,
} from '../../../shared/domain/search/completeSearch.ts'
import type { FieldName } from '../../../shared/domain/search/searchFields.ts'
import type { Span } from '../../../shared/domain/search/searchNode.ts'
import type { SearchValuesRepository } from '../catalog/searchValues.repository.ts'

/** Values offered for a field, and beside the fields while no field is chosen. */
const VALUES = 30
const VALUES_BESIDE = 5
/** Letters from which on names are offered that the word may be meant for. */
const LEAST_LETTERS = 2

/** What can be written at the caret of a search, from the language and from what the library has. */
export function completeSearch(
  values: SearchValuesRepository,
  text: string,
  caret: number,
): Span & { readonly suggestions: Suggestion[] } {
  const place = completionPlace(text, caret)
  if (place === null) return { from: caret, to: caret, suggestions: [] }
  const { from, to, typed } = place
  const suggestions = [...suggestFromLanguage(place)]
  if (place.kind === 'value') {
    for (const { value, count, explanation } of values.find(place.field, typed, VALUES)) {
      suggestions.push({ kind: 'value', insert: writtenValue(value), label: value, explanation, count })
    }
  } else if (typed.length >= LEAST_LETTERS) {
    for (const field of ['tag', 'collection', 'model'] satisfies FieldName[]) {
      for (const { value, count, explanation } of values.find(field, typed, VALUES_BESIDE)) {
        const insert = `${field}:${writtenValue(value)}`
        suggestions.push({ kind: 'value', insert, label: `${field}: ${value}`, explanation, count })
      }
    }
  }
  return { from, to, suggestions }
}
