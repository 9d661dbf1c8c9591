import { asNumber, type Graph, type GraphNode, type Input, type Link, linkAt } from './graph.ts'

/** Chosen input of a switch: `chosen` null when what it chose is cut or can't be known. */
export type Branch = { readonly isSwitch: false } | { readonly isSwitch: true; readonly chosen: Input | null }

const notASwitch: Branch = { isSwitch: false }

const indexKeys = ['select', 'Input', 'selected_index', 'index', 'Index', 'selection', 'choose', 'which', 'selector']
const flagKeys = ['boolean', 'switch', 'condition', 'cond', 'use_first', 'enable', 'boolean_value', 'value']

/** Names of the two branches that a flag chooses from: core, Impact, Easy-Use, LayerStyle, WAS. */
const flagBranches: readonly (readonly [onTrue: string, onFalse: string])[] = [
  ['on_true', 'on_false'],
  ['tt_value', 'ff_value'],
  ['if_true', 'if_false'],
  ['when_true', 'when_false'],
  ['true_value', 'false_value'],
  ['text_a', 'text_b'],
  ['model_a', 'model_b'],
  ['clip_a', 'clip_b'],
  ['vae_a', 'vae_b'],
  ['image_a', 'image_b'],
  ['latent_a', 'latent_b'],
  ['positive_a', 'positive_b'],
  ['negative_a', 'negative_b'],
  ['conditioning_a', 'conditioning_b'],
  ['seed_a', 'seed_b'],
  ['number_a', 'number_b'],
]

/**
 * Which input a switch node lets through, by its selector: a number (`select`, ImpactSwitch; `Input`, the CR switches), a
 * flag (`on_true`/`on_false`, `text_a`/`text_b`), or the first that is connected (Any Switch and Context Switch of
 * rgthree).
 */
export function switchBranch(graph: Graph, node: GraphNode): Branch {
  if (/^(any|context) switch\b/i.test(node.type)) return { isSwitch: true, chosen: firstLink(graph, node) }
  if (!/switch|ifelse|if.?else|branch|select|choos|mux|toggle/i.test(node.type)) return notASwitch
  for (const key of indexKeys) {
    const selector = node.inputs.get(key)
    if (selector === undefined) continue
    const branches = numberedInputs(node, key)
    if (branches.size === 0) continue
    const value = selectorValue(graph, selector)
    const number = asNumber(value)
    return { isSwitch: true, chosen: (number === null ? undefined : branches.get(number)) ?? null }
  }
  for (const [onTrue, onFalse] of flagBranches) {
    if (!node.inputs.has(onTrue) && !node.inputs.has(onFalse)) continue
    for (const key of flagKeys) {
      const selector = node.inputs.get(key)
      if (selector === undefined) continue
      const flag = asFlag(selectorValue(graph, selector))
      return { isSwitch: true, chosen: flag === null ? null : (node.inputs.get(flag ? onTrue : onFalse) ?? null) }
    }
  }
  return notASwitch
}

function firstLink(graph: Graph, node: GraphNode): Input | null {
  for (const [, input] of node.inputs) if (input.kind === 'link' && graph.nodes.has(input.link.node)) return input
  return null
}

/** `input1`, `text_2`, `images2_opt` … by their number. */
function numberedInputs(node: GraphNode, selectorKey: string): Map<number, Input> {
  const numbered = new Map<number, Input>()
  for (const [key, input] of node.inputs) {
    if (key === selectorKey) continue
    const digits = /(\d{1,4})(?:_opt)?$/.exec(key)?.[1]
    if (digits !== undefined && !numbered.has(Number(digits))) numbered.set(Number(digits), input)
  }
  return numbered
}

/** The selector through primitives and reroutes. One that hangs on another switch stays unknown, which ends all recursion. */
function selectorValue(graph: Graph, selector: Input): unknown {
  let at: Input | undefined = selector
  for (let hop = 0; hop < 64 && at !== undefined; hop++) {
    if (at.kind === 'value') return at.value ?? null
    const node = graph.nodes.get(at.link.node)
    if (node === undefined || node.inputs.size > 3) return null
    const inputs: Input[] = [...node.inputs.values()]
    at = inputs.find((input) => input.kind === 'link') ?? inputs[0]
  }
  return null
}

function asFlag(value: unknown): boolean | null {
  if (typeof value === 'boolean') return value
  if (value === 1 || value === 'true' || value === 'True' || value === 'on') return true
  if (value === 0 || value === 'false' || value === 'False' || value === 'off') return false
  return null
}

const carrying =
  /^(anything|any|any_?input|input|source|value|\*?|output|passthrough|image_pass|model_pass|data|obj|object)$/i

/** The one link of a node that hands on what it is given: Reroute, Show Anything, clean-up nodes. */
export function carriedLink(node: GraphNode): Link | null {
  for (const [key, input] of node.inputs) if (input.kind === 'link' && carrying.test(key)) return input.link
  return null
}

/** Inputs that carry a bundle of model, conditioning, VAE and settings: pipes, contexts, tuples. */
const bundle =
  /(^|_)(pipe|ctx|context|tuple|bus|pipe_in|pipeline|loader_settings|sampler_settings|sampler_config)(_|\d|$)/i

export function bundleLinks(node: GraphNode): Link[] {
  const links: Link[] = []
  for (const [key, input] of node.inputs) if (input.kind === 'link' && bundle.test(key)) links.push(input.link)
  return links
}

export function hasBundle(node: GraphNode): boolean {
  for (const key of node.inputs.keys()) if (bundle.test(key) && linkAt(node, key) !== null) return true
  return false
}
