import type { Generation } from '../../../../shared/domain/generation.ts'
import { asNumber, type Graph, type GraphNode, type Input, linkAt, ownText } from './graph.ts'
import { type Picture, readDenoise } from './passes.ts'
import { type ModelFacts, readModel, readVae } from './readModel.ts'
import { readSource } from './readSource.ts'
import { findInput, readValue } from './readValue.ts'
import { type Role, readWords } from './readWords.ts'

/** What a graph tells of a picture; `model_hash` never, because ComfyUI does not write it. */
export type ComfyFacts = Omit<Generation, 'generator' | 'version'>

const seedKeys = ['seed', 'noise_seed', 'seed_num', 'value_seed']
const stepKeys = ['steps', 'steps_total', 'num_inference_steps', 'num_steps']
const cfgKeys = ['cfg', 'cfg_scale', 'guidance_scale', 'cfg_conds', 'guidance_cfg']
const samplerKeys = ['sampler_name', 'sampler']
const schedulerKeys = ['scheduler', 'scheduler_name']
const words: Readonly<Record<Role, readonly string[]>> = {
  positive: [
    'positive',
    'base_positive',
    'conditioning',
    'cond1',
    'positive_prompt',
    'text_embeds',
    'hyvid_embeds',
    'cond',
    'prompt',
  ],
  negative: ['negative', 'base_negative', 'negative_prompt', 'neg_conditioning', 'uncond', 'text_embeds'],
}

/** The facts of one picture: those of the pass that made it, with what the later passes did among the settings. */
export function readPicture(graph: Graph, picture: Picture): ComfyFacts {
  const { base } = picture
  const prompt = wordsOf(graph, base, 'positive')
  const negative = wordsOf(graph, base, 'negative')
  const model = modelOf(graph, base)
  // A pass that adds no noise of its own continues from the first of its parts, whose seed and size are the picture's.
  const start = picture.parts[0]
  const seed =
    (addsNoise(graph, base) ? seedOf(graph, base) : null) ?? (start === undefined ? null : seedOf(graph, start))
  const source = readSource(graph, base)
  const sized = source.width === null && start !== undefined ? readSource(graph, start) : source
  const denoise = readDenoise(graph, base)
  return {
    prompt: prompt.text,
    negative_prompt: negative.text,
    model: model.model,
    model_hash: null,
    seed,
    sampler: samplerOf(graph, base),
    scheduler: schedulerOf(graph, base),
    steps: numberOf(graph, base, stepKeys, ['sigmas', 'scheduler']),
    cfg: numberOf(graph, base, cfgKeys, ['guider']),
    width: pixels(sized.width),
    height: pixels(sized.height),
    strength:
      source.fromPicture && picture.parts.length === 0 && denoise !== null && denoise >= 0 && denoise < 1
        ? denoise
        : null,
    vae: vaeOf(graph, [...picture.later].reverse().concat(base)),
    loras: [...model.loras],
    settings: settingsOf(graph, picture, model, prompt.nodes),
  }
}

function wordsOf(graph: Graph, pass: GraphNode, role: Role) {
  const found = findInput(graph, pass, words[role], ['guider'])
  return readWords(graph, found?.input, role)
}

function modelOf(graph: Graph, pass: GraphNode): ModelFacts {
  const found = findInput(
    graph,
    pass,
    ['model', 'base_model', 'unet', 'ckpt_name', 'base_ckpt_name', 'pipeline', 'model_name'],
    ['guider'],
  )
  if (found === null) return { model: null, loras: [], merged: [] }
  // A loader that gives a pipe names its model and LoRAs itself.
  const input: Input =
    found.input.kind === 'link' || found.node === pass
      ? found.input
      : { kind: 'link', link: { node: found.node.id, slot: 0 } }
  return readModel(graph, input)
}

function addsNoise(graph: Graph, pass: GraphNode): boolean {
  const input = findInput(graph, pass, ['add_noise'])?.input
  const value = input === undefined ? null : readValue(graph, input, ['add_noise'])
  return value !== 'disable' && value !== false
}

