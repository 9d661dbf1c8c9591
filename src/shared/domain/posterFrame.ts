import { z } from 'zod'

/** What became of asking a window for a frame of a film. */
export const posterFrameSchema = z.discriminatedUnion('ok', [
  /** A picture file: WebP, or PNG where that can't be written. */
  z.object({ ok: z.literal(true), picture: z.instanceof(Uint8Array) }),
  z.object({
    ok: z.literal(false),
    /** `unplayable`: there is no decoder for it here. `unavailable`: there is no window, or it took too long. */
    reason: z.enum(['unplayable', 'unavailable']),
    message: z.string(),
  }),
])
export type PosterFrame = z.infer<typeof posterFrameSchema>
