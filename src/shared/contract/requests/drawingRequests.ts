import { z } from 'zod'
import { drawnSideSchema, pageSchema } from '../../domain/drawing.ts'
import { assetIdSchema } from '../../domain/ids.ts'
import type { RequestMap } from './requestMap.ts'

/** What the decoders make of an original only when somebody looks at it closely. */
export const drawingRequests = {
  /**
   * The file that shows an original, or one page of it, inside a square of that side: drawn if it has not been yet.
   * Rejects with `decode_failed` and others for what can't be drawn, with `cancelled` when newer ones are wanted more.
   */
  'assets.draw': {
    input: z.object({
      id: assetIdSchema,
      page: pageSchema.default(0),
      side: drawnSideSchema,
      format: z.enum(['webp', 'png']).default('webp'),
    }),
    output: z.object({
      /** Absolute, below the library's cache. */
      path: z.string(),
    }),
  },
  /** The beginning of a text as it can be read. */
  'assets.text': {
    input: z.object({ id: assetIdSchema }),
    output: z.object({
      text: z.string(),
      /** There is more in the file than was read. */
      truncated: z.boolean(),
    }),
  },
  /**
   * The bytes of a typeface, which is the only thing that a page can be set in without an address. Rejects with
   * `unsupported_type` for what is none, and with `file_too_large`.
   */
  'assets.typeface': {
    input: z.object({ id: assetIdSchema }),
    output: z.object({ bytes: z.instanceof(Uint8Array) }),
  },
} as const satisfies RequestMap
