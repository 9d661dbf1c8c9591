import { asNumber, type Graph, type GraphNode, type Input, type Link, linkAt, linksMatching, ownText } from './graph.ts'
import { joinedText, replacedText } from './stringNodes.ts'
import { bundleLinks, carriedLink, switchBranch } from './switchBranch.ts'

/** Which of the two prompts is looked for. */
export type Role = 'positive' | 'negative'

/** A prompt with the nodes that it came through. */
export interface Words {
  readonly text: string | null
  readonly nodes: readonly string[]
}

/** Characters of one text. Concatenation nodes can double a text at each step. */
export const maxText = 1_000_000

/** Characters that all texts of one walk may have together, so that many long joins end too. */
const maxWork = 16_000_000
const maxDepth = 256

/** What a node does with words. */
type Step =
  | { readonly kind: 'text'; readonly text: string | null }
  | { readonly kind: 'follow'; readonly link: Link; readonly role: Role }
  /** `distinct`: conditionings that apply together, each told once. `joined`: one text made of pieces. */
  | { readonly kind: 'distinct'; readonly parts: readonly Input[] }
  | { readonly kind: 'joined'; readonly parts: readonly Input[]; readonly join: (texts: readonly string[]) => string }
  | { readonly kind: 'otherwise'; readonly link: Link; readonly text: string }

const nothing: Step = { kind: 'text', text: null }

/**
 * The words behind an input, followed back through conditioning nodes (combine, concat, area, mask, ControlNet, guidance,
 * pipes), text encoders, and string nodes (primitives, concatenation, replacement, switches, reroutes) of ComfyUI and its
 * common packs. Combined conditionings are given once each, a line apart.
 *
 * A node that makes words when it runs (language models, captioners, random lines, regular expressions) gives none, unless
 * a display node behind it kept them: what is not in the file is not guessed.
 */
export function readWords(graph: Graph, input: Input | undefined, role: Role): Words {
  const walk: Walk = { graph, known: new Map(), active: new Set(), nodes: new Set(), work: 0 }
  if (input === undefined) return { text: null, nodes: [] }
  const text = wordsAt(walk, input, role, 0)
  const trimmed = text?.trim() ?? ''
  return { text: trimmed === '' ? null : trimmed, nodes: [...walk.nodes] }
}

interface Walk {
  readonly graph: Graph
  readonly known: Map<string, string | null>
  /** Places that are being read; one that comes again is a cycle. */
  readonly active: Set<string>
  readonly nodes: Set<string>
  work: number
}

function wordsAt(walk: Walk, input: Input, role: Role, depth: number): string | null {
  if (input.kind === 'value') return ownText(input)?.slice(0, maxText) ?? null
  if (depth > maxDepth) return null
  const path: string[] = []
  let text: string | null = null
  let link = input.link
  let wanted = role
  // A straight line of nodes is followed in this loop, so that only joins cost depth.
  while (true) {
    const place = `${link.slot} ${wanted} ${link.node}`
    const node = walk.graph.nodes.get(link.node)
    const known = walk.known.get(place)
    if (known !== undefined) {
      text = known
      break
    }
    if (node === undefined || walk.active.has(place) || walk.work > maxWork) break
    walk.active.add(place)
    walk.nodes.add(node.id)
    path.push(place)
    const step = readStep(walk.graph, node, link, wanted)
    if (step.kind === 'follow') {
      link = step.link
      wanted = step.role
      continue
    }
    text = finish(walk, step, wanted, depth)
    break
  }
  for (const place of path) {
    walk.active.delete(place)
    walk.known.set(place, text)
  }
  walk.work += text?.length ?? 0
  return text
}

