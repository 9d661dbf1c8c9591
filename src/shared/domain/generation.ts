import { z } from 'zod'

/** A network that was mixed into the model (LoRA, LyCORIS, hypernetwork, textual inversion), with its weight if known. */
export const loraSchema = z.object({ name: z.string(), weight: z.number().nullable() })
export type Lora = z.infer<typeof loraSchema>

/**
 * One payload as it stands in the file. Text that is not valid UTF-8 is kept as base64 of its bytes, so that the payload
 * can always be had back to the byte.
 */
export const rawPayloadSchema = z.object({
  /** Where it was found: `png:tEXt`, `exif:UserComment`, `xmp`, `mp4:ilst`, `stealth:alpha`, `sidecar:txt`, … */
  carrier: z.string(),
  /** Keyword or tag within the carrier, '' where it has none. */
  key: z.string(),
  encoding: z.enum(['utf8', 'base64']),
  data: z.string(),
})
export type RawPayload = z.infer<typeof rawPayloadSchema>

/**
 * How a picture, video or sound was generated, in the words that all tools share. A field is null where the file does not
 * say; nothing is guessed.
 */
export const generationSchema = z.object({
  /** The tool as people call it: `AUTOMATIC1111`, `ComfyUI`, `InvokeAI`, `NovelAI`, … */
  generator: z.string(),
  /** Version of the tool. */
  version: z.string().nullable(),
  prompt: z.string().nullable(),
  negative_prompt: z.string().nullable(),
  /** As the tool names it, without folder and file extension. */
  model: z.string().nullable(),
  model_hash: z.string().nullable(),
  /** Decimal text, because seeds exceed 2^53. */
  seed: z.string().nullable(),
  sampler: z.string().nullable(),
  scheduler: z.string().nullable(),
  steps: z.number().nullable(),
  cfg: z.number().nullable(),
  /** Pixels that the tool was asked for, which need not be those of the file. */
  width: z.number().int().positive().nullable(),
  height: z.number().int().positive().nullable(),
  /** Denoising strength of image-to-image, 0 to 1. */
  strength: z.number().nullable(),
  vae: z.string().nullable(),
  loras: z.array(loraSchema),
  /** Everything else that the tool wrote as name and value, by the tool's own names. */
  settings: z.record(z.string(), z.string()),
})
export type Generation = z.infer<typeof generationSchema>

/** What is known of a generation when only the tool is. */
export const nothingSaid: Omit<Generation, 'generator' | 'version'> = {
  prompt: null,
  negative_prompt: null,
  model: null,
  model_hash: null,
  seed: null,
  sampler: null,
  scheduler: null,
  steps: null,
  cfg: null,
  width: null,
  height: null,
  strength: null,
  vae: null,
  loras: [],
  settings: {},
}

/** The facts with the payloads that they were read from. */
export const generationRecordSchema = generationSchema.extend({ raw: z.array(rawPayloadSchema) })
export type GenerationRecord = z.infer<typeof generationRecordSchema>
