import { z } from 'zod'
import { careSettingsSchema, careStatusSchema, evictionReportSchema, scrubSchema } from '../../domain/cloudCare.ts'
import { assetIdSchema, collectionIdSchema } from '../../domain/ids.ts'
import { done, none, type RequestMap } from './requestMap.ts'

export const careRequests = {
  /** How originals are kept on this computer. The event `care.changed` says when it is otherwise. */
  'care.status': { input: none, output: careStatusSchema },
  'care.configure': { input: careSettingsSchema.partial(), output: careStatusSchema },
  /**
   * Removes originals from this computer that the bucket is shown to hold in this moment. What has to stay is named with the
   * reason. Rejects when the bucket can't be asked.
   */
  'originals.evict': {
    input: z.object({ ids: z.array(assetIdSchema).min(1).max(10_000) }),
    output: evictionReportSchema,
  },
  /** Removes what was read longest ago until no more than so many bytes of originals are here, as far as it may go. */
  'originals.shrink': {
    input: z.object({ budgetBytes: z.number().int().nonnegative() }),
    output: z.object({ evicted: z.number().int(), bytes: z.number(), bytesHere: z.number() }),
  },
  /** Somebody reads these originals. */
  'originals.used': { input: z.object({ ids: z.array(assetIdSchema).min(1).max(1_000) }), output: done },
  /** Keeps the originals of a collection, and of all that is below it, on this computer. */
  'collections.pin': { input: z.object({ id: collectionIdSchema, pinned: z.boolean() }), output: careStatusSchema },
  /** Begins a round of looking at every file now, or goes on with the present one without waiting for quiet. */
  'scrub.start': { input: none, output: scrubSchema },
} as const satisfies RequestMap