function finish(walk: Walk, step: Exclude<Step, { kind: 'follow' }>, role: Role, depth: number): string | null {
  switch (step.kind) {
    case 'text':
      return step.text?.slice(0, maxText) ?? null
    case 'otherwise':
      return wordsAt(walk, { kind: 'link', link: step.link }, role, depth + 1) ?? step.text.slice(0, maxText)
    case 'distinct':
    case 'joined': {
      const texts: string[] = []
      let length = 0
      let found = false
      for (const part of step.parts) {
        const text = wordsAt(walk, part, role, depth + 1)
        if (text === null && step.kind === 'distinct') continue
        found ||= text !== null
        if (length > maxText) break
        length += text?.length ?? 0
        texts.push(text ?? '')
      }
      if (!found) return null
      return (step.kind === 'joined' ? step.join(texts) : distinct(texts)).slice(0, maxText)
    }
  }
}

/** Each text once; one that stands in another is told by it (`clip_l` is often a part of `t5xxl`). */
function distinct(texts: readonly string[]): string {
  const kept: string[] = []
  for (const text of texts) {
    const words = text.trim()
    if (words === '' || (kept.length < 64 && kept.some((other) => other.includes(words)))) continue
    kept.push(words)
  }
  const told = kept.length < 64 ? kept.filter((words) => !kept.some((o) => o !== words && o.includes(words))) : kept
  return told.join('\n')
}

const keysOf: Readonly<Record<Role, readonly string[]>> = {
  positive: [
    'positive',
    'base_positive',
    'positive_prompt',
    'text_positive',
    'positive_text',
    'prompt_positive',
    'pos',
    'text_pos_g',
    'text_positive_g',
  ],
  negative: [
    'negative',
    'base_negative',
    'negative_prompt',
    'text_negative',
    'negative_text',
    'prompt_negative',
    'neg',
    'text_neg_g',
    'text_negative_g',
  ],
}

const conditioningKey = /^(conditioning|cond)s?_?(to|from|\d{1,4}|[a-z])?$/i

/** Encoders that read several texts at once: SDXL, Flux, SD3, HiDream, HunyuanDiT, ACE-Step. */
const encoderParts = ['text_g', 'text_l', 'clip_g', 'clip_l', 't5xxl', 'llama', 'bert', 'mt5xl', 'tags', 'lyrics']

const textKeys = [
  'populated_text',
  'text',
  'prompt',
  'user_prompt',
  'string',
  'value',
  'Text',
  'Prompt',
  'String',
  'Value',
  'str',
  'prompt_text',
  'multiline_text',
  'text_multiline',
  'content',
  'input_text',
  'text_input',
  'wildcard_text',
  'opt_text',
  'caption',
]

/** Nodes whose words are made when they run. */
const inventing =
  /gemini|openai|gpt|claude|ollama|llm|llava|florence|caption|interrogat|tagger|joy|deepseek|groq|mistral|grok|moondream|minicpm|qwen.*vl|vision|random.?(line|prompt|text|word)|prompt.?line|load.?line|regex|substring|extract|split/i

function readStep(graph: Graph, node: GraphNode, from: Link, role: Role): Step {
  const branch = switchBranch(graph, node)
  if (branch.isSwitch) return branch.chosen === null ? nothing : onward(branch.chosen, role)
  if (/zero.?out/i.test(node.type)) return nothing

  const shown = graph.shownTexts.get(node.id)
  if (shown !== undefined) {
    const source = carriedLink(node) ?? linkAt(node, 'text') ?? linksMatching(node, /./)[0]
    return source === undefined ? { kind: 'text', text: shown } : { kind: 'otherwise', link: source, text: shown }
  }

  const conditionings = linksMatching(node, conditioningKey)
  // In these the text says something else than the prompt, which comes by the conditioning.
  if (/^(CLIPTextEncodeControlnet|GLIGENTextBoxApply)$/.test(node.type)) return together(conditionings, role)

  const chosen = byRole(graph, node, from.slot, role)
  if (chosen !== undefined) return chosen

  const encodes = node.inputs.has('clip') || node.inputs.has('text_encoder') || node.inputs.has('t5')
  if (inventing.test(node.type) && !encodes && !node.inputs.has('populated_text')) return nothing
  // The scheduled text of keyframes has no negative side of its own.
  if (/prompt.?schedul/i.test(node.type) && from.slot === 1) return nothing

  if (conditionings.length > 0) return together(averaged(node) ?? conditionings, role)

  const joined = joinedText(node) ?? replacedText(node, maxText)
  if (joined !== null) return { kind: 'joined', parts: joined.parts, join: joined.join }

  const words = ownWords(node, from.slot, role)
  if (words !== null) return words

  const link = bundleLinks(node)[0] ?? linkAt(node, 'text_embeds') ?? linkAt(node, 'prompt_embeds') ?? carriedLink(node)
  return link === undefined || link === null ? nothing : { kind: 'follow', link, role }
}

