import { z } from 'zod'
import { assetIdSchema, rowIdSchema } from '../../domain/ids.ts'
import type { RequestMap } from './requestMap.ts'

const stack = z.object({
  /** The newest of them. */
  rowIds: z.array(rowIdSchema),
  total: z.number().int().nonnegative(),
})
const most = z.number().int().min(1).max(1000).default(200)

/** Pictures that were made of the same prompt. Case and white space make no difference; none in Trash, here and below. */
export const stackRequests = {
  /**
   * Without the asset itself: what was made with its seed too (the same picture in variants), and with other seeds. Both
   * empty for an asset without a prompt.
   */
  'stacks.of': {
    input: z.union([z.object({ id: assetIdSchema, limit: most }), z.object({ rowId: rowIdSchema, limit: most })]),
    output: z.object({ sameSeed: stack, variations: stack }),
  },
  /** In the order asked for: how many assets have its prompt, and how many its seed too. 0 for one without. */
  'stacks.counts': {
    input: z.object({ rowIds: z.array(rowIdSchema).max(1000) }),
    output: z.object({
      prompt: z.array(z.number().int().nonnegative()),
      seed: z.array(z.number().int().nonnegative()),
    }),
  },
} as const satisfies RequestMap
