import { z } from 'zod'
import { assetIdSchema } from './ids.ts'

/** Where a generator finds what a request is to look at. */
export const requestMediaSchema = z.object({
  /** Name of the remote that holds the copies. */
  remote: z.string(),
  /** In the order of the request’s references. */
  media: z.array(
    z.object({
      id: assetIdSchema,
      file_name: z.string(),
      /** `https:` for a bucket, `file:` for a folder; null where there is none. */
      url: z.string().nullable(),
      /** Until when the address leads there; null for one that does not end by itself, and where there is none. */
      expires_at: z.iso.datetime().nullable(),
      /** Why there is no address, for a person. */
      reason: z.string().nullable(),
    }),
  ),
})
export type RequestMedia = z.infer<typeof requestMediaSchema>