function onward(input: Input, role: Role): Step {
  return input.kind === 'link' ? { kind: 'follow', link: input.link, role } : { kind: 'text', text: ownText(input) }
}

function together(links: readonly Link[], role: Role): Step {
  const [first] = links
  if (first === undefined) return nothing
  if (links.length === 1) return { kind: 'follow', link: first, role }
  return { kind: 'distinct', parts: links.map((link) => ({ kind: 'link', link })) }
}

/** ConditioningAverage at one of its ends is one of its two inputs. */
function averaged(node: GraphNode): Link[] | null {
  const strength = node.inputs.get('conditioning_to_strength')
  if (strength?.kind !== 'value') return null
  const to = asNumber(strength.value)
  const only = to === 1 ? 'conditioning_to' : to === 0 ? 'conditioning_from' : null
  const link = only === null ? null : linkAt(node, only)
  return link === null ? null : [link]
}

/** A node that has both prompts: the one of the output that was followed where that is known, else the one asked for. */
function byRole(graph: Graph, node: GraphNode, slot: number, asked: Role): Step | undefined {
  const find = (role: Role) => keysOf[role].map((key) => node.inputs.get(key)).find((input) => input !== undefined)
  const positive = find('positive')
  const negative = find('negative')
  if (positive === undefined && negative === undefined) return undefined
  if (positive !== undefined && negative !== undefined) {
    const role = roleOfSlot(graph, node, slot) ?? asked
    return onward(role === 'positive' ? positive : negative, role)
  }
  const present = asked === 'positive' ? positive : negative
  if (present !== undefined) return onward(present, asked)
  // `easy negative` and its like hold one text of either name, wherever it goes.
  const other = positive ?? negative
  return other !== undefined && node.inputs.size === 1 ? onward(other, asked) : undefined
}

/** Nodes whose first two outputs are positive and negative, whatever the links that leave them are used for. */
const positiveFirst =
  /^(ControlNetApply(Advanced|SD3)|ControlNetInpainting\w*|ACN_AdvancedControlNetApply\w*|InpaintModelConditioning|(Wan|LTXV|Cosmos|Hunyuan|SVD)\w*(ToVideo|Conditioning|AddGuide|CropGuides)\w*|\w*PromptStyler\w*|PairConditioning\w*)$/

function roleOfSlot(graph: Graph, node: GraphNode, slot: number): Role | null {
  const name = graph.outputNames.get(node.id)?.[slot]
  if (name !== undefined)
    return /neg|conditioning-|cond-/i.test(name) ? 'negative' : /pos|conditioning\+/i.test(name) ? 'positive' : null
  if (!positiveFirst.test(node.type)) return null
  return slot === 0 ? 'positive' : slot === 1 ? 'negative' : null
}

function ownWords(node: GraphNode, slot: number, role: Role): Step | null {
  // WAS `Text String` holds four texts, one for each output.
  if (node.type === 'Text String') {
    const input = node.inputs.get(['text', 'text_b', 'text_c', 'text_d'][slot] ?? '')
    return input === undefined ? nothing : onward(input, role)
  }
  const parts = encoderParts.map((key) => node.inputs.get(key)).filter((input) => input !== undefined)
  const plain = node.inputs.get('text')
  const sdxl = node.inputs.get('with_SDXL')
  const usesParts = plain === undefined || (sdxl?.kind === 'value' && sdxl.value === true)
  if (parts.length > 0 && usesParts) return { kind: 'distinct', parts }
  for (const key of textKeys) {
    const input = node.inputs.get(key)
    if (input?.kind === 'link' || ownText(input) !== null) return input === undefined ? null : onward(input, role)
  }
  return null
}
