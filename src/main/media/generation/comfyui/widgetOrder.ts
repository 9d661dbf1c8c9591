import { asObject, maxName } from './graph.ts'
import type { UiNode } from './uiNodes.ts'

const sampler = ['seed', 'steps', 'cfg', 'sampler_name', 'scheduler', 'denoise']
const advancedSampler = [
  'add_noise',
  'noise_seed',
  'steps',
  'cfg',
  'sampler_name',
  'scheduler',
  'start_at_step',
  'end_at_step',
  'return_with_leftover_noise',
]

/**
 * Fields of common nodes in the order in which the window shows and saves them. A seed is followed by its control
 * (`randomize`, `fixed` …), which is no field. Facts of the nodes' INPUT_TYPES in ComfyUI and its packs; newer windows name
 * the fields in the node itself, then this table is not needed.
 */
const fields: Readonly<Record<string, readonly string[]>> = Object.assign(Object.create(null), {
  KSampler: sampler,
  KSamplerAdvanced: advancedSampler,
  'KSampler (Efficient)': [...sampler, 'preview_method', 'vae_decode'],
  'KSampler Adv. (Efficient)': [...advancedSampler, 'preview_method', 'vae_decode'],
  'KSampler //Inspire': [...sampler, 'noise_mode', 'batch_seed_mode', 'variation_seed', 'variation_strength'],
  SamplerCustom: ['add_noise', 'noise_seed', 'cfg'],
  RandomNoise: ['noise_seed'],
  KSamplerSelect: ['sampler_name'],
  BasicScheduler: ['scheduler', 'steps', 'denoise'],
  KarrasScheduler: ['steps', 'sigma_max', 'sigma_min', 'rho'],
  AlignYourStepsScheduler: ['model_type', 'steps', 'denoise'],
  SDTurboScheduler: ['steps', 'denoise'],
  Flux2Scheduler: ['steps', 'width', 'height'],
  LTXVScheduler: ['steps', 'max_shift', 'base_shift', 'stretch', 'terminal'],
  CFGGuider: ['cfg'],
  FluxGuidance: ['guidance'],
  CheckpointLoaderSimple: ['ckpt_name'],
  'CheckpointLoader|pysssh': ['ckpt_name'],
  CheckpointLoader: ['config_name', 'ckpt_name'],
  unCLIPCheckpointLoader: ['ckpt_name'],
  ImageOnlyCheckpointLoader: ['ckpt_name'],
  UNETLoader: ['unet_name', 'weight_dtype'],
  UnetLoaderGGUF: ['unet_name'],
  UnetLoaderGGUFAdvanced: ['unet_name'],
  DiffusersLoader: ['model_path'],
  NunchakuFluxDiTLoader: ['model_path'],
  WanVideoModelLoader: ['model'],
  LoraLoader: ['lora_name', 'strength_model', 'strength_clip'],
  'LoraLoader|pysssh': ['lora_name', 'strength_model', 'strength_clip'],
  LoraLoaderModelOnly: ['lora_name', 'strength_model'],
  WanVideoLoraSelect: ['lora', 'strength'],
  'Lora Loader Stack (rgthree)': [
    'lora_01',
    'strength_01',
    'lora_02',
    'strength_02',
    'lora_03',
    'strength_03',
    'lora_04',
    'strength_04',
  ],
  'CR LoRA Stack': [
    'switch_1',
    'lora_name_1',
    'model_weight_1',
    'clip_weight_1',
    'switch_2',
    'lora_name_2',
    'model_weight_2',
    'clip_weight_2',
    'switch_3',
    'lora_name_3',
    'model_weight_3',
    'clip_weight_3',
  ],
  VAELoader: ['vae_name'],
  CLIPSetLastLayer: ['stop_at_clip_layer'],
  CLIPTextEncode: ['text'],
  CLIPTextEncodeSDXL: ['width', 'height', 'crop_w', 'crop_h', 'target_width', 'target_height', 'text_g', 'text_l'],
  CLIPTextEncodeSDXLRefiner: ['ascore', 'width', 'height', 'text'],
  CLIPTextEncodeFlux: ['clip_l', 't5xxl', 'guidance'],
  CLIPTextEncodeSD3: ['clip_l', 'clip_g', 't5xxl', 'empty_padding'],
  BNK_CLIPTextEncodeAdvanced: ['text', 'token_normalization', 'weight_interpretation'],
  'smZ CLIPTextEncode': [
    'text',
    'parser',
    'mean_normalization',
    'multi_conditioning',
    'use_old_emphasis_implementation',
    'with_SDXL',
  ],
  TextEncodeQwenImageEdit: ['prompt'],
  TextEncodeQwenImageEditPlus: ['prompt'],
  WanVideoTextEncode: ['positive_prompt', 'negative_prompt', 'force_offload'],
  HyVideoTextEncode: ['prompt'],
  GLIGENTextBoxApply: ['text', 'width', 'height', 'x', 'y'],
  ConditioningAverage: ['conditioning_to_strength'],
  EmptyLatentImage: ['width', 'height', 'batch_size'],
  EmptySD3LatentImage: ['width', 'height', 'batch_size'],
  EmptyFlux2LatentImage: ['width', 'height', 'batch_size'],
  EmptyHunyuanLatentVideo: ['width', 'height', 'length', 'batch_size'],
  EmptyLTXVLatentVideo: ['width', 'height', 'length', 'batch_size'],
  EmptyMochiLatentVideo: ['width', 'height', 'length', 'batch_size'],
  WanVideoEmptyEmbeds: ['width', 'height', 'num_frames'],
  WanImageToVideo: ['width', 'height', 'length', 'batch_size'],
  LatentUpscale: ['upscale_method', 'width', 'height', 'crop'],
  LatentUpscaleBy: ['upscale_method', 'scale_by'],
  ImageScale: ['upscale_method', 'width', 'height', 'crop'],
  ImageScaleBy: ['upscale_method', 'scale_by'],
  LoadImage: ['image'],
  SaveImage: ['filename_prefix'],
  'Efficient Loader': [
    'ckpt_name',
    'vae_name',
    'clip_skip',
    'lora_name',
    'lora_model_strength',
    'lora_clip_strength',
    'positive',
    'negative',
    'token_normalization',
    'weight_interpretation',
    'empty_latent_width',
    'empty_latent_height',
    'batch_size',
  ],
  UltimateSDUpscale: ['upscale_by', 'seed', 'steps', 'cfg', 'sampler_name', 'scheduler', 'denoise'],
  FaceDetailer: [
    'guide_size',
    'guide_size_for',
    'max_size',
    'seed',
    'steps',
    'cfg',
    'sampler_name',
    'scheduler',
    'denoise',
  ],
  WanVideoSampler: ['steps', 'cfg', 'shift', 'seed', 'force_offload', 'scheduler'],
  HyVideoSampler: ['width', 'height', 'num_frames', 'steps', 'embedded_guidance_scale', 'flow_shift', 'seed'],
  PrimitiveInt: ['value'],
  PrimitiveFloat: ['value'],
  PrimitiveString: ['value'],
  PrimitiveStringMultiline: ['value'],
  'Seed (rgthree)': ['seed'],
  'Seed Everywhere': ['seed'],
  'easy seed': ['seed'],
  'CR Seed': ['seed'],
  INTConstant: ['value'],
  StringConcatenate: ['string_a', 'string_b', 'delimiter'],
  JoinStrings: ['string1', 'string2', 'delimiter'],
  'Text Multiline': ['text'],
  'Text Concatenate': ['delimiter', 'clean_whitespace'],
  'Text Find and Replace': ['text', 'find', 'replace'],
  'CR Text': ['text'],
  'CR Prompt Text': ['prompt'],
  'easy positive': ['positive'],
  'easy negative': ['negative'],
  'String Literal': ['string'],
  'Simple String': ['string'],
  ImpactWildcardProcessor: ['wildcard_text', 'populated_text', 'mode', 'seed'],
  ImpactSwitch: ['select', 'sel_mode'],
  'CR Text Input Switch': ['Input'],
  ComfySwitchNode: ['switch'],
})

