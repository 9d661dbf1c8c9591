import type { Lora } from '../../../../shared/domain/generation.ts'
import { fileStem, isNoChoice } from './fileNames.ts'
import { type Graph, type GraphNode, type Input, type Link, linkAt, ownText } from './graph.ts'
import { lorasOf } from './readLoras.ts'
import { readValue } from './readValue.ts'
import { bundleLinks, carriedLink, switchBranch } from './switchBranch.ts'

/** What a sampler's `model` input leads back to. */
export interface ModelFacts {
  readonly model: string | null
  /** On the way from the loader to the sampler, in the order in which they were applied. */
  readonly loras: readonly Lora[]
  /** Further models that were merged in. */
  readonly merged: readonly string[]
}

const modelNames = [
  'ckpt_name',
  'unet_name',
  'base_ckpt_name',
  'gguf_name',
  'ckpt',
  'checkpoint',
  'checkpoint_name',
  'model_name',
  'model_path',
  'diffusion_model',
  'diffusion_name',
  'transformer_name',
  'transformer',
  'unet',
  'modelname',
  'model',
]

/** Links that lead from a node that changes a model to the model it changes. */
const modelLinks = [
  'model',
  'base_model',
  'MODEL',
  'unet',
  'model1',
  'model_1',
  'transformer',
  'model_opt',
  'opt_model',
  'optional_model',
  'pipeline',
  'model_pipe',
]
const mergedLinks = ['model2', 'model_2', 'model3']
const maxHops = 20_000
const maxLoras = 1_000

/** The model behind an input, through LoRA loaders, patches, merges, switches and pipes. */
export function readModel(graph: Graph, input: Input | undefined): ModelFacts {
  const { model, loras, mergers } = follow(graph, input)
  const merged = mergers.flatMap((link) => follow(graph, { kind: 'link', link }).model ?? [])
  return { model, loras: loras.reverse(), merged }
}

function follow(graph: Graph, input: Input | undefined): { model: string | null; loras: Lora[]; mergers: Link[] } {
  /** Nearest to the sampler first. */
  const loras: Lora[] = []
  const mergers: Link[] = []
  const seen = new Set<string>()
  const stacks = new Set<string>()
  let at = input
  for (let hop = 0; hop < maxHops && at !== undefined; hop++) {
    if (at.kind === 'value') return { model: chosenName(ownText(at)), loras, mergers }
    const node = graph.nodes.get(at.link.node)
    if (node === undefined || seen.has(node.id)) break
    seen.add(node.id)
    const branch = switchBranch(graph, node)
    if (branch.isSwitch) {
      at = branch.chosen ?? undefined
      continue
    }
    if (loras.length < maxLoras) loras.push(...lorasOf(graph, node, stacks).reverse())
    for (const key of mergedLinks) {
      const link = linkAt(node, key)
      if (link !== null && mergers.length < 8) mergers.push(link)
    }
    const onward = modelLinks.map((key) => linkAt(node, key)).find((link) => link !== null)
    const name = onward === undefined || linkAt(node, 'ckpt_name') !== null ? nameAt(graph, node) : null
    if (name !== null) return { model: name, loras, mergers }
    const link = onward ?? bundleLinks(node)[0] ?? carriedLink(node)
    at = link === undefined || link === null ? undefined : { kind: 'link', link }
  }
  return { model: null, loras, mergers }
}

function nameAt(graph: Graph, node: GraphNode): string | null {
  for (const key of modelNames) {
    const input = node.inputs.get(key)
    if (input === undefined) continue
    const value = input.kind === 'link' ? readValue(graph, input, modelNames) : ownText(input)
    const name = typeof value === 'string' ? chosenName(value) : null
    if (name !== null) return name
  }
  return null
}

/** The VAE behind a `vae` input; null where it came with the model. */
export function readVae(graph: Graph, input: Input | undefined): string | null {
  let at = input
  const seen = new Set<string>()
  for (let hop = 0; hop < maxHops && at !== undefined; hop++) {
    if (at.kind === 'value') return chosenName(ownText(at))
    const node: GraphNode | undefined = graph.nodes.get(at.link.node)
    if (node === undefined || seen.has(node.id)) return null
    seen.add(node.id)
    const branch = switchBranch(graph, node)
    if (branch.isSwitch) {
      at = branch.chosen ?? undefined
      continue
    }
    const named = node.inputs.get('vae_name') ?? (/vae/i.test(node.type) ? node.inputs.get('model_name') : undefined)
    if (named !== undefined) {
      const value = readValue(graph, named, ['vae_name'])
      return typeof value === 'string' ? chosenName(value) : chosenName(ownText(named))
    }
    const link: Link | null = linkAt(node, 'vae') ?? bundleLinks(node)[0] ?? carriedLink(node)
    at = link === null ? undefined : { kind: 'link', link }
  }
  return null
}

function chosenName(name: string | null): string | null {
  return name === null || isNoChoice(name) || name.length > 500 ? null : fileStem(name)
}
