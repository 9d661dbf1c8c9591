import type { Graph, GraphNode, Link } from './graph.ts'
import { asNumber, linkAt } from './graph.ts'
import { flowLinks, isPass, sourceLinks } from './passes.ts'
import { findInput, readValue } from './readValue.ts'
import { bundleLinks, carriedLink, switchBranch } from './switchBranch.ts'
import { writtenSize } from './writtenSize.ts'

/** What a pass began with. */
export interface Source {
  readonly width: unknown
  readonly height: unknown
  /** It began with a picture that no pass of this graph made. */
  readonly fromPicture: boolean
}

/** Follows what a pass works on back to the empty latent, which has the size that was asked for, or to a loaded picture. */
export function readSource(graph: Graph, pass: GraphNode): Source {
  let [link] = sourceLinks(graph, pass)
  link ??= linkAt(pass, 'image_embeds') ?? undefined
  let fromPicture = false
  const seen = new Set<string>()
  let node: GraphNode | undefined = pass
  while (node !== undefined && !seen.has(node.id)) {
    seen.add(node.id)
    if (node !== pass) {
      if (isPass(node)) break
      if (/load.?(image|video)|vae.?encode/i.test(node.type) || node.inputs.has('pixels')) fromPicture = true
    }
    const size = sizeOf(graph, node)
    if (size !== null) return { ...size, fromPicture: fromPicture || startsFromPicture(graph, node, pass) }
    if (node !== pass) link = onwardFrom(graph, node)
    node = link === undefined ? undefined : graph.nodes.get(link.node)
  }
  if (pass.inputs.size > 0 && link === undefined) {
    const bundled = findInput(graph, pass, ['empty_latent_width', 'width'])
    const size = bundled === null ? null : sizeOf(graph, bundled.node)
    if (size !== null) return { ...size, fromPicture }
  }
  return { width: null, height: null, fromPicture }
}

function onwardFrom(graph: Graph, node: GraphNode): Link | undefined {
  const branch = switchBranch(graph, node)
  if (branch.isSwitch) return branch.chosen?.kind === 'link' ? branch.chosen.link : undefined
  return flowLinks(node)[0]?.link ?? bundleLinks(node)[0] ?? carriedLink(node) ?? undefined
}

/** A scaled picture has a size before the picture is met. */
function startsFromPicture(graph: Graph, sized: GraphNode, pass: GraphNode): boolean {
  if (sized === pass) return false
  const seen = new Set<string>()
  let node: GraphNode | undefined = sized
  while (node !== undefined && !seen.has(node.id) && seen.size < 1_000) {
    seen.add(node.id)
    if (isPass(node)) return false
    if (/load.?(image|video)|vae.?encode/i.test(node.type) || node.inputs.has('pixels')) return true
    const link = onwardFrom(graph, node)
    node = link === undefined ? undefined : graph.nodes.get(link.node)
  }
  return false
}

/** The size that a node asks for: by an override, by a choice such as `1024x1024 (1.0)`, or by two numbers. */
function sizeOf(graph: Graph, node: GraphNode): { width: unknown; height: unknown } | null {
  for (const [w, h] of [
    ['width_override', 'height_override'],
    [null, null],
    ['empty_latent_width', 'empty_latent_height'],
    ['width', 'height'],
  ] as const) {
    if (w === null) {
      const written = writtenSize(graph, node)
      if (written !== null) return written
      continue
    }
    const [width, height] = [node.inputs.get(w), node.inputs.get(h)]
    if (width === undefined || height === undefined) continue
    const size = { width: readValue(graph, width, [w, 'width']), height: readValue(graph, height, [h, 'height']) }
    if ((asNumber(size.width) ?? 0) > 0 && (asNumber(size.height) ?? 0) > 0) return size
    // The size comes from a node that works it out: unknown, and no other one further back is right.
    if (width.kind === 'link') return { width: null, height: null }
  }
  return null
}
