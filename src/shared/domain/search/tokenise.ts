import type { Span } from './searchNode.ts'

export type SearchToken = Span &
  (
    | { readonly kind: 'open' | 'close' | 'or' | 'and' | 'not' }
    | { readonly kind: 'word' | 'fragment'; readonly text: string }
    | { readonly kind: 'phrase'; readonly text: string; readonly closed: boolean }
    | {
        readonly kind: 'condition'
        readonly name: string
        readonly operator: string
        readonly value: string
        /** Where the value begins. */
        readonly valueFrom: number
        readonly quoted: boolean
        readonly closed: boolean
      }
  )

const nameAndOperator = /(\p{L}{2,20})(>=|<=|[:=<>])/uy
const comparison = /(>=|<=|[<>=])/y
const reserved: Readonly<Record<string, 'or' | 'and' | 'not'>> = {
  or: 'or',
  OR: 'or',
  Or: 'or',
  AND: 'and',
  NOT: 'not',
}

/** True for a word that is an operator when it stands alone. */
export function isReserved(word: string): boolean {
  return Object.hasOwn(reserved, word)
}

/** Splits search text. Every character that is neither white space nor an idle sign is in exactly one token. */
export function tokenise(text: string): readonly SearchToken[] {
  const tokens: SearchToken[] = []
  let at = 0
  while (at < text.length) {
    const char = text[at] ?? ''
    if (isSpace(char)) at++
    else if (char === '(' || char === ')') {
      tokens.push({ kind: char === '(' ? 'open' : 'close', from: at, to: at + 1 })
      at++
    } else if (char === '-') {
      // A dash that stands alone is punctuation; at the end it may become something.
      const next = text[at + 1]
      if (next === undefined || !isSpace(next)) tokens.push({ kind: 'not', from: at, to: at + 1 })
      at++
    } else at = readTerm(text, at, tokens)
  }
  return tokens
}

/** Reads a word, phrase or condition; returns where it ends. */
function readTerm(text: string, at: number, tokens: SearchToken[]): number {
  nameAndOperator.lastIndex = at
  const match = nameAndOperator.exec(text)
  if (match !== null && !text.startsWith('//', at + match[0].length)) {
    let operator = match[2] ?? ':'
    let valueFrom = at + match[0].length
    comparison.lastIndex = valueFrom
    const second = operator === ':' ? comparison.exec(text)?.[0] : undefined
    if (second !== undefined) {
      operator = second
      valueFrom += second.length
    }
    const { value, end, quoted, closed } = readValue(text, valueFrom)
    tokens.push({
      kind: 'condition',
      name: match[1] ?? '',
      operator,
      value,
      valueFrom,
      quoted,
      closed,
      from: at,
      to: end,
    })
    return end
  }
  const { value, end, quoted, closed } = readValue(text, at)
  const span = { from: at, to: end }
  if (quoted) tokens.push({ kind: 'phrase', text: value, closed, ...span })
  else if (isReserved(value)) tokens.push({ kind: reserved[value] ?? 'and', ...span })
  else pushWord(value, span, tokens)
  return end
}

function pushWord(value: string, span: Span, tokens: SearchToken[]): void {
  const bare = trimStars(value)
  if (bare !== '') tokens.push({ kind: value.startsWith('*') ? 'fragment' : 'word', text: bare, ...span })
}

/** Text without the stars at its ends. */
export function trimStars(text: string): string {
  let from = 0
  let to = text.length
  while (from < to && text[from] === '*') from++
  while (to > from && text[to - 1] === '*') to--
  return text.slice(from, to)
}

interface ReadValue {
  readonly value: string
  readonly end: number
  readonly quoted: boolean
  /** False for a quotation that is not closed: it reaches to the end, which is what typing looks like. */
  readonly closed: boolean
}

function readValue(text: string, start: number): ReadValue {
  let end = start
  if (text[start] !== '"') {
    while (end < text.length && !isSpace(text[end] ?? '') && text[end] !== '(' && text[end] !== ')') end++
    return { value: text.slice(start, end), end, quoted: false, closed: true }
  }
  const parts: string[] = []
  for (end = start + 1; end < text.length; end++) {
    const char = text[end] ?? ''
    if (char === '"') return { value: parts.join(''), end: end + 1, quoted: true, closed: true }
    const next = text[end + 1]
    if (char === '\\' && (next === '"' || next === '\\')) {
      parts.push(next)
      end++
    } else parts.push(char)
  }
  return { value: parts.join(''), end: text.length, quoted: true, closed: false }
}

function isSpace(char: string): boolean {
  return /\s/.test(char)
}
