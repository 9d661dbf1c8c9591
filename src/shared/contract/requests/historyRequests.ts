import { z } from 'zod'
import { assetIdSchema } from '../../domain/ids.ts'
import { assetActivitySchema, mutationResultSchema, type RequestMap } from './requestMap.ts'

const id = assetIdSchema
const activityId = z.number().int().positive()

/** What happened to one asset. */
export const historyRequests = {
  /** The newest first; `before` is the id of the last entry that is known, for the next page. */
  'history.forAsset': {
    input: z.object({ id, before: activityId.optional(), limit: z.number().int().min(1).max(500).default(50) }),
    output: z.array(assetActivitySchema),
  },
  /**
   * Undoes an entry of whose `why_not_undone` is null, for all assets that it changed (`count`). `nothing_to_undo` says
   * why it can't be.
   */
  'history.undoEntry': { input: z.object({ id, activityId }), output: mutationResultSchema },
} as const satisfies RequestMap
