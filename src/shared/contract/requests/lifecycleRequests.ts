import { z } from 'zod'
import { jobIdSchema } from '../../domain/ids.ts'
import {
  expiryReportSchema,
  lifecycleChangeSchema,
  lifecyclePolicySchema,
  lifecycleStatusSchema,
  workspaceSessionSchema,
} from '../../domain/lifecycle.ts'
import { assets, mutationResultSchema, none, type RequestMap } from './requestMap.ts'

/** How many assets a person was told would be removed for good; with more, nothing is. */
const confirmed = z.number().int().nonnegative()
const purgeReportSchema = mutationResultSchema.extend({
  /** Of the originals. */
  bytes: z.number().nonnegative(),
  /** Files that could not be removed yet; it is tried again by itself, and `lifecycle.status` says why. */
  filesLeft: z.number().int().nonnegative(),
})

export const lifecycleRequests = {
  'lifecycle.policy': { input: none, output: lifecyclePolicySchema },
  /** Another `expiryDays` gives everything in the Workspace another date, never one within the next day. One undo. */
  'lifecycle.configure': {
    input: lifecycleChangeSchema,
    output: z.object({ policy: lifecyclePolicySchema, result: mutationResultSchema }),
  },
  'lifecycle.status': { input: none, output: lifecycleStatusSchema },
  /**
   * Moves what has expired to Trash, and removes for good what Trash has kept its time. `now` acts as if it were then,
   * whatever the clock has done; `force` also takes what is held. What was kept is never touched.
   */
  'workspace.expire': {
    input: z.object({ now: z.iso.datetime({ offset: true }).optional(), force: z.boolean().optional() }),
    output: expiryReportSchema,
  },
  /** At least so many days from now; without `days` as many as a new asset gets, null for no end. */
  'workspace.keepLonger': {
    input: assets.extend({ days: z.number().int().min(1).max(3650).nullable().optional() }),
    output: mutationResultSchema,
  },
  /** The latest first. */
  'workspace.sessions': { input: none, output: z.array(workspaceSessionSchema) },
  /** Discards what is left in the Workspace of a session, of a generation job, or of both. */
  'workspace.discardRest': {
    input: z.object({
      session: z.object({ from: z.iso.datetime(), to: z.iso.datetime() }).optional(),
      jobId: jobIdSchema.optional(),
    }),
    output: mutationResultSchema,
  },
  /** Removes everything in Trash for good. Fails with `count_changed` (`details.count`) when there is more than confirmed. */
  'trash.empty': { input: z.object({ confirmed }), output: purgeReportSchema },
  /** The same for some of it; what is not in Trash is left alone. */
  'trash.purge': { input: assets.extend({ confirmed }), output: purgeReportSchema },
} as const satisfies RequestMap
