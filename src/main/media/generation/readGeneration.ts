import { isUtf8 } from 'node:buffer'
import type { Generation, GenerationRecord, RawPayload } from '../../../shared/domain/generation.ts'
import type { Carriers, CarrierText } from '../carriers/carriers.ts'
import { readA1111 } from './a1111.ts'
import { readCivitaiOrchestration } from './civitaiOrchestration.ts'
import { readComfyUi } from './comfyui.ts'
import { readCredentials, readSourceType } from './contentCredentials.ts'
import { readDrawThings } from './drawThings.ts'
import { readEasyDiffusion } from './easyDiffusion.ts'
import { readFooocus } from './fooocus.ts'
import { mergedLoras } from './generationFacts.ts'
import { readHuggingFaceSpace } from './huggingFaceSpace.ts'
import { readInvokeAi } from './invokeai.ts'
import { readMidjourney } from './midjourney.ts'
import { readNovelAi } from './novelai.ts'
import { Payloads } from './payloads.ts'
import type { Reading } from './reading.ts'
import { readStabilityMatrix } from './stabilityMatrix.ts'
import { readSwarmUi } from './swarmui.ts'
import { readTensorArt } from './tensorart.ts'

/**
 * Those that are known by names of their own, in the order in which they count: services that run on ComfyUI have its graph
 * too, and some that have JSON of their own write text like A1111's beside it.
 */
const readers: readonly ((payloads: Payloads) => Reading | null)[] = [
  readInvokeAi,
  readNovelAi,
  readTensorArt,
  readStabilityMatrix,
  readCivitaiOrchestration,
  readEasyDiffusion,
  readDrawThings,
  readMidjourney,
  readSwarmUi,
  readComfyUi,
  readFooocus,
  readHuggingFaceSpace,
  readA1111,
  readSourceType,
]

/** Texts that hold how a file was made, whichever of them was read. */
const PAYLOAD_KEYS: ReadonlySet<string> = new Set([
  'parameters',
  'parameters-json',
  'prompt',
  'workflow',
  'extra_pnginfo',
  'postprocessing',
  'smproj',
  'generation_data',
  'invokeai_metadata',
  'invokeai_graph',
  'invokeai_workflow',
  'sd-metadata',
  'dream',
  'fooocus_scheme',
])

/**
 * How a file was generated, from the texts it carries: the fields that all tools share, and the payloads as they stand in
 * the file. Null if nothing in it says that it was generated. Never throws; the time it takes is in proportion to the
 * length of the texts.
 */
export function readGeneration(carriers: Carriers): GenerationRecord | null {
  const payloads = new Payloads(carriers.texts)
  const reading = firstReading(payloads)
  const credentials = readCredentials(carriers.credentials)
  if (reading === null || (reading.generation.prompt === null && reading.reader === readSourceType)) {
    if (credentials !== null) return { ...credentials, raw: [] }
  }
  if (reading === null) return null
  const { generation, used } = completed(reading, payloads)
  const sources = new Set(used.map(({ source }) => source))
  for (const { key, source } of payloads.all) if (PAYLOAD_KEYS.has(key)) sources.add(source)
  return { ...generation, raw: carriers.texts.filter((text) => sources.has(text)).map(rawPayload) }
}

interface Found extends Reading {
  readonly reader: (payloads: Payloads) => Reading | null
}

function firstReading(payloads: Payloads): Found | null {
  for (const reader of readers) {
    const reading = reader(payloads)
    if (reading !== null) return { ...reading, reader }
  }
  return null
}

/**
 * Adds what the tool's own text does not say and another text of the same file does: a service's text may lack the seed
 * that its ComfyUI graph has, a graph may get its prompt from a node that only the text beside it resolves.
 */
function completed({ reader, generation, used }: Found, payloads: Payloads): Reading {
  const other =
    reader === readA1111 || reader === readSourceType
      ? null
      : reader === readComfyUi
        ? readA1111(payloads)
        : readComfyUi(payloads)
  if (other === null) return { generation, used }
  const filled = withGapsFilled(generation, other.generation)
  // The settings of a graph are those of its nodes: beside a tool's own words they say the same again, in others.
  const settings =
    reader === readComfyUi ? { ...other.generation.settings, ...generation.settings } : generation.settings
  return { generation: { ...filled, settings }, used: [...used, ...other.used] }
}

function withGapsFilled(first: Generation, second: Generation): Generation {
  return {
    ...first,
    prompt: first.prompt ?? second.prompt,
    // Only with the prompt that it belongs to.
    negative_prompt: first.prompt === null ? (first.negative_prompt ?? second.negative_prompt) : first.negative_prompt,
    model: first.model ?? second.model,
    model_hash: first.model_hash ?? second.model_hash,
    seed: first.seed ?? second.seed,
    sampler: first.sampler ?? second.sampler,
    scheduler: first.scheduler ?? second.scheduler,
    steps: first.steps ?? second.steps,
    cfg: first.cfg ?? second.cfg,
    ...(first.width === null || first.height === null ? { width: second.width, height: second.height } : {}),
    strength: first.strength ?? second.strength,
    vae: first.vae ?? second.vae,
    loras: mergedLoras(first.loras, second.loras),
  }
}

/**
 * The bytes as text where they are UTF-8 in which the text can be read (padding and the character code of EXIF may stand
 * around it), so that encoding it again gives the same bytes; else as base64. UTF-16 of Latin letters is valid UTF-8 too.
 */
function rawPayload({ carrier, key, text, bytes }: CarrierText): RawPayload {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  const data = isUtf8(buffer) ? buffer.toString('utf8') : null
  return data?.includes(text)
    ? { carrier, key, encoding: 'utf8', data }
    : { carrier, key, encoding: 'base64', data: buffer.toString('base64') }
}
