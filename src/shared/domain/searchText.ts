import { VitrineError } from '../contract/errors.ts'

/** What a person typed into the search field, as a tree. Words match from their beginning; phrases match whole. */
export type SearchNode =
  | { readonly kind: 'all'; readonly nodes: readonly SearchNode[] }
  | { readonly kind: 'any'; readonly nodes: readonly SearchNode[] }
  | { readonly kind: 'not'; readonly node: SearchNode }
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'phrase'; readonly text: string }
  | { readonly kind: 'field'; readonly field: SearchField; readonly operator: SearchOperator; readonly value: string }

export const searchFields = [
  'tag',
  'collection',
  'type',
  'is',
  'ext',
  'name',
  'model',
  'generator',
  'seed',
  'prompt',
  'job',
  'sync',
  'status',
  'label',
  'rating',
  'size',
  'width',
  'height',
  'duration',
] as const
export type SearchField = (typeof searchFields)[number]
export type SearchOperator = ':' | '=' | '>' | '>=' | '<' | '<='

type Token =
  | { readonly kind: 'open' | 'close' | 'or' | 'not'; readonly at: number }
  | { readonly kind: 'word' | 'phrase'; readonly text: string; readonly at: number }
  | {
      readonly kind: 'field'
      readonly field: SearchField
      readonly operator: SearchOperator
      readonly value: string
      readonly at: number
    }

const fieldStart = new RegExp(`^(${searchFields.join('|')})(>=|<=|[:=<>])`, 'i')

/**
 * Parses search text: words, "quoted phrases", `-not`, `or`, parentheses and fields (`tag:x`, `rating>=4`,
 * `is:favorite`). Throws `invalid_request` with the position (0-based, UTF-16) of a mistake.
 */
export function parseSearch(text: string): SearchNode {
  const tokens = tokenize(text)
  let next = 0

  const parseAny = (): SearchNode => {
    const nodes = [parseAll()]
    while (tokens[next]?.kind === 'or') {
      next++
      nodes.push(parseAll())
    }
    return nodes.length === 1 && nodes[0] !== undefined ? nodes[0] : { kind: 'any', nodes }
  }
  const parseAll = (): SearchNode => {
    const nodes: SearchNode[] = []
    for (;;) {
      const token = tokens[next]
      if (token === undefined || token.kind === 'or' || token.kind === 'close') break
      nodes.push(parseOne(token))
    }
    return nodes.length === 1 && nodes[0] !== undefined ? nodes[0] : { kind: 'all', nodes }
  }
  const parseOne = (token: Token): SearchNode => {
    next++
    switch (token.kind) {
      case 'not': {
        const operand = tokens[next]
        if (operand === undefined || operand.kind === 'or' || operand.kind === 'close')
          throw mistake('“-” needs something after it', token.at)
        return { kind: 'not', node: parseOne(operand) }
      }
      case 'open': {
        const inner = parseAny()
        if (tokens[next]?.kind !== 'close') throw mistake('A parenthesis is not closed', token.at)
        next++
        return inner
      }
      case 'word':
      case 'phrase':
        return { kind: token.kind, text: token.text }
      case 'field':
        return { kind: 'field', field: token.field, operator: token.operator, value: token.value }
      default:
        throw mistake('Unexpected “or” or parenthesis', token.at)
    }
  }

  const tree = parseAny()
  const rest = tokens[next]
  if (rest !== undefined) throw mistake('A parenthesis is closed that was never opened', rest.at)
  return tree
}

function tokenize(text: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  while (at < text.length) {
    const char = text[at] ?? ''
    if (/\s/.test(char)) {
      at++
    } else if (char === '(' || char === ')') {
      tokens.push({ kind: char === '(' ? 'open' : 'close', at })
      at++
    } else if (char === '-' && /\S/.test(text[at + 1] ?? '')) {
      tokens.push({ kind: 'not', at })
      at++
    } else {
      at = readTerm(text, at, tokens)
    }
  }
  return tokens
}

/** Reads a word, phrase or field at `at`; returns where it ends. */
function readTerm(text: string, at: number, tokens: Token[]): number {
  const match = fieldStart.exec(text.slice(at, at + 20))
  const start = at + (match?.[0].length ?? 0)
  const { value, end, quoted } = readValue(text, start)
  if (match !== null) {
    if (value === '') throw mistake(`“${match[0]}” needs a value`, at)
    const field = (match[1] ?? '').toLowerCase() as SearchField
    tokens.push({ kind: 'field', field, operator: match[2] as SearchOperator, value, at })
  } else if (quoted) {
    if (value.trim() !== '') tokens.push({ kind: 'phrase', text: value, at })
  } else if (value.toLowerCase() === 'or') {
    tokens.push({ kind: 'or', at })
  } else {
    tokens.push({ kind: 'word', text: value, at })
  }
  return end
}

function readValue(text: string, start: number): { value: string; end: number; quoted: boolean } {
  if (text[start] === '"') {
    const close = text.indexOf('"', start + 1)
    // A quote that is not closed yet is what typing looks like: it reaches to the end.
    const end = close === -1 ? text.length : close
    return { value: text.slice(start + 1, end), end: Math.min(end + 1, text.length), quoted: true }
  }
  let end = start
  while (end < text.length && !/[\s()]/.test(text[end] ?? '')) end++
  return { value: text.slice(start, end), end, quoted: false }
}

function mistake(message: string, position: number): VitrineError {
  return new VitrineError('invalid_request', `${message} (at character ${position + 1}).`, { position })
}
