import { type GraphNode, type Input, ownText } from './graph.ts'

/** A text that a node makes of several. */
export interface MadeText {
  readonly parts: readonly Input[]
  readonly join: (texts: readonly string[]) => string
}

const piece = /^(text|string|prompt|str|input|part|t|s)_?([a-h]|\d{1,5})$/i
const delimiterKeys = ['delimiter', 'separator', 'delim', 'sep', 'join_with']

/**
 * The pieces of a node that puts texts together (Text Concatenate of WAS and CR, StringConcatenate, JoinStrings,
 * StringFunction|pysssh, ttN concat, easy promptConcat …) and how it does so; null for another node. Empty pieces leave no
 * delimiter behind, as in WAS.
 */
export function joinedText(node: GraphNode): MadeText | null {
  const delimiter = delimiterKeys.map((key) => node.inputs.get(key)).find((input) => input !== undefined)
  const action = ownText(node.inputs.get('action'))
  if (delimiter === undefined && action === null && !/concat|join|combine|merge|append/i.test(node.type)) return null
  const parts = [...node.inputs].filter(([key]) => piece.test(key)).sort(([a], [b]) => byPiece(a, b))
  if (parts.length === 0) return null
  const inputs = parts.map(([, input]) => input)
  if (action === 'replace') {
    return { parts: inputs, join: ([text = '', find = '', by = '']) => replaced(text, find, by, 1_000_000) }
  }
  const between =
    delimiter !== undefined ? delimiterText(delimiter) : ownText(node.inputs.get('tidy_tags')) === 'yes' ? ', ' : ''
  return { parts: inputs, join: (texts) => texts.filter((text) => text !== '').join(between) }
}

function byPiece(a: string, b: string): number {
  const [x, y] = [piece.exec(a)?.[2] ?? '', piece.exec(b)?.[2] ?? '']
  return /\d/.test(x) && /\d/.test(y) ? Number(x) - Number(y) : x < y ? -1 : 1
}

function delimiterText(input: Input): string {
  const text = ownText(input) ?? ' '
  // JPS nodes name theirs; WAS writes a line break as the two characters \n.
  const named = { none: '', space: ' ', comma: ', ', newline: '\n', '\\n': '\n' }
  return Object.hasOwn(named, text) ? (named[text as keyof typeof named] ?? text) : text
}

/** The text of a node that replaces words in one (Text Find and Replace of WAS, StringReplace); null for another node. */
export function replacedText(node: GraphNode, limit: number): MadeText | null {
  if (!/replace/i.test(node.type)) return null
  const text = node.inputs.get('text') ?? node.inputs.get('string')
  const find = ownText(node.inputs.get('find') ?? node.inputs.get('find1'))
  const by = ownText(node.inputs.get('replace') ?? node.inputs.get('replace1'))
  if (text === undefined || find === null || by === null) return null
  return { parts: [text], join: ([found = '']) => replaced(found, find, by, limit) }
}

function replaced(text: string, find: string, by: string, limit: number): string {
  if (find === '') return text
  let out = ''
  let from = 0
  while (out.length < limit) {
    const at = text.indexOf(find, from)
    if (at < 0) return out + text.slice(from)
    out += text.slice(from, at) + by
    from = at + find.length
  }
  return out
}
