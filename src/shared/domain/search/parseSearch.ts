import { printValue } from './printSearch.ts'
import { fieldNamed, isOrdered, nearestField } from './searchFields.ts'
import type { ParsedSearch, SearchNode, SearchOperator, SearchProblem, Span } from './searchNode.ts'
import { type SearchToken, tokenise } from './tokenise.ts'
import { checkValue } from './values/readFieldValue.ts'

/** Parentheses inside parentheses; deeper ones are ignored. */
const MAX_DEPTH = 50
/** Words and conditions of one search; what comes after them is left out. */
const MAX_TERMS = 200

/**
 * Parses search text: words, "quoted phrases", *fragments*, `-not`, `or`, parentheses and fields (`tag:x`, `rating>=4`).
 * Never throws: what can be understood is in the tree, and the rest is told with its place. Words in a row must all
 * match; `or` binds less than that.
 */
export function parseSearch(text: string): ParsedSearch {
  return new Parser(text).parse()
}

class Parser {
  readonly #text: string
  readonly #tokens: readonly SearchToken[]
  readonly #problems: SearchProblem[] = []
  #next = 0
  #terms = 0
  /** Parentheses that were too deep, whose ends are to be ignored too. */
  #ignored = 0

  constructor(text: string) {
    this.#text = text
    this.#tokens = tokenise(text)
  }