function seedOf(graph: Graph, pass: GraphNode): string | null {
  const found = findInput(graph, pass, seedKeys, ['noise'])
  return found === null ? null : seedText(readValue(graph, found.input, seedKeys))
}

/** Decimal digits. A negative seed asks for a random one, which the file does not tell. */
function seedText(value: unknown): string | null {
  if (typeof value === 'bigint') return value >= 0n ? value.toString() : null
  if (typeof value === 'number') return Number.isSafeInteger(value) && value >= 0 ? String(value) : null
  return typeof value === 'string' && /^\d{1,40}$/.test(value.trim()) ? value.trim() : null
}

function numberOf(graph: Graph, pass: GraphNode, keys: readonly string[], via: readonly string[]): number | null {
  const found = findInput(graph, pass, keys, via)
  return found === null ? null : asNumber(readValue(graph, found.input, keys))
}

function pixels(value: unknown): number | null {
  const number = asNumber(value)
  return number !== null && number > 0 && number < 1_000_000 && Number.isInteger(number) ? number : null
}

function samplerOf(graph: Graph, pass: GraphNode): string | null {
  const found = findInput(graph, pass, samplerKeys, ['sampler'])
  const named = found === null ? null : shortText(readValue(graph, found.input, samplerKeys))
  if (named !== null) return named
  // SamplerEulerAncestral and its like have no choice: their class is the sampler.
  const link = linkAt(pass, 'sampler')
  const type = link === null ? undefined : graph.nodes.get(link.node)?.type
  return type !== undefined && /^sampler/i.test(type) && found === null ? type : null
}

function schedulerOf(graph: Graph, pass: GraphNode): string | null {
  const found = findInput(graph, pass, schedulerKeys, ['sigmas'])
  const named = found === null ? null : shortText(readValue(graph, found.input, schedulerKeys))
  if (named !== null) return named
  // A sigmas node without a choice is a scheduler by its class: KarrasScheduler, AlignYourStepsScheduler.
  let link = linkAt(pass, 'sigmas')
  for (let hop = 0; hop < 64 && link !== null; hop++) {
    const node = graph.nodes.get(link.node)
    if (node === undefined) return null
    const onward = linkAt(node, 'sigmas')
    if (onward === null) return /schedul|sigmas/i.test(node.type) ? node.type : null
    link = onward
  }
  return null
}

function shortText(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' && value.length <= 200 ? value.trim() : null
}

/** The VAE that decoded one of these passes; else the one that the pass was given. */
function vaeOf(graph: Graph, passes: readonly GraphNode[]): string | null {
  for (const pass of passes) {
    for (const node of graph.nodes.values()) {
      const vae = node.inputs.get('vae')
      if (vae === undefined || !/decode/i.test(node.type)) continue
      for (const input of node.inputs.values()) {
        if (input.kind === 'link' && input.link.node === pass.id) return readVae(graph, vae)
      }
    }
  }
  const own = passes.at(-1)
  const found = own === undefined ? null : findInput(graph, own, ['vae', 'optional_vae', 'vae_name'])
  return found === null ? null : readVae(graph, found.input)
}

const maxSettings = 60
/** Told by the facts, or of the window that the graph was made in. */
const toldElsewhere =
  /^(seed|noise_seed|steps|denoise|denoise_strength|cfg|sampler_name|scheduler|positive|negative|prompt|negative_prompt|model|width|height|control_after_generate|Random seed after every gen|preview_method|vae_decode|image_output|link_id|save_prefix|filename_prefix|text|wildcard)$/