const controls = /^(fixed|increment|decrement|randomize)$/
const isSeed = /seed$/

/** The values of a node's fields by their names; those that can't be named are left out. */
export function namedWidgets(node: UiNode): ReadonlyMap<string, unknown> {
  const values = node.widgetValues
  const byName = asObject(values)
  if (byName !== null) return new Map(Object.entries(byName).filter(([name]) => name.length <= maxName))
  if (!Array.isArray(values)) return new Map()
  const declared = node.inputs.filter((slot) => slot.isWidget).map((slot) => slot.name)
  const known = fields[node.type]
  const own = align(declared, values)
  // Windows before 1.16 name only the fields that were turned into inputs; then values are left over.
  if (declared.length > 0 && (own.rest === 0 || known === undefined || declared.length > known.length)) {
    if (own.rest === 0 || declared.length > 1) return own.named
  }
  if (known !== undefined) return align(known, values).named
  return lone(values)
}

function align(names: readonly string[], values: readonly unknown[]): { named: Map<string, unknown>; rest: number } {
  const named = new Map<string, unknown>()
  let at = 0
  for (const name of names) {
    if (at >= values.length) break
    named.set(name, values[at])
    at += 1
    const next = values[at]
    // The first versions saved the control as a flag.
    const isControl =
      (typeof next === 'string' && controls.test(next)) || (typeof next === 'boolean' && values.length > names.length)
    if (isSeed.test(name) && isControl) at += 1
  }
  // Upload buttons save a value of their own.
  if (values.length - at === 1 && values[at] === 'image') at += 1
  return { named, rest: values.length - at }
}

/** A node of an unknown class whose fields speak for themselves: one value, or the LoRAs of a list. */
function lone(values: readonly unknown[]): ReadonlyMap<string, unknown> {
  const named = new Map<string, unknown>()
  values.forEach((value, index) => {
    if (typeof asObject(value)?.lora === 'string') named.set(`lora_${index}`, value)
  })
  const plain = values.filter((value) => value !== null && typeof value !== 'object')
  const [only] = plain
  if (named.size === 0 && plain.length === 1) named.set(typeof only === 'string' ? 'text' : 'value', only)
  return named
}