  parse(): ParsedSearch {
    const nodes = [this.#any(0)]
    // Whatever stops the first one is a parenthesis too many: what follows counts nevertheless.
    while (this.#next < this.#tokens.length) {
      const token = this.#tokens[this.#next++]
      if (token?.kind === 'close') {
        if (this.#ignored > 0) this.#ignored--
        else this.#mistake('This parenthesis was never opened.', token)
      }
      if (this.#next < this.#tokens.length) nodes.push(this.#any(0))
    }
    const filled = nodes.length === 1 ? nodes : nodes.filter((node) => !isEmpty(node))
    const tree = group('all', filled, { from: 0, to: this.#text.length })
    return { tree, problems: this.#problems.sort((a, b) => a.from - b.from || a.to - b.to) }
  }

  #any(depth: number): SearchNode {
    const nodes: SearchNode[] = []
    const from = this.#tokens[this.#next]?.from ?? this.#text.length
    for (;;) {
      const part = this.#all(depth)
      if (!isEmpty(part)) nodes.push(part)
      const token = this.#tokens[this.#next]
      if (token?.kind !== 'or') break
      this.#next++
      const after = this.#tokens[this.#next]
      if (isEmpty(part)) this.#mistake('“or” needs something before it.', token)
      else if (after === undefined || after.kind === 'close') this.#incomplete('“or” needs something after it.', token)
    }
    return group('any', nodes, this.#span(from))
  }

  #all(depth: number): SearchNode {
    const nodes: SearchNode[] = []
    const start = this.#tokens[this.#next]
    const from = start?.from ?? this.#text.length
    for (;;) {
      const token = this.#tokens[this.#next]
      if (token === undefined || token.kind === 'or') break
      if (token.kind === 'close') {
        if (this.#ignored === 0) break
        this.#ignored--
        this.#next++
        continue
      }
      const node = this.#one(token, depth)
      if (node !== null) nodes.push(node)
    }
    return group('all', nodes, nodes.length === 0 ? { from, to: from } : this.#span(from))
  }

  #one(token: SearchToken, depth: number): SearchNode | null {
    this.#next++
    switch (token.kind) {
      case 'not':
        return this.#not(token, depth)
      case 'open':
        return this.#parenthesis(token, depth)
      case 'word':
      case 'fragment':
      case 'phrase': {
        if (token.kind === 'phrase' && !token.closed) this.#incomplete('A quotation mark is not closed.', token)
        if (token.kind === 'phrase' && token.text.trim() === '') return null
        return this.#term({ kind: token.kind, text: token.text, from: token.from, to: token.to })
      }
      case 'condition':
        return this.#condition(token)
      default:
        return null
    }
  }

  /** Two denials in a row cancel out. */
  #not(first: SearchToken, depth: number): SearchNode | null {
    let denied = true
    let token = this.#tokens[this.#next]
    while (token?.kind === 'not') {
      denied = !denied
      token = this.#tokens[++this.#next]
    }
    if (token === undefined || token.kind === 'or' || token.kind === 'and' || token.kind === 'close') {
      this.#incomplete(`“${this.#text.slice(first.from, first.to)}” needs something after it.`, first)
      return null
    }
    const node = this.#one(token, depth)
    if (node === null) return null
    return denied ? { kind: 'not', node, from: first.from, to: Math.max(first.to, node.to) } : node
  }

  #parenthesis(open: SearchToken, depth: number): SearchNode | null {
    if (depth >= MAX_DEPTH) {
      this.#mistake('There are too many parentheses inside each other.', open)
      this.#ignored++
      return null
    }
    const inner = this.#any(depth + 1)
    if (this.#tokens[this.#next]?.kind === 'close') this.#next++
    else this.#incomplete('A parenthesis is not closed.', open)
    return isEmpty(inner) ? null : inner
  }

  #condition(token: Extract<SearchToken, { kind: 'condition' }>): SearchNode | null {
    const { name, operator, value, quoted, valueFrom, from, to } = token
    const written = `${name}${operator}`
    const invalid: SearchNode = { kind: 'invalid', text: `${written}${printValue(value, quoted)}`, from, to }
    const field = fieldNamed(name)
    if (field === undefined) {
      const nearest = nearestField(name)
      // Weights of prompts (`fog:1.2`), comparisons in prose and the like are words, not conditions.
      const likeProse = operator !== ':' || /^[\d.]+$/.test(value)
      if (nearest === undefined && likeProse && value !== '' && !quoted) {
        return this.#term({ kind: 'word', text: this.#text.slice(from, to), from, to })
      }
      const hint = nearest === undefined ? '' : ` Did you mean “${nearest}${operator}”?`
      this.#mistake(`There is no field “${name}”.${hint}`, { from, to: from + name.length })
      return this.#term(invalid)
    }
    if (!token.closed) this.#incomplete('A quotation mark is not closed.', { from: valueFrom, to })
    if (value.trim() === '') {
      this.#incomplete(`“${written}” needs a value.`, { from, to })
      return this.#term(invalid)
    }
    if (operator !== ':' && operator !== '=' && !isOrdered(field)) {
      this.#mistake(`“${field}” can’t be compared with “${operator}”; write ${field}:${printValue(value, quoted)}.`, {
        from,
        to: valueFrom,
      })
      return this.#term(invalid)
    }
    const wrong = checkValue(field, operator as SearchOperator, value)
    if (wrong !== null) {
      this.#mistake(wrong, { from: valueFrom, to })
      return this.#term(invalid)
    }
    return this.#term({ kind: 'field', field, operator: operator as SearchOperator, value, quoted, from, to })
  }

  #term(node: SearchNode): SearchNode | null {
    this.#terms++
    if (this.#terms <= MAX_TERMS) return node
    if (this.#terms === MAX_TERMS + 1) {
      this.#mistake(`This is more than ${MAX_TERMS} words and conditions; the rest is left out.`, node)
    }
    return null
  }

  #span(from: number): Span {
    return { from, to: Math.max(from, this.#tokens[this.#next - 1]?.to ?? from) }
  }

  #mistake(message: string, { from, to }: Span): void {
    this.#problems.push({ kind: 'mistake', message, from, to })
  }

  #incomplete(message: string, { from, to }: Span): void {
    this.#problems.push({ kind: 'incomplete', message, from, to })
  }
}

function group(kind: 'all' | 'any', nodes: readonly SearchNode[], span: Span): SearchNode {
  const [only] = nodes
  if (nodes.length === 1 && only !== undefined) return only
  return nodes.length === 0 ? { kind: 'all', nodes, ...span } : { kind, nodes, ...span }
}

function isEmpty(node: SearchNode): boolean {
  return node.kind === 'all' && node.nodes.length === 0
}
