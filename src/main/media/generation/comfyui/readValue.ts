import { type Graph, type GraphNode, type Input, type Link, linkAt } from './graph.ts'
import { bundleLinks, carriedLink, switchBranch } from './switchBranch.ts'
import { sizeAtSlot } from './writtenSize.ts'

/** Names under which nodes of one value hold it: primitives, literals, constants, seed nodes. */
const valueKeys = [
  'value',
  'Value',
  'int',
  'INT',
  'float',
  'FLOAT',
  'number',
  'Number',
  'seed',
  'noise_seed',
  'string',
  'text',
  'int_value',
  'float_value',
  'constant',
  'int_',
  'float_',
  'name',
  'selected',
]

/** Nodes that compute: what comes out is not what stands in the file. */
const computing = /math|calc|expression|operation|random|formula|evaluate|compare|\bmin\b|\bmax\b|lerp|remap/i

const maxHops = 200

/**
 * The value at an input, through any number of primitive, constant, seed, reroute and switch nodes.
 *
 * @param names under which the value is looked for at a linked node before the usual ones, e.g. `seed`, `noise_seed`
 * @returns null when the file does not tell it: a link that ends nowhere, or a node that computes
 */
export function readValue(graph: Graph, input: Input | undefined, names: readonly string[]): unknown {
  let at = input
  const seen = new Set<string>()
  for (let hop = 0; hop < maxHops && at !== undefined; hop++) {
    if (at.kind === 'value') return at.value ?? null
    const node = graph.nodes.get(at.link.node)
    if (node === undefined || seen.has(node.id)) return null
    seen.add(node.id)
    at = next(graph, node, at.link, names)
  }
  return null
}

function next(graph: Graph, node: GraphNode, link: Link, names: readonly string[]): Input | undefined {
  const branch = switchBranch(graph, node)
  if (branch.isSwitch) return branch.chosen ?? undefined
  if (computing.test(node.type)) return undefined
  const sized = sizeAtSlot(graph, node, link.slot)
  if (sized !== null) return sized
  for (const name of names) {
    const input = node.inputs.get(name)
    if (input !== undefined) return input
  }
  for (const name of valueKeys) {
    const input = node.inputs.get(name)
    if (input !== undefined) return input
  }
  const onward = carriedLink(node) ?? bundleLinks(node)[0]
  if (onward !== undefined) return { kind: 'link', link: onward }
  return undefined
}

/**
 * An input of a node or of what is bundled into it: looked for at the node, then behind its pipes and contexts and the
 * given further links, nearest first.
 *
 * @param keys names of the input, in order of preference
 * @param via names of further links to look behind, e.g. `guider`
 */
export function findInput(
  graph: Graph,
  from: GraphNode,
  keys: readonly string[],
  via: readonly string[] = [],
): { readonly node: GraphNode; readonly key: string; readonly input: Input } | null {
  const queue: GraphNode[] = [from]
  const seen = new Set([from.id])
  for (let index = 0; index < queue.length; index++) {
    const node = queue[index]
    if (node === undefined) break
    const branch = node === from ? { isSwitch: false as const } : switchBranch(graph, node)
    const onward: Link[] = []
    if (branch.isSwitch) {
      if (branch.chosen?.kind === 'link') onward.push(branch.chosen.link)
    } else {
      for (const key of keys) {
        const input = node.inputs.get(key)
        // A link under the name of what is bundled (`sampler`, `noise`) leads to it and is not the value itself.
        if (input !== undefined && !(input.kind === 'link' && via.includes(key))) return { node, key, input }
      }
      for (const key of via) {
        const link = linkAt(node, key)
        if (link !== null) onward.push(link)
      }
      onward.push(...bundleLinks(node))
      if (onward.length === 0 && node !== from) {
        const carried = carriedLink(node)
        if (carried !== null) onward.push(carried)
      }
    }
    for (const link of onward) {
      const linked = graph.nodes.get(link.node)
      if (linked === undefined || seen.has(linked.id)) continue
      seen.add(linked.id)
      queue.push(linked)
    }
  }
  return null
}
