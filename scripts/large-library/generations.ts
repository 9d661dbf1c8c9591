import type { Generation, Lora, RawPayload } from '../../src/shared/domain/generation.ts'
import type { Random } from '../demo-art/random.ts'
import { hexDigits, weighted, zipf } from './chance.ts'

const models = [
  'juniper_xl_v4',
  'tidewater_v12',
  'paperlantern_xl',
  'sd_xl_base_1.0',
  'flux1-dev-fp8',
  'halcyonMix_v30',
  'inkwell_pony_v6',
  'v1-5-pruned-emaonly',
  'granite_real_v51',
  'umbra_anime_v3',
  'flux1-schnell',
  'orchardDiffusion_v2',
  'nai-diffusion-4-full',
  'cobaltVision_v9',
  'sd3.5_large',
  'driftwood_turbo',
  'quietstreets_lora_merge',
  'kagami_v1',
  'mesa_inpainting',
  'wan2.2_t2v_14B',
] as const
const loras = [
  'add_detail_xl',
  'woodcut_style',
  'film_grain_v2',
  'maren_character_v3',
  'better_hands',
  'isometric_rooms',
  'ferryman_v1',
  'neon_noir',
  'ghost_light',
  'papercraft',
] as const
const samplers = ['DPM++ 2M', 'Euler a', 'Euler', 'UniPC', 'DPM++ SDE', 'DDIM', 'LCM', 'DPM++ 3M SDE'] as const
const schedulers = ['Karras', 'normal', 'simple', 'SGM Uniform', 'exponential'] as const
const generators = [
  ['AUTOMATIC1111', 38],
  ['ComfyUI', 30],
  ['Forge', 9],
  ['InvokeAI', 7],
  ['NovelAI', 6],
  ['Fooocus', 4],
  ['SwarmUI', 3],
  ['Midjourney', 3],
] as const

const pickModel = zipf(models.length, 1.1)
const pickLora = zipf(loras.length, 0.9)

/** What stays the same through one burst of generated pictures. */
export interface Setup {
  readonly generator: string
  readonly model: string
  readonly modelHash: string
  readonly sampler: string
  readonly scheduler: string
  readonly steps: number
  readonly cfg: number
  readonly loras: readonly Lora[]
}

export function drawSetup(random: Random): Setup {
  const chosen = random.chance(0.35) ? Array.from({ length: random.whole(1, 3) }, () => pickLora(random)) : []
  const model = models[pickModel(random)] ?? models[0]
  return {
    generator: weighted<string>(random, generators),
    model,
    modelHash: hexDigits(random, 10),
    sampler: samplers[random.below(random.below(samplers.length) + 1)] ?? samplers[0],
    scheduler: random.pick(schedulers),
    steps: random.pick([20, 25, 28, 30, 4, 8, 40, 50]),
    cfg: random.pick([7, 5, 4.5, 6, 1, 3.5, 8]),
    loras: [...new Set(chosen)].map((index) => ({
      name: loras[index] ?? loras[0],
      weight: random.pick([1, 0.8, 0.6, 0.35]),
    })),
  }
}

/** 32 bits as most tools draw them, 64 bits as ComfyUI does. */
export function drawSeed(random: Random, setup: Setup): string {
  const low = BigInt(random.below(0x1_0000_0000))
  if (setup.generator !== 'ComfyUI') return low.toString()
  return ((BigInt(random.below(0x1_0000_0000)) << 32n) | low).toString()
}

export interface MadePicture {
  readonly prompt: string
  readonly negative: string | null
  readonly seed: string
  readonly width: number
  readonly height: number
}

/** How a picture was made, as the reader of its file would say it, and the payload as the tool writes it into the file. */
export function describeGeneration(
  setup: Setup,
  made: MadePicture,
): { readonly generation: Generation; readonly raw: readonly RawPayload[] } {
  const generation: Generation = {
    generator: setup.generator,
    version: setup.generator === 'AUTOMATIC1111' ? 'v1.10.1' : null,
    prompt: made.prompt,
    negative_prompt: made.negative,
    model: setup.model,
    model_hash: setup.generator === 'ComfyUI' ? null : setup.modelHash,
    seed: made.seed,
    sampler: setup.sampler,
    scheduler: setup.scheduler,
    steps: setup.steps,
    cfg: setup.cfg,
    width: made.width,
    height: made.height,
    strength: null,
    vae: null,
    loras: [...setup.loras],
    settings: { 'Clip skip': '2' },
  }
  return { generation, raw: payloads(setup, made) }
}

