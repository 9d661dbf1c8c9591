import { type FieldName, searchFields } from '../searchFields.ts'
import type { FieldNode, SearchOperator } from '../searchNode.ts'
import { type ColorValue, readColor } from './colorValue.ts'
import { type DateValue, readDate } from './dateValue.ts'
import { readAspect, readDuration, readNumber, readSize } from './numberValue.ts'
import type { NumberRange } from './range.ts'

/** What the value of a condition means. */
export type FieldValue =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'choice'; readonly choice: string }
  | NumberRange
  | DateValue
  | ColorValue

const alsoWritten: Readonly<Record<string, string>> = {
  favourite: 'favorite',
  gray: 'grey',
  library: 'kept',
  note: 'notes',
}

/** The value of a condition; null for one that says nothing the field can have, which a parser never lets through. */
export function readFieldValue({
  field,
  operator,
  value,
}: Pick<FieldNode, 'field' | 'operator' | 'value'>): FieldValue | null {
  const text = value.trim()
  switch (searchFields[field].kind) {
    case 'choice': {
      const lower = text.toLowerCase()
      const choice = Object.hasOwn(alsoWritten, lower) ? (alsoWritten[lower] ?? lower) : lower
      return Object.hasOwn(searchFields[field].values ?? {}, choice) ? { kind: 'choice', choice } : null
    }
    case 'number':
      return readNumber(operator, text)
    case 'size':
      return readSize(operator, text)
    case 'duration':
      return readDuration(operator, text)
    case 'aspect':
      return readAspect(operator, text)
    case 'color':
      return readColor(text)
    case 'date':
      return readDate(operator, text)
    case 'asset':
      return /^[0-9a-f][0-9a-f-]{3,35}$/i.test(text) ? { kind: 'text', text: text.toLowerCase() } : null
    case 'name':
    case 'words':
    case 'text':
      return { kind: 'text', text }
  }
}

/** What is wrong with a value, for a person; null if nothing is. */
export function checkValue(field: FieldName, operator: SearchOperator, value: string): string | null {
  if (readFieldValue({ field, operator, value }) !== null) return null
  const { kind, values, examples } = searchFields[field]
  switch (kind) {
    case 'choice':
      return `“${value}” is not known here; “${field}” can be ${Object.keys(values ?? {}).join(', ')}.`
    case 'color':
      return `“${value}” is no colour; write #rrggbb or ${Object.keys(values ?? {}).join(', ')}.`
    case 'date':
      return `“${value}” is no date; write 2026, 2026-11, 2026-11-21, a range 2026-01..2026-03, today, yesterday, "last week" or 7d.`
    case 'asset':
      return `“${value}” is no id; write at least its first four digits.`
    default:
      return `“${value}” can’t be understood; write for example ${examples.join(' or ')}.`
  }
}