/** What else the sampler was set to, the guidance and CLIP layer behind the prompt, and the passes that came after. */
function settingsOf(
  graph: Graph,
  { base, later, parts }: Picture,
  model: ModelFacts,
  promptNodes: readonly string[],
): Record<string, string> {
  const settings = new Map<string, string>()
  for (const [key, input] of base.inputs) {
    if (settings.size < maxSettings && input.kind === 'value' && !toldElsewhere.test(key))
      put(settings, key, input.value)
  }
  const denoise = readDenoise(graph, base)
  if (denoise !== null && denoise !== 1) put(settings, 'denoise', denoise)
  for (const id of promptNodes) {
    const node = graph.nodes.get(id)
    const guidance = node?.inputs.get('guidance')
    if (guidance !== undefined && !settings.has('guidance'))
      put(settings, 'guidance', readValue(graph, guidance, ['guidance']))
    const layer = node === undefined || settings.has('stop_at_clip_layer') ? null : clipLayer(graph, node)
    if (layer !== null) put(settings, 'stop_at_clip_layer', layer)
  }
  for (const name of model.merged) put(settings, 'merged model', name)
  for (const [index, pass] of parts.entries()) put(settings, `part ${index + 1}`, passLine(graph, pass))
  for (const [index, pass] of later.entries()) put(settings, `pass ${index + 2}`, passLine(graph, pass))
  return Object.fromEntries(settings)
}

function put(settings: Map<string, string>, key: string, value: unknown): void {
  if (key === '__proto__' || key.length > 100) return
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean' && typeof value !== 'bigint')
    return
  const text = String(value).trim()
  if (text !== '' && text.length <= 1_000) settings.set(key, text)
}

function clipLayer(graph: Graph, encoder: GraphNode): unknown {
  let link = linkAt(encoder, 'clip')
  for (let hop = 0; hop < 64 && link !== null; hop++) {
    const node = graph.nodes.get(link.node)
    if (node === undefined) return null
    const layer = node.inputs.get('stop_at_clip_layer') ?? node.inputs.get('clip_skip')
    if (layer !== undefined) return readValue(graph, layer, ['stop_at_clip_layer', 'clip_skip'])
    link = linkAt(node, 'clip')
  }
  return null
}

/** `KSampler: model x, seed 1, steps 14, cfg 7, dpmpp_2m simple, denoise 0.5`. */
export function passLine(graph: Graph, pass: GraphNode): string {
  const sampler = [samplerOf(graph, pass), schedulerOf(graph, pass)].filter((name) => name !== null).join(' ')
  const said: readonly (readonly [string, unknown])[] = [
    ['model ', modelOf(graph, pass).model],
    ['seed ', addsNoise(graph, pass) ? seedOf(graph, pass) : null],
    ['steps ', numberOf(graph, pass, stepKeys, ['sigmas', 'scheduler'])],
    ['cfg ', numberOf(graph, pass, cfgKeys, ['guider'])],
    ['', sampler === '' ? null : sampler],
    ['denoise ', readDenoise(graph, pass)],
  ]
  const parts = said.flatMap(([name, value]) => (value === null ? [] : `${name}${String(value)}`))
  return parts.length === 0 ? pass.type : `${pass.type}: ${parts.join(', ')}`
}

/** Facts that a save node was given in words, for the picture's metadata (SDPromptSaver, Image Saver); null where it was not. */
export function readSaveNode(graph: Graph, node: GraphNode): Partial<ComfyFacts> {
  const value = (...keys: readonly string[]) => {
    const key = keys.find((each) => node.inputs.has(each))
    return key === undefined ? null : readValue(graph, node.inputs.get(key), [key, ...keys])
  }
  const text = (role: Role, ...keys: readonly string[]) => {
    const key = keys.find((each) => node.inputs.has(each))
    return key === undefined ? null : readWords(graph, node.inputs.get(key), role).text
  }
  const model = node.inputs.get('modelname') ?? node.inputs.get('model_name')
  const name = model === undefined ? null : ownText(model)
  return {
    prompt: text('positive', 'positive', 'positive_prompt', 'positive_text_opt'),
    negative_prompt: text('negative', 'negative', 'negative_prompt', 'negative_text_opt'),
    model: name === null || name.trim() === '' ? null : readModel(graph, { kind: 'value', value: name }).model,
    seed: seedText(value('seed_value', 'seed')),
    steps: asNumber(value('steps')),
    cfg: asNumber(value('cfg')),
    sampler: shortText(value('sampler_name', 'sampler')),
    scheduler: shortText(value('scheduler', 'scheduler_name')),
    width: pixels(value('width')),
    height: pixels(value('height')),
  }
}
