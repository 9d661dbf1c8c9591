import { readComfyGraph } from './comfyui/readComfyGraph.ts'
import type { Payload, Payloads } from './payloads.ts'
import type { Reading } from './reading.ts'

/** The graph that ran, and the graph as drawn. */
interface GraphTexts {
  readonly prompt: Payload | null
  readonly workflow: Payload | null
}

/** `prompt:{…}`, `Workflow: {…}`: how ComfyUI and its save nodes mark graphs in EXIF tags of any name. */
const MARKED = /^\s*(prompt|workflow)\s*:\s*(?=\{)/i

/**
 * ComfyUI and the many services built on it: graphs as texts `prompt` and `workflow`, in EXIF tags with the same words in
 * front, or bare in a comment.
 */
export function readComfyUi(payloads: Payloads): Reading | null {
  const { prompt, workflow } = graphTexts(payloads)
  if (prompt === null && workflow === null) return null
  const facts = readComfyGraph(prompt?.text ?? null, workflow?.text ?? null)
  if (facts === null) return null
  const used = [prompt, workflow].filter((payload) => payload !== null)
  return { generation: { generator: 'ComfyUI', version: null, ...facts }, used }
}

function graphTexts(payloads: Payloads): GraphTexts {
  const marked = payloads.all.flatMap((payload) => {
    const mark = MARKED.exec(payload.text.slice(0, 40))
    return mark === null
      ? []
      : [{ ...payload, key: (mark[1] ?? '').toLowerCase(), text: payload.text.slice(mark[0].length) }]
  })
  const graph = (key: string): Payload | null =>
    [...payloads.named(key), ...marked.filter((payload) => payload.key === key)].find(isJson) ?? null
  const prompt = graph('prompt')
  const workflow = graph('workflow')
  if (prompt !== null || workflow !== null) return { prompt, workflow }
  return bareGraph(payloads)
}

/** A graph that stands in a comment or a tag of any name, without a word in front. */
function bareGraph(payloads: Payloads): GraphTexts {
  const ran = payloads.all.find((payload) => isJson(payload) && payload.text.includes('"class_type"')) ?? null
  const drawn =
    payloads.all.find((payload) => isJson(payload) && /"last_node_id"|"nodes"\s*:\s*\[/.test(payload.text)) ?? null
  return { prompt: ran, workflow: drawn }
}

function isJson({ text }: Payload): boolean {
  return /^[\s\ufeff]*\{/.test(text.slice(0, 64))
}
