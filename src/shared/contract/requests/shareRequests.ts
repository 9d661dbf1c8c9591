import { z } from 'zod'
import { assetIdSchema } from '../../domain/ids.ts'
import { LONGEST_SHARE_SECONDS, shareCheckSchema, shareKindSchema, shareSchema } from '../../domain/share.ts'
import type { RequestMap } from './requestMap.ts'

export const shareRequests = {
  /** What sharing an asset would tell, and which ways there are. */
  'shares.check': { input: z.object({ id: assetIdSchema }), output: shareCheckSchema },
  /** Puts a copy of the asset's file into the bucket, under a name that nobody guesses, and gives its address. */
  'shares.create': {
    input: z.object({
      id: assetIdSchema,
      kind: shareKindSchema,
      /** Of a presigned link. */
      expiresSeconds: z.number().int().min(60).max(LONGEST_SHARE_SECONDS).default(LONGEST_SHARE_SECONDS),
      /** The picture drawn anew, without what its file says of place, people, camera and prompts. */
      stripped: z.boolean(),
    }),
    output: shareSchema,
  },
  /** Those of an asset, or of all, that anybody can still read; the latest first. */
  'shares.list': { input: z.object({ id: assetIdSchema.optional() }), output: z.array(shareSchema) },
  /** Removes the copy, so that its address leads nowhere. */
  'shares.revoke': { input: z.object({ id: z.string() }), output: shareSchema },
} as const satisfies RequestMap
