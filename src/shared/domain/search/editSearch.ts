import { parseSearch } from './parseSearch.ts'
import { printSearch, printValue } from './printSearch.ts'
import type { FieldName } from './searchFields.ts'
import type { FieldNode, SearchNode, SearchOperator } from './searchNode.ts'

/** One condition that the whole search is bound to, as a chip shows it. */
export interface Condition {
  readonly field: FieldName
  readonly operator: SearchOperator
  readonly value: string
  /** True for “not this”. */
  readonly denied: boolean
}

/** The conditions that everything found must meet, in their order: those that neither `or` nor parentheses soften. */
export function conditionsOf(text: string): readonly Condition[] {
  return demands(parseSearch(text).tree).flatMap((node) => conditionOf(node) ?? [])
}

/**
 * The search narrowed by one condition more; as it is if it has the condition already.
 * @param denied true to leave out what meets the condition
 */
export function withCondition(
  text: string,
  field: FieldName,
  value: string,
  operator: SearchOperator = ':',
  denied = false,
): string {
  const { tree, problems } = parseSearch(text)
  const quoted = value === '' || /[\s()*,]|^["<>=]/.test(value)
  const condition: FieldNode = { kind: 'field', field, operator, value, quoted, from: 0, to: 0 }
  if (demands(tree).some((node) => isSame(node, condition, denied))) return text
  const added = `${denied ? '-' : ''}${field}${operator}${printValue(value, quoted)}`
  // What is not finished yet would swallow what follows it.
  const clean = tree.kind !== 'any' && problems.length === 0
  const before = clean ? text.trim() : printSearch({ kind: 'all', nodes: demands(tree), from: 0, to: 0 })
  return before === '' ? added : `${before} ${added}`
}

/** The search without the conditions of a field; only those with this value if one is given. */
export function withoutCondition(text: string, field: FieldName, value?: string): string {
  const { tree } = parseSearch(text)
  const kept = demands(tree).filter((node) => {
    const condition = conditionOf(node)
    if (condition?.field !== field) return true
    return value !== undefined && condition.value.toLowerCase() !== value.toLowerCase()
  })
  if (kept.length === demands(tree).length) return text
  const [only] = kept
  return kept.length === 1 && only !== undefined
    ? printSearch(only)
    : printSearch({ kind: 'all', nodes: kept, from: 0, to: 0 })
}

/** What all must be true for the whole to be. */
function demands(tree: SearchNode): readonly SearchNode[] {
  return tree.kind === 'all' ? tree.nodes : [tree]
}

function conditionOf(node: SearchNode): Condition | null {
  const inner = node.kind === 'not' ? node.node : node
  if (inner.kind !== 'field') return null
  const { field, operator, value } = inner
  return { field, operator, value, denied: node.kind === 'not' }
}

function isSame(node: SearchNode, { field, operator, value }: FieldNode, denied: boolean): boolean {
  const condition = conditionOf(node)
  return (
    condition !== null &&
    condition.denied === denied &&
    condition.field === field &&
    condition.operator === operator &&
    condition.value.toLowerCase() === value.toLowerCase()
  )
}
