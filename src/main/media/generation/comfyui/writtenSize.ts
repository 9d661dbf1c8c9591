import { type Graph, type GraphNode, type Input, linkAt, ownText } from './graph.ts'

const choiceKeys = ['dimensions', 'resolution', 'aspect_ratio', 'size', 'ratio', 'ratio_selected']

/**
 * The size in a node's choice of sizes (`1024x1024 (1.0)`, `1:1 square 1024x1024`, `832 x 1216`), which such nodes put above
 * their own width and height; null where the choice is `custom` or there is none.
 */
export function writtenSize(graph: Graph, node: GraphNode): { readonly width: number; readonly height: number } | null {
  for (const key of choiceKeys) {
    const input = chosen(graph, node.inputs.get(key), key)
    const match = /(\d{2,5})\s?[x×*]\s?(\d{2,5})/.exec((ownText(input) ?? '').slice(0, 200))
    if (match === null) continue
    const [width, height] = [Number(match[1]), Number(match[2])]
    const swap = node.inputs.get('swap_dimensions')
    const swapped = swap?.kind === 'value' && (swap.value === 'On' || swap.value === true)
    return swapped ? { width: height, height: width } : { width, height }
  }
  return null
}

/** The choice itself, or that of the one node it is linked to. */
function chosen(graph: Graph, input: Input | undefined, key: string): Input | undefined {
  if (input?.kind !== 'link') return input
  const node = graph.nodes.get(input.link.node)
  return node?.inputs.get(key) ?? node?.inputs.get('value')
}

/**
 * What a node that only chooses a size gives at an output: width first, then height. Null for other nodes and outputs.
 */
export function sizeAtSlot(graph: Graph, node: GraphNode, slot: number): Input | null {
  if (slot > 1 || !/aspect|resolution|dimension|size/i.test(node.type) || linkAt(node, 'image') !== null) return null
  const written = writtenSize(graph, node)
  if (written !== null) return { kind: 'value', value: slot === 0 ? written.width : written.height }
  return node.inputs.get(slot === 0 ? 'width' : 'height') ?? null
}
