import { z } from 'zod'
import { pageSchema } from '../domain/drawing.ts'
import { renderFormatSchema } from '../domain/fileExport.ts'
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
  /** Left out: facts and thumbnails. Else only a closer look: one page drawn at the one size, or the text. */
  wanted: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('drawing'), page: pageSchema, format: z.enum(['webp', 'png']) }),
      z.object({ kind: z.literal('text') }),
    ])
    .optional(),
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

/** To make other files of a picture: each output fitted into its box, in one format. */
const renderTaskSchema = z.object({
  path: z.string(),
  mimeType: z.string(),
  format: renderFormatSchema,
  /** 1 to 100; PNG has none. */
  quality: z.number().int().min(1).max(100),
  /** Takes over what the file says of itself (EXIF, XMP), as far as its kind and the new format allow; else nothing is. */
  keepMetadata: z.boolean(),
  /** Longest side of the largest output, pixels: what a drawing is drawn at. */
  side: z.number().int().positive(),
  outputs: z
    .array(
      z.object({
        /** Absolute; a file that is there is replaced. */
        path: z.string(),
        /** Most pixels each way, null for as many as there are. Nothing but a drawing is enlarged. */
        width: z.number().int().positive().nullable(),
        height: z.number().int().positive().nullable(),
      }),
    )
    .min(1)
    .readonly(),
})
export type RenderTaskMessage = z.infer<typeof renderTaskSchema>

const renderOutcomeSchema = z.discriminatedUnion('ok', [
  z.object({
    ok: z.literal(true),
    /** One for each output. */
    rendered: z.array(z.object({ width: z.number().int(), height: z.number().int(), bytes: z.number() })).readonly(),
  }),
  z.object({
    ok: z.literal(false),
    code: z.enum(['decode_failed', 'pixel_limit', 'file_vanished', 'io_error', 'disk_full', 'unsupported_type']),
    message: z.string(),
  }),
])
export type RenderOutcomeMessage = z.infer<typeof renderOutcomeSchema>

/** What a decoder process can be asked to do with one file. */
const mediaJobSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('read'), task: mediaTaskSchema }),
  z.object({ kind: z.literal('render'), task: renderTaskSchema }),
])
export type MediaJob = z.infer<typeof mediaJobSchema>

const mediaAnswerSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('read'), outcome: mediaOutcomeSchema }),
  z.object({ kind: z.literal('render'), outcome: renderOutcomeSchema }),
])
export type MediaAnswer = z.infer<typeof mediaAnswerSchema>

/** To a decoder process: jobs to be done one after the other, answered together. What comes meanwhile waits there. */
export const toMediaSchema = z.object({ id: z.number().int(), jobs: z.array(mediaJobSchema).min(1).readonly() })
export type ToMedia = z.infer<typeof toMediaSchema>

export const fromMediaSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  /** One answer for each job, in their order; `rss` is the process's resident memory after the last, in bytes. */
  z.object({ type: z.literal('done'), id: z.number().int(), answers: z.array(mediaAnswerSchema), rss: z.number() }),
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
