import { asNumber, type Graph, type GraphNode, type Link, linkAt } from './graph.ts'
import { findInput, readValue } from './readValue.ts'
import { bundleLinks, carriedLink, hasBundle, switchBranch } from './switchBranch.ts'

/**
 * One run of a sampler that a picture went through, as the graph tells it.
 *
 * A later pass of a graph often only refines what an earlier one made: hires fix, upscaling, face detailing, an SDXL
 * refiner, the low-noise half of Wan 2.2. The picture's own prompt, seed, size and settings are then those of the pass that
 * was refined. A pass refines when it keeps a part of what it is given: denoise below 1, no new noise, steps that begin
 * after the first, or a detailer or upscaler, which works on a finished picture.
 */
export interface Picture {
  /** The pass that made the picture: the first one, refinements taken away. */
  readonly base: GraphNode
  /** Passes that refined it, in order. */
  readonly later: readonly GraphNode[]
  /** Passes that made the parts which `base` put together, when there are several; the main part's first. */
  readonly parts: readonly GraphNode[]
}

const maxPasses = 64
/** Passes of one graph that are looked behind. */
const maxKnown = 512

/** Links by which pictures and latents go, the ones that carry the whole picture before those of parts and patches. */
const mainFlow = [
  'samples',
  'latent_image',
  'latent',
  'latents',
  'latent_opt',
  'optional_latent',
  'init_latent',
  'samples_to',
  'destination',
  'base_image',
  'background',
  'images',
  'image',
  'pixels',
  'image_opt',
  'frames',
  'video',
  'upscaled_image',
  'inpainted_image',
  'av_latent',
  'video_latent',
  'stage_c',
  'audio',
]
const partsOfWhole: readonly (readonly [whole: string, part: RegExp])[] = [
  ['destination', /^source/],
  ['samples_to', /^samples_from/],
  ['base_image', /^(overlay|image)/],
  ['background', /^(foreground|overlay|image|source)/],
]
/** Inputs that carry no picture: what is behind them did not make this one. */
const notFlow =
  /^(model|clip|vae|positive|negative|cond|control|mask|lora|upscale_model|bbox|sam_|segm|segs|ip_?adapter|style|pipe|seed|noise_seed|steps|cfg|denoise|width|height|scale|fps|frame_rate|text|prompt|string|file|length|strength|guid|sigmas|sampler|scheduler|noise$|unet|face|reference|batch_size|amount|value|select|index)|(_model|_vae|_mask|_path|_text|_prefix|_name|_pipe)$/i

/**
 * Nodes that make a picture or refine one. Told by their inputs, so that samplers of unknown packs are found: conditioning
 * (or a guider, or a pipe) together with a seed, noise, steps or sigmas.
 */
export function isPass(node: GraphNode): boolean {
  const has = (...keys: string[]) => keys.some((key) => node.inputs.has(key))
  const conditioned =
    has('positive', 'base_positive', 'guider', 'text_embeds', 'hyvid_embeds', 'conditioning') || hasBundle(node)
  const drawing = has('seed', 'noise_seed', 'noise', 'steps', 'sigmas', 'seed_num')
  if (
    /k?sampler/i.test(node.type) &&
    !/select|config|provider|settings|presampling|^sampler_?[A-Z0-9]|script/i.test(node.type)
  )
    return conditioned || drawing || has('model')
  if (/^SamplerCustom/.test(node.type)) return true
  if (/hook|provider|presampling|topipe|edit.*pipe|loader/i.test(node.type) || has('ckpt_name')) return false
  if (conditioned && drawing) return true
  // Nodes that call a service: a prompt with a seed or a negative prompt, and no text encoder.
  return has('prompt') && has('seed', 'noise_seed', 'negative_prompt') && !has('clip', 'text_encoder')
}

/**
 * The pictures that come to an output node; several if it is given several. Empty when no pass is behind it.
 *
 * @param known what was found for passes of this graph before; grows
 */
export function picturesBehind(graph: Graph, output: GraphNode, known: Map<string, Picture>): Picture[] {
  const found = isPass(output) ? [output] : passesBehind(graph, flowLinks(output), false)
  return distinctBases(found.map((pass) => pictureOf(graph, pass, known, 0)))
}

function pictureOf(graph: Graph, pass: GraphNode, known: Map<string, Picture>, depth: number): Picture {
  const before = known.get(pass.id)
  if (before !== undefined) return before
  const alone: Picture = { base: pass, later: [], parts: [] }
  // Stands while the passes behind it are read, so that a cycle ends here.
  known.set(pass.id, alone)
  if (depth >= maxPasses || known.size > maxKnown || !isRefinement(graph, pass)) return alone
  const behind = distinctBases(
    passesBehind(graph, sourceLinks(graph, pass), true)
      .filter((each) => each.id !== pass.id)
      .slice(0, maxPasses)
      .map((each) => pictureOf(graph, each, known, depth + 1)),
  )
  const [only] = behind
  let picture = alone
  if (behind.length > 1) picture = { base: pass, later: [], parts: behind.map((each) => each.base) }
  else if (only !== undefined && only.base.id !== pass.id) picture = { ...only, later: [...only.later, pass] }
  known.set(pass.id, picture)
  return picture
}

