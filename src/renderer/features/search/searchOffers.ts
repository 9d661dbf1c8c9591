import { completionPlace } from '../../../shared/domain/search/completeSearch.ts'
import { conditionsOf } from '../../../shared/domain/search/editSearch.ts'
import type { FieldName } from '../../../shared/domain/search/searchFields.ts'
import type { Completion, Suggestion } from '../../queries/completion.ts'

/** One line of the list below the field. */
export type Offer =
  | { readonly kind: 'recent'; readonly text: string }
  /** Forgets the recent searches. */
  | { readonly kind: 'forget' }
  | {
      readonly kind: 'suggestion'
      readonly suggestion: Suggestion
      /** What the value is one of, null for fields and operators. */
      readonly field: FieldName | null
      /** The value without its field, '' for fields and operators. */
      readonly value: string
    }

export interface OfferGroup {
  readonly kind: 'recent' | 'fields' | 'values'
  readonly offers: readonly Offer[]
}

/** What is offered below the field, in groups: recent searches while it is empty, then what can be written. */
export function searchOffers(
  text: string,
  completion: Completion | null,
  recent: readonly string[],
): readonly OfferGroup[] {
  const groups: OfferGroup[] = []
  if (text.trim() === '' && recent.length > 0) {
    const searches = recent.map((search): Offer => ({ kind: 'recent', text: search }))
    groups.push({ kind: 'recent', offers: [...searches, { kind: 'forget' }] })
  }
  const suggestions = completion?.suggestions ?? []
  const place = completion === null ? null : completionPlace(completion.text, completion.caret)
  const fieldHere = place?.kind === 'value' ? place.field : null
  const values: Offer[] = []
  const fields: Offer[] = []
  for (const suggestion of suggestions) {
    if (suggestion.kind !== 'value') fields.push({ kind: 'suggestion', suggestion, field: null, value: '' })
    else {
      const named = fieldHere === null ? conditionsOf(suggestion.insert)[0] : undefined
      const field = fieldHere ?? named?.field ?? null
      values.push({ kind: 'suggestion', suggestion, field, value: named?.value ?? suggestion.label })
    }
  }
  if (fields.length > 0) groups.push({ kind: 'fields', offers: fields })
  if (values.length > 0) groups.push({ kind: 'values', offers: values })
  return groups
}

/** The text with an offer taken, and where it goes: what is replaced, and what takes its place. */
export function takeOffer(
  text: string,
  caret: number,
  offer: Exclude<Offer, { kind: 'forget' }>,
): { readonly from: number; readonly to: number; readonly insert: string } {
  if (offer.kind === 'recent') return { from: 0, to: text.length, insert: offer.text }
  const { insert, kind } = offer.suggestion
  const place = completionPlace(text, caret)
  const from = place?.from ?? caret
  const to = place?.to ?? caret
  // The next word can follow at once, unless a value has to.
  const space = kind === 'value' && !/^\s/.test(text.slice(to)) ? ' ' : ''
  return { from, to, insert: insert + space }
}
