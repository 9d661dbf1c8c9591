import { asObject, type Graph, type GraphNode, type Input, maxName } from './graph.ts'

/**
 * The graph in the form that ComfyUI's server runs (`prompt`): node id → `{class_type, inputs}`, where a link is
 * `[node id, output slot]`. Also found wrapped as `{"prompt": …}`, the body of a request to `/prompt`. Null when the value
 * is something else.
 */
export function apiGraph(value: unknown): Graph | null {
  const outer = asObject(value)
  if (outer === null) return null
  return nodesOf(outer) ?? nodesOf(asObject(outer.prompt)) ?? nodesOf(asObject(outer.output))
}

function nodesOf(value: Readonly<Record<string, unknown>> | null): Graph | null {
  if (value === null) return null
  const raw: [string, string, Readonly<Record<string, unknown>>][] = []
  for (const [id, entry] of Object.entries(value)) {
    const node = asObject(entry)
    if (typeof node?.class_type !== 'string') continue
    raw.push([id, node.class_type.slice(0, maxName), asObject(node.inputs) ?? {}])
  }
  if (raw.length === 0) return null
  const ids = new Set(raw.map(([id]) => id))
  const nodes = new Map<string, GraphNode>()
  for (const [id, type, inputs] of raw) {
    const read = new Map<string, Input>()
    for (const [key, given] of Object.entries(inputs)) {
      if (key.length <= maxName) read.set(key, readInput(given, ids))
    }
    nodes.set(id, { id, type, inputs: read })
  }
  return { nodes, outputNames: new Map(), shownTexts: new Map() }
}

function readInput(given: unknown, ids: ReadonlySet<string>): Input {
  if (Array.isArray(given)) {
    const [node, slot] = given
    if (given.length === 2 && (typeof node === 'string' || typeof node === 'number')) {
      // A list of two can also be a value; it is a link when it says so by its types, as the server decides it, and when
      // a number names a node that exists.
      if (typeof slot === 'number' && Number.isInteger(slot) && (typeof node === 'string' || ids.has(String(node))))
        return { kind: 'link', link: { node: String(node), slot } }
    }
    // Recorders that log what ran write each value as a list of one.
    if (given.length === 1) return { kind: 'value', value: given[0] }
  }
  // The frontend wraps a list that is a value, so that it is not taken for a link.
  const wrapped = asObject(given)?.__value__
  return { kind: 'value', value: wrapped === undefined ? given : wrapped }
}
