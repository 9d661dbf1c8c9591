import { z } from 'zod'
import { rowIdSchema } from '../../domain/ids.ts'
import { mutationResultSchema, type RequestMap } from './requestMap.ts'

const conflictId = z.number().int().positive()
const writer = z.object({
  id: z.string(),
  /** What its owner calls the device; null before it has said so. */
  name: z.string().nullable(),
  is_this: z.boolean(),
})
export const conflictSchema = z.object({
  id: conflictId,
  /** `asset`, `collection`, `tag`, `generationRequest` or `librarySetting`. */
  entity: z.string(),
  entity_id: z.string(),
  /** Of an asset that is there, to show it by. */
  row_id: rowIdSchema.nullable(),
  /** What people call it, null if it has no name. */
  name: z.string().nullable(),
  field: z.string(),
  /** What stands there, and what lost against it. */
  value: z.json(),
  lost: z.json(),
  device: writer,
  lost_device: writer,
  /** By the clock of the device whose edit lost. */
  lost_at: z.iso.datetime(),
  found_at: z.iso.datetime(),
})
export type Conflict = z.infer<typeof conflictSchema>

/** Edits that lost against one of another device that was made without knowing of them. */
export const conflictRequests = {
  /** The newest first; `before` is the id of the last one that is known, for the next page. */
  'conflicts.list': {
    input: z.object({ limit: z.number().int().min(1).max(500).default(100), before: conflictId.optional() }),
    output: z.object({ total: z.number().int().nonnegative(), conflicts: z.array(conflictSchema) }),
  },
  /** `restore` writes what lost, as a change that can be undone; `keep` confirms what stands. Other devices follow. */
  'conflicts.resolve': {
    input: z.object({ ids: z.array(conflictId).min(1).max(500), how: z.enum(['restore', 'keep']) }),
    output: mutationResultSchema,
  },
} as const satisfies RequestMap
