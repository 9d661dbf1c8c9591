import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseSearch } from './parseSearch.ts'
import { printSearch } from './printSearch.ts'
import { fieldNames, searchFields } from './searchFields.ts'
import type { SearchNode, Span } from './searchNode.ts'
import { tokenise } from './tokenise.ts'

/** A tree without its places. */
function bare(node: SearchNode): unknown {
  return JSON.parse(JSON.stringify(node, (key, value) => (key === 'from' || key === 'to' ? undefined : value)))
}
const treeOf = (text: string): unknown => bare(parseSearch(text).tree)
const problemsOf = (text: string) => parseSearch(text).problems.map(({ kind, from, to }) => [kind, from, to])

const word = (text: string) => ({ kind: 'word', text })
const field = (name: string, operator: string, value: string, quoted = false) => ({
  kind: 'field',
  field: name,
  operator,
  value,
  quoted,
})

describe('search text', () => {
  it('is words that all must match', () => {
    expect(treeOf(' night  harbour ')).toEqual({ kind: 'all', nodes: [word('night'), word('harbour')] })
    expect(treeOf('')).toEqual({ kind: 'all', nodes: [] })
    expect(treeOf('night AND harbour')).toEqual(treeOf('night harbour'))
  })

  it('knows phrases, fragments, “or”, “-” and parentheses', () => {
    expect(treeOf('"low fog" or -dawn')).toEqual({
      kind: 'any',
      nodes: [
        { kind: 'phrase', text: 'low fog' },
        { kind: 'not', node: word('dawn') },
      ],
    })
    expect(treeOf('a (b or c)')).toEqual({
      kind: 'all',
      nodes: [word('a'), { kind: 'any', nodes: [word('b'), word('c')] }],
    })
    expect(treeOf('*arbou* har* NOT x')).toEqual({
      kind: 'all',
      nodes: [{ kind: 'fragment', text: 'arbou' }, word('har'), { kind: 'not', node: word('x') }],
    })
    expect(treeOf('do not go')).toEqual({ kind: 'all', nodes: [word('do'), word('not'), word('go')] })
    expect(treeOf('--x')).toEqual(word('x'))
    expect(treeOf('fog - dawn')).toEqual({ kind: 'all', nodes: [word('fog'), word('dawn')] })
  })

  it('knows fields with their operators and quoted values', () => {
    expect(treeOf('rating>=4')).toEqual(field('rating', '>=', '4'))
    expect(treeOf('rating:>=4')).toEqual(field('rating', '>=', '4'))
    expect(treeOf('Tag:"Key art"')).toEqual(field('tag', ':', 'Key art', true))
    expect(treeOf('colour:teal')).toEqual(field('color', ':', 'teal'))
    expect(treeOf('aspect:16:9')).toEqual(field('aspect', ':', '16:9'))
    expect(treeOf(String.raw`tag:"a \"b\" \\ c"`)).toEqual(field('tag', ':', String.raw`a "b" \ c`, true))
  })

  it.each(['https://example.com', '12:30', 'fog:1.2', 'C:\\pictures', 'a=b'])('takes %s for a word', (text) => {
    expect(parseSearch(text)).toEqual({ tree: { ...word(text), from: 0, to: text.length }, problems: [] })
  })

  it('takes a quotation that is not closed to the end, because that is what typing looks like', () => {
    expect(treeOf('"low fo')).toEqual({ kind: 'phrase', text: 'low fo' })
    expect(problemsOf('"low fo')).toEqual([['incomplete', 0, 7]])
  })

  it.each([
    ['(a', [['incomplete', 0, 1]]],
    ['a)', [['mistake', 1, 2]]],
    ['a tag:', [['incomplete', 2, 6]]],
    ['a -', [['incomplete', 2, 3]]],
    ['a or', [['incomplete', 2, 4]]],
    ['or a', [['mistake', 0, 2]]],
    ['foo:bar', [['mistake', 0, 3]]],
    ['x type:imge', [['mistake', 7, 11]]],
    ['width:wide', [['mistake', 6, 10]]],
    ['tag>5', [['mistake', 0, 4]]],
    ['imported:2026-13', [['mistake', 9, 16]]],
    ['captured:2025-02-29', [['mistake', 9, 19]]],
    ['color:mauvish', [['mistake', 6, 13]]],
  ])('says where the mistake is in %j', (text, problems) => {
    expect(problemsOf(text)).toEqual(problems)
  })

  it('goes on with what it understands', () => {
    expect(treeOf('fog) foo:bar (dawn tag:')).toEqual({
      kind: 'all',
      nodes: [
        word('fog'),
        {
          kind: 'all',
          nodes: [
            { kind: 'invalid', text: 'foo:bar' },
            { kind: 'all', nodes: [word('dawn'), { kind: 'invalid', text: 'tag:' }] },
          ],
        },
      ],
    })
  })

  it('names the field that was probably meant, and what a field can be', () => {
    expect(parseSearch('ratng:4').problems[0]?.message).toBe('There is no field “ratng”. Did you mean “rating:”?')
    expect(parseSearch('widht>3000').problems[0]?.message).toContain('“width>”')
    expect(parseSearch('label:mauve').problems[0]?.message).toContain('red, orange')
  })

  it('understands every example of every field', () => {
    for (const name of fieldNames) {
      for (const example of searchFields[name].examples) {
        expect(parseSearch(example).problems, example).toEqual([])
        expect(JSON.stringify(treeOf(example)), example).toContain(`"field":"${name}"`)
      }
    }
  })

  it('stands a text that is all parentheses, dashes or words', () => {
    for (const text of [
      '('.repeat(5000),
      ')'.repeat(5000),
      '-'.repeat(5000),
      '-('.repeat(5000),
      `${'('.repeat(100)}a${')'.repeat(100)} b`,
    ]) {
      expect(() => parseSearch(text)).not.toThrow()
    }
    const many = parseSearch('a '.repeat(1000))
    expect(many.tree.kind === 'all' && many.tree.nodes).toHaveLength(200)
    expect(many.problems).toHaveLength(1)
    expect(treeOf(`${'('.repeat(100)}a${')'.repeat(100)} b`)).toEqual({ kind: 'all', nodes: [word('a'), word('b')] })
  })
})