/** One for each base, with the longest way. */
function distinctBases(pictures: readonly Picture[]): Picture[] {
  const byBase = new Map<string, Picture>()
  for (const picture of pictures) {
    const other = byBase.get(picture.base.id)
    if (other === undefined || other.later.length < picture.later.length) byBase.set(picture.base.id, picture)
  }
  return [...byBase.values()]
}

function isRefinement(graph: Graph, pass: GraphNode): boolean {
  const number = (keys: readonly string[], via: readonly string[] = []) => {
    const found = findInput(graph, pass, keys, via)
    return found === null ? null : asNumber(readValue(graph, found.input, keys))
  }
  const denoise = readDenoise(graph, pass)
  if (denoise !== null && denoise < 1) return true
  if ((number(['start_at_step', 'start_step', 'begin_at_step']) ?? 0) > 0) return true
  const adds = findInput(graph, pass, ['add_noise'])?.input
  const added = adds === undefined ? null : readValue(graph, adds, ['add_noise'])
  if (added === 'disable' || added === false) return true
  if (pass.inputs.has('noise')) {
    const noise = linkAt(pass, 'noise')
    if (noise !== null && /disable/i.test(graph.nodes.get(noise.node)?.type ?? '')) return true
  }
  if (/detailer|upscale/i.test(pass.type)) return true
  // The second output of a node that splits sigmas has their last part.
  const sigmas = linkAt(pass, 'sigmas')
  if (sigmas?.slot === 1 && /^SplitSigmas/.test(graph.nodes.get(sigmas.node)?.type ?? '')) return true
  // Stable Cascade: stage B decodes what stage C made.
  const positive = linkAt(pass, 'positive')
  return positive !== null && stageC(graph, pass) !== null
}

/** Denoise of a pass: its own, that of its sigmas, or that of its pipe. */
export function readDenoise(graph: Graph, pass: GraphNode): number | null {
  const keys = ['denoise', 'denoise_strength', 'denoising_strength']
  const found = findInput(graph, pass, keys, ['sigmas'])
  return found === null ? null : asNumber(readValue(graph, found.input, keys))
}

function stageC(graph: Graph, pass: GraphNode): Link | null {
  let link = linkAt(pass, 'positive')
  for (let hop = 0; hop < 8 && link !== null; hop++) {
    const node = graph.nodes.get(link.node)
    if (node === undefined) return null
    const stage = linkAt(node, 'stage_c')
    if (stage !== null) return stage
    link = linkAt(node, 'conditioning')
  }
  return null
}

/** Where a pass has what it works on: its latent or picture, or those of its pipe. */
export function sourceLinks(graph: Graph, pass: GraphNode): Link[] {
  const own = flowLinks(pass).map(({ link }) => link)
  const stage = stageC(graph, pass)
  if (stage !== null) own.push(stage)
  if (own.length > 0) return own
  const found = findInput(graph, pass, mainFlow)
  return found?.input.kind === 'link' ? [found.input.link] : []
}

export interface FlowLink {
  readonly link: Link
  /** Of a part that is put into the whole. */
  readonly aside: boolean
}

/** The links of a node by which its picture or latent comes, the whole before its parts. */
export function flowLinks(node: GraphNode): FlowLink[] {
  const part = partsOfWhole.find(([whole]) => linkAt(node, whole) !== null)
  const links: FlowLink[] = []
  for (const key of mainFlow) {
    const link = linkAt(node, key)
    if (link !== null) links.push({ link, aside: part !== undefined && part[0] !== key && part[1].test(key) })
  }
  const own = links.length > 0
  for (const [key, input] of node.inputs) {
    if (input.kind !== 'link' || mainFlow.includes(key) || notFlow.test(key)) continue
    // A sampler's other inputs (a start picture, a control video) are no earlier pass of it.
    if (own && isPass(node)) continue
    links.push({ link: input.link, aside: part?.[1].test(key) ?? false })
  }
  return links
}

/** The nearest passes behind links, without going through one; those of parts only if wanted or if there are no others. */
function passesBehind(graph: Graph, from: readonly (Link | FlowLink)[], withParts: boolean): GraphNode[] {
  const stack: FlowLink[] = from.map((each) => ('link' in each ? each : { link: each, aside: false })).reverse()
  const seen = new Set<string>()
  const main: GraphNode[] = []
  const parts: GraphNode[] = []
  for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
    const node = graph.nodes.get(at.link.node)
    if (node === undefined || seen.has(node.id)) continue
    seen.add(node.id)
    if (isPass(node)) {
      ;(at.aside ? parts : main).push(node)
      continue
    }
    const { aside } = at
    const branch = switchBranch(graph, node)
    if (branch.isSwitch) {
      if (branch.chosen?.kind === 'link') stack.push({ link: branch.chosen.link, aside })
      continue
    }
    const onward = flowLinks(node)
    if (onward.length === 0) {
      const link = carriedLink(node) ?? bundleLinks(node)[0]
      if (link !== undefined) stack.push({ link, aside })
    }
    for (const each of onward.reverse()) stack.push({ link: each.link, aside: aside || each.aside })
  }
  return withParts || main.length === 0 ? [...main, ...parts] : main
}