function payloads(setup: Setup, made: MadePicture): RawPayload[] {
  const text = (key: string, data: string): RawPayload => ({ carrier: 'png:tEXt', key, encoding: 'utf8', data })
  switch (setup.generator) {
    case 'ComfyUI': {
      const graph = comfyGraph(setup, made)
      return [text('prompt', JSON.stringify(graph)), text('workflow', JSON.stringify(comfyWorkflow(graph)))]
    }
    case 'InvokeAI':
      return [text('invokeai_metadata', JSON.stringify(invokeMetadata(setup, made)))]
    case 'NovelAI':
      return [text('Description', made.prompt), text('Comment', JSON.stringify(novelComment(setup, made)))]
    case 'Midjourney':
      return [
        text('Description', `${made.prompt} --ar ${made.width}:${made.height} --v 6.1 Job ID: ${setup.modelHash}`),
      ]
    default:
      return [text('parameters', parametersText(setup, made))]
  }
}

function parametersText(setup: Setup, { prompt, negative, seed, width, height }: MadePicture): string {
  const tags = setup.loras.map(({ name, weight }) => ` <lora:${name}:${weight}>`).join('')
  const settings = `Steps: ${setup.steps}, Sampler: ${setup.sampler}, Schedule type: ${setup.scheduler}, CFG scale: ${setup.cfg}, Seed: ${seed}, Size: ${width}x${height}, Model hash: ${setup.modelHash}, Model: ${setup.model}, Clip skip: 2, Version: v1.10.1`
  return `${prompt}${tags}\n${negative === null ? '' : `Negative prompt: ${negative}\n`}${settings}`
}

type Graph = Record<string, { readonly class_type: string; readonly inputs: Record<string, unknown> }>

function comfyGraph(setup: Setup, { prompt, negative, seed, width, height }: MadePicture): Graph {
  // The seed is a number of 64 bits in the tool's JSON; as text here, because JavaScript would round it.
  const graph: Graph = {
    3: {
      class_type: 'KSampler',
      inputs: {
        seed,
        steps: setup.steps,
        cfg: setup.cfg,
        sampler_name: setup.sampler.toLowerCase().replaceAll(' ', '_'),
        scheduler: setup.scheduler.toLowerCase(),
        denoise: 1,
        model: [setup.loras.length > 0 ? '10' : '4', 0],
        positive: ['6', 0],
        negative: ['7', 0],
        latent_image: ['5', 0],
      },
    },
    4: { class_type: 'CheckpointLoaderSimple', inputs: { ckpt_name: `${setup.model}.safetensors` } },
    5: { class_type: 'EmptyLatentImage', inputs: { width, height, batch_size: 1 } },
    6: { class_type: 'CLIPTextEncode', inputs: { text: prompt, clip: ['4', 1] } },
    7: { class_type: 'CLIPTextEncode', inputs: { text: negative ?? '', clip: ['4', 1] } },
    8: { class_type: 'VAEDecode', inputs: { samples: ['3', 0], vae: ['4', 2] } },
    9: { class_type: 'SaveImage', inputs: { filename_prefix: 'ComfyUI', images: ['8', 0] } },
  }
  setup.loras.forEach(({ name, weight }, index) => {
    graph[10 + index] = {
      class_type: 'LoraLoader',
      inputs: {
        lora_name: `${name}.safetensors`,
        strength_model: weight,
        strength_clip: weight,
        model: [index + 1 < setup.loras.length ? String(11 + index) : '4', 0],
      },
    }
  })
  return graph
}

function comfyWorkflow(graph: Graph): unknown {
  const nodes = Object.entries(graph).map(([id, { class_type, inputs }], order) => ({
    id: Number(id),
    type: class_type,
    pos: [120 + 340 * order, 180 + 40 * (order % 3)],
    size: [315, 262],
    flags: {},
    order,
    mode: 0,
    properties: { 'Node name for S&R': class_type },
    widgets_values: Object.values(inputs).filter((value) => !Array.isArray(value)),
  }))
  return { last_node_id: nodes.length + 2, last_link_id: 9, nodes, links: [], groups: [], config: {}, version: 0.4 }
}

function invokeMetadata(setup: Setup, made: MadePicture): unknown {
  return {
    app_version: '5.4.2',
    generation_mode: 'sdxl_txt2img',
    positive_prompt: made.prompt,
    negative_prompt: made.negative ?? '',
    width: made.width,
    height: made.height,
    seed: Number(made.seed),
    cfg_scale: setup.cfg,
    steps: setup.steps,
    scheduler: setup.sampler,
    model: { key: setup.modelHash, name: setup.model, base: 'sdxl', type: 'main' },
    loras: setup.loras.map(({ name, weight }) => ({ model: { name }, weight })),
  }
}

function novelComment(setup: Setup, made: MadePicture): unknown {
  return {
    prompt: made.prompt,
    steps: setup.steps,
    height: made.height,
    width: made.width,
    scale: setup.cfg,
    seed: Number(made.seed),
    sampler: setup.sampler,
    uc: made.negative ?? '',
  }
}