const piece = fc.oneof(
  fc.constantFrom(
    '(',
    ')',
    '-',
    '"',
    'or',
    'AND',
    'NOT',
    '*',
    '\\',
    ' ',
    ' ',
    ':',
    '=',
    '>',
    '<',
    '..',
    'x',
    'or*',
    'a"b',
  ),
  fc.constantFrom(...fieldNames).map((name) => `${name}:`),
  fc.constantFrom('rating>=4', 'tag:"a b"', 'foo:bar', 'color:#fff', 'size:1..2mb', 'name=>x', 'ratng:"x y', '新しい'),
  fc.string({ maxLength: 6 }),
)
const text = fc.array(piece, { maxLength: 25 }).map((pieces) => pieces.join(''))

describe('any text', () => {
  it('is parsed without an error, with places that lie inside each other and inside the text', () => {
    const inside = (inner: Span, outer: Span) =>
      outer.from <= inner.from && inner.from <= inner.to && inner.to <= outer.to
    const check = (node: SearchNode, outer: Span): void => {
      expect(inside(node, outer)).toBe(true)
      if (node.kind === 'not') check(node.node, node)
      if (node.kind === 'all' || node.kind === 'any') {
        let last = node.from
        for (const part of node.nodes) {
          check(part, node)
          expect(part.from).toBeGreaterThanOrEqual(last)
          last = part.to
        }
      }
    }
    fc.assert(
      fc.property(text, (typed) => {
        const { tree, problems } = parseSearch(typed)
        check(tree, { from: 0, to: typed.length })
        for (const problem of problems) {
          expect(inside(problem, { from: 0, to: typed.length })).toBe(true)
          expect(problem.message).toMatch(/\.$|\?$/)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('is covered by its tokens, but for white space, lone dashes and stars', () => {
    fc.assert(
      fc.property(text, (typed) => {
        let rest = ''
        let at = 0
        for (const { from, to } of tokenise(typed)) {
          expect(from).toBeGreaterThanOrEqual(at)
          rest += typed.slice(at, from)
          at = to
        }
        expect(`${rest}${typed.slice(at)}`.replace(/[\s*-]/g, '')).toBe('')
      }),
      { numRuns: 300 },
    )
  })

  it('is the same tree again when it is printed and parsed', () => {
    fc.assert(
      fc.property(text, (typed) => {
        const { tree } = parseSearch(typed)
        expect(treeOf(printSearch(tree))).toEqual(bare(tree))
      }),
      { numRuns: 500 },
    )
  })
})
