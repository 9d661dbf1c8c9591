import type { Graph, GraphNode } from './graph.ts'
import { isPass } from './passes.ts'

const saves = /save|video_?combine|export|writer|websocket|send.?image|upload|image.?output|imagewriter/i
const previews = /preview|show.?image|compar|display|view/i
const savesOther = /text|latent|model|checkpoint|clip|vae|lora|string|json|mask|caption|embed|state|glb|mesh/i
const media = /^(images?|image_?[ab1-9]|frames|video|videos|audio|samples|latents?|gif|anim|input|anything|pixels)$/i

const maxOutputs = 64

/**
 * The nodes that wrote or showed a picture, in ranks: real saves, previews, and nodes with a picture that nothing uses
 * (samplers of some packs save by themselves). A rank is asked only when the ones before it led to no sampler.
 */
export function outputRanks(graph: Graph): readonly (readonly GraphNode[])[] {
  const used = new Set<string>()
  for (const node of graph.nodes.values()) {
    for (const input of node.inputs.values()) if (input.kind === 'link') used.add(input.link.node)
  }
  const ranks: [GraphNode[], GraphNode[], GraphNode[], GraphNode[]] = [[], [], [], []]
  for (const node of graph.nodes.values()) {
    const rank = rankOf(node, used.has(node.id))
    if (rank !== null && ranks[rank].length < maxOutputs) ranks[rank].push(node)
  }
  return ranks
}

function rankOf(node: GraphNode, isUsed: boolean): 0 | 1 | 2 | 3 | null {
  if (isPass(node)) return isUsed ? null : 2
  let takesMedia = false
  for (const [key, input] of node.inputs) if (input.kind === 'link' && media.test(key)) takesMedia = true
  if (!takesMedia) return null
  if (saves.test(node.type) && !previews.test(node.type) && !savesOther.test(node.type)) {
    const kept = node.inputs.get('save_output')
    return kept?.kind === 'value' && kept.value === false ? 1 : 0
  }
  if (previews.test(node.type)) return 1
  return isUsed ? null : 3
}
