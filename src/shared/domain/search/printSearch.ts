import type { SearchNode } from './searchNode.ts'
import { isReserved } from './tokenise.ts'

/** The text of a tree: `parseSearch` makes the same tree of it, apart from the places. */
export function printSearch(tree: SearchNode): string {
  return print(tree, 'top')
}

function print(node: SearchNode, within: 'top' | 'any' | 'all' | 'not'): string {
  switch (node.kind) {
    case 'all': {
      const text = node.nodes.map((part) => print(part, 'all')).join(' ')
      return within === 'all' || within === 'not' ? `(${text})` : text
    }
    case 'any': {
      const text = node.nodes.map((part) => print(part, 'any')).join(' or ')
      return within === 'top' ? text : `(${text})`
    }
    case 'not':
      return within === 'not' ? `(-${print(node.node, 'not')})` : `-${print(node.node, 'not')}`
    case 'word':
      return isReserved(node.text) ? `${node.text}*` : node.text
    case 'fragment':
      return `*${node.text}*`
    case 'phrase':
      return quote(node.text)
    case 'field':
      return `${node.field}${node.operator}${printValue(node.value, node.quoted)}`
    case 'invalid':
      return node.text
  }
}

/** A value as it is written behind an operator, in quotation marks where it needs them or had them. */
export function printValue(value: string, quoted = false): string {
  return quoted || /[\s()]|^"/.test(value) ? quote(value) : value
}

function quote(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`
}
