import { type FieldName, fieldNamed, fieldNames, isOrdered, searchFields } from './searchFields.ts'
import type { Span } from './searchNode.ts'
import { tokenise } from './tokenise.ts'
import { dateWords } from './values/dateValue.ts'

/** What can be written at a place of a search. */
export interface Suggestion {
  readonly kind: 'field' | 'value' | 'operator'
  /** What takes the place of the span. */
  readonly insert: string
  /** What a list shows. */
  readonly label: string
  /** One line for a person, '' for none. */
  readonly explanation: string
  /** How many assets have it, where that is known. */
  readonly count?: number
  /** True when there are at least so many. */
  readonly orMore?: boolean
}

/** Where the caret stands: what is being written there, and which part of the text it is. */
export type CompletionPlace = Span &
  (
    | { readonly kind: 'word'; readonly typed: string; readonly afterTerm: boolean }
    | { readonly kind: 'value'; readonly field: FieldName; readonly operator: string; readonly typed: string }
  )

/** What is being written at the caret (a UTF-16 offset); null where nothing can be completed. */
export function completionPlace(text: string, caret: number): CompletionPlace | null {
  const at = Math.max(0, Math.min(caret, text.length))
  const tokens = tokenise(text)
  const before = tokens.findLast((token) => token.to < at || (token.to === at && /\s/.test(text[at - 1] ?? ' ')))
  const afterTerm = before !== undefined && !['open', 'or', 'and', 'not'].includes(before.kind)
  const token = tokens.find(({ from, to }) => from < at && at <= to)
  if (token === undefined) return { kind: 'word', typed: '', afterTerm, from: at, to: at }
  switch (token.kind) {
    case 'condition': {
      const field = fieldNamed(token.name)
      if (at < token.valueFrom)
        return {
          kind: 'word',
          typed: text.slice(token.from, at),
          afterTerm: false,
          from: token.from,
          to: token.valueFrom,
        }
      if (field === undefined) return null
      const start = token.valueFrom + (token.quoted ? 1 : 0)
      const typed =
        at < start ? '' : text.slice(start, Math.min(at, token.quoted && token.closed ? token.to - 1 : token.to))
      return { kind: 'value', field, operator: token.operator, typed, from: token.valueFrom, to: token.to }
    }
    case 'word':
    case 'or':
    case 'and':
      return { kind: 'word', typed: text.slice(token.from, at), afterTerm: false, from: token.from, to: token.to }
    case 'open':
    case 'not':
      return { kind: 'word', typed: '', afterTerm: false, from: at, to: at }
    default:
      return null
  }
}

/** What the language itself offers there; names of tags and the like are the catalogue's to add. */
export function suggestFromLanguage(place: CompletionPlace): readonly Suggestion[] {
  const typed = place.typed.toLowerCase()
  if (place.kind === 'value') {
    const { kind, values } = searchFields[place.field]
    const offered = Object.entries(
      values ?? (kind === 'date' ? Object.fromEntries(dateWords.map((word) => [word, ''])) : {}),
    )
    return offered
      .filter(([value]) => value.startsWith(typed))
      .map(([value, explanation]) => ({ kind: 'value', insert: writtenValue(value), label: value, explanation }))
  }
  const own = fieldNames.filter((name) => name.startsWith(typed))
  const meant = fieldNamed(typed)
  const names = meant === undefined || own.includes(meant) ? own : [meant, ...own]
  const suggestions: Suggestion[] = names.map((name) => ({
    kind: 'field',
    insert: `${name}:`,
    label: isOrdered(name) ? `${name}: > <` : `${name}:`,
    explanation: searchFields[name].explanation,
  }))
  if (place.afterTerm && 'or'.startsWith(typed)) {
    suggestions.push({
      kind: 'operator',
      insert: 'or ',
      label: 'or',
      explanation: 'what comes before or what comes after',
    })
  }
  return suggestions
}

/** A value as it is written behind an operator. */
export function writtenValue(value: string): string {
  return /[\s()*,]|^["<>=]/.test(value) ? `"${value.replace(/["\\]/g, '\\$&')}"` : value
}
