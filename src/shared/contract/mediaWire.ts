import { z } from 'zod'
import { generationRecordSchema } from '../domain/generation.ts'
import { sha256Schema } from '../domain/ids.ts'

/**
 * Messages between the engine's pool and one decoder process. The decoders read untrusted bytes, so what they answer
 * is parsed like anything else that comes from outside.
 */
export const mediaTaskSchema = z.object({
  path: z.string(),
  sha256: sha256Schema,
  mimeType: z.string(),
  thumbnailFolder: z.string(),
  sizes: z.array(z.number().int().positive()).readonly(),
  /** Files that describe this one (`.xmp`, `.txt`, `.swarm.json`), absolute paths. */
  sidecars: z.array(z.string()).readonly(),
  /** A picture that was made of the file elsewhere (a frame that a window drew) and stands for it, absolute path. */
  poster: z.string().optional(),
})
export type MediaTaskMessage = z.infer<typeof mediaTaskSchema>

const mediaFactsSchema = z.object({
  width: z.number().int().positive().nullable(),
  height: z.number().int().positive().nullable(),
  durationSeconds: z.number().nonnegative().nullable(),
  frames: z.number().int().positive().nullable(),
  thumbhash: z.string().nullable(),
  dominantColors: z.array(z.string().regex(/^#[0-9a-f]{6}$/)).max(5),
  perceptualHash: z
    .string()
    .regex(/^[0-9a-f]{16}$/)
    .nullable(),
  capturedAt: z.number().int().nullable(),
  gps: z.object({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) }).nullable(),
  metadata: z.record(z.string(), z.json()),
  generation: generationRecordSchema.nullable(),
  thumbnails: z.array(z.number().int().positive()),
  /** `decode_failed`: there are thumbnails, but they show only the part that could be read. */
  noThumbnail: z
    .object({ code: z.enum(['unsupported_type', 'file_too_large', 'decode_failed']), message: z.string() })
    .nullable(),
})
export type MediaFactsMessage = z.infer<typeof mediaFactsSchema>

const mediaOutcomeSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), facts: mediaFactsSchema }),
  z.object({
    ok: z.literal(false),
    code: z.enum(['decode_failed', 'pixel_limit', 'file_vanished', 'io_error', 'disk_full']),
    message: z.string(),
    facts: mediaFactsSchema.nullable(),
  }),
])
export type MediaOutcomeMessage = z.infer<typeof mediaOutcomeSchema>

/** To a decoder process: tasks to be done one after the other, answered together. What comes meanwhile waits there. */
export const toMediaSchema = z.object({ id: z.number().int(), tasks: z.array(mediaTaskSchema).min(1).readonly() })
export type ToMedia = z.infer<typeof toMediaSchema>

export const fromMediaSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  /** One outcome for each task, in their order; `rss` is the process's resident memory after the last, in bytes. */
  z.object({ type: z.literal('done'), id: z.number().int(), outcomes: z.array(mediaOutcomeSchema), rss: z.number() }),
])
export type FromMedia = z.infer<typeof fromMediaSchema>

/** Names of the environment variables that carry the limits to a decoder process. */
export const mediaEnvironment = {
  memoryLimitBytes: 'VITRINE_MEDIA_MEMORY',
  pixelLimit: 'VITRINE_MEDIA_PIXELS',
  timeoutMs: 'VITRINE_MEDIA_TIMEOUT',
  faults: 'VITRINE_FAULTS',
} as const

/** Written to stderr by a decoder process that ends itself because it holds too much memory. */
export const memoryLimitMarker = 'vitrine-media: over the memory limit'
