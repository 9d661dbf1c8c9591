import type { Lora } from '../../../../shared/domain/generation.ts'
import { fileStem, isNoChoice } from './fileNames.ts'
import { asNumber, asObject, type Graph, type GraphNode, linkAt, ownText } from './graph.ts'
import { readValue } from './readValue.ts'
import { switchBranch } from './switchBranch.ts'

const maxLoras = 1_000
/** Nodes that apply the LoRAs named in their text. */
const readsTags = /lora|power prompt|wildcardencode/i

/**
 * The LoRAs that a node applies, in order: those of the stacks that are linked to it, then its own. Weight is that on the
 * model. Entries that are switched off, set to none, or without strength on both model and text encoder are not applied
 * and not told.
 *
 * Known forms: `lora_name` with `strength_model` (core), `lora_N: {on, lora, strength}` (Power Lora Loader of rgthree),
 * `lora_01` with `strength_01` (its stack), `lora_name_N` with `lora_wt_N`/`model_str_N` (Efficiency) or `model_weight_N`
 * and `switch_N` (CR), `lora_N_name` with `lora_N_strength` (Easy-Use), `lora` with `strength` and `prev_lora`
 * (WanVideo, HunyuanVideo), `loras` as a list of objects (LoRA Manager), `<lora:name:weight>` in a text (tag loaders).
 *
 * @param seen nodes of this model's way that were read already; grows
 */
export function lorasOf(graph: Graph, node: GraphNode, seen: Set<string>): Lora[] {
  const stacks: GraphNode[] = []
  seen.add(node.id)
  let at = stackNode(graph, node)
  while (at !== null && !seen.has(at.id)) {
    seen.add(at.id)
    const branch = switchBranch(graph, at)
    if (branch.isSwitch) {
      at = branch.chosen?.kind === 'link' ? (graph.nodes.get(branch.chosen.link.node) ?? null) : null
      continue
    }
    stacks.push(at)
    at = stackNode(graph, at)
  }
  return [...stacks.reverse(), node].flatMap((each) => ownLoras(graph, each)).slice(0, maxLoras)
}

function stackNode(graph: Graph, node: GraphNode): GraphNode | null {
  for (const key of ['lora_stack', 'optional_lora_stack', 'prev_lora', 'lora', 'loras', 'lora_params']) {
    const link = linkAt(node, key)
    if (link !== null) return graph.nodes.get(link.node) ?? null
  }
  return null
}

function ownLoras(graph: Graph, node: GraphNode): Lora[] {
  if (!mayHoldLoras(node)) return []
  const found: Lora[] = []
  const add = (name: string | null, model: unknown, clip: unknown) => {
    if (name === null || isNoChoice(name) || name.length > 500) return
    const weight = asNumber(model)
    if (weight === 0 && (asNumber(clip) ?? 0) === 0) return
    found.push({ name: fileStem(name), weight })
  }
  const value = (...keys: string[]) => {
    for (const key of keys) {
      const input = node.inputs.get(key)
      if (input !== undefined) return readValue(graph, input, [key, 'strength'])
    }
    return undefined
  }
  const count = asNumber(value('lora_count', 'num_loras')) ?? Number.POSITIVE_INFINITY
  if (isOff(value('toggle'))) return []
  for (const [key, input] of node.inputs) {
    const number = /^(?:lora|lora_name)_?(\d{1,4})?(?:_name)?$/.exec(key)?.[1]
    if (key !== 'lora_name' && key !== 'lora' && number === undefined) continue
    // A link there is a stack, which was read.
    if (key === 'lora' && input.kind === 'link') continue
    const entry = input.kind === 'value' ? asObject(input.value) : null
    if (entry !== null && typeof entry.lora === 'string') {
      if (!isOff(entry.on)) add(entry.lora, entry.strength, entry.strengthTwo)
      continue
    }
    const given = input.kind === 'value' ? ownText(input) : readValue(graph, input, ['lora_name', 'lora'])
    if (typeof given !== 'string') continue
    if (number === undefined) {
      const model = value(
        'strength_model',
        'lora_model_strength',
        'model_strength',
        'lora_strength',
        'strength',
        'lora_weight',
      )
      add(given, model, value('strength_clip', 'lora_clip_strength', 'clip_strength'))
      continue
    }
    if (Number(number) > count || isOff(value(`switch_${number}`, `lora_${number}_on`, `enabled_${number}`))) continue
    // Efficiency shows one weight or two, by its mode; the one of the other mode keeps an old value.
    const simple = value('input_mode', 'mode') !== 'advanced'
    const one = [`lora_wt_${number}`, `lora_${number}_strength`]
    const two = [`model_str_${number}`, `lora_${number}_model_strength`]
    const others = [
      `model_weight_${number}`,
      `strength_${number}`,
      `strength_model_${number}`,
      `lora_strength_${number}`,
    ]
    const clips = [
      `clip_str_${number}`,
      `clip_weight_${number}`,
      `strength_clip_${number}`,
      `lora_${number}_clip_strength`,
    ]
    const model = value(...(simple ? [...one, ...two] : [...two, ...one]), ...others)
    add(given, model, simple && one.some((each) => node.inputs.has(each)) ? model : value(...clips))
  }
  for (const entry of listed(node)) if (!isOff(entry.active)) add(text(entry.name), entry.strength, entry.clipStrength)
  if (found.length === 0 && readsTags.test(node.type)) {
    const tags =
      ownText(node.inputs.get('populated_text') ?? node.inputs.get('text') ?? node.inputs.get('prompt')) ?? ''
    for (const tag of tags
      .slice(0, 100_000)
      .matchAll(/<(?:lora|lyco):([^:<>]{1,300})(?::(-?[\d.]{1,12}))?[^<>]{0,100}>/gi))
      add(tag[1] ?? null, tag[2], undefined)
  }
  return found
}

function mayHoldLoras(node: GraphNode): boolean {
  if (/lora|lyco/i.test(node.type) || readsTags.test(node.type)) return true
  for (const key of node.inputs.keys()) if (key.startsWith('lora')) return true
  return false
}

function listed(node: GraphNode): readonly Readonly<Record<string, unknown>>[] {
  const input = node.inputs.get('loras')
  if (input?.kind !== 'value' || !Array.isArray(input.value)) return []
  const entries: readonly unknown[] = input.value
  return entries
    .slice(0, maxLoras)
    .map(asObject)
    .filter((entry) => entry !== null)
}

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null)
const isOff = (value: unknown): boolean =>
  value === false || (typeof value === 'string' && /^(off|false|disabled)$/i.test(value))
