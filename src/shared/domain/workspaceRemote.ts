import { z } from 'zod'
import { remoteIdSchema } from './ids.ts'

/** How the Workspace stands with a bucket that generators write to. */
export const workspaceRemoteStateSchema = z.object({
  id: remoteIdSchema,
  state: z.enum(['up-to-date', 'working', 'offline', 'paused', 'attention']),
  /** What keeps it, for a person. */
  message: z.string().nullable(),
  /** What is there, as listed last. */
  objects: z.number().int().nonnegative(),
  bytes: z.number().nonnegative(),
  /** Of those, still to be brought here. */
  waiting: z.number().int().nonnegative(),
  waitingBytes: z.number().nonnegative(),
  /** Left there for a reason; the first of them are in `refusals`. */
  refused: z.number().int().nonnegative(),
  refusals: z.array(z.object({ key: z.string(), message: z.string() })),
  /** Kept or discarded here, and still to be removed there. */
  leaving: z.number().int().nonnegative(),
  lastLookAt: z.iso.datetime().nullable(),
  /** When an offline bucket is tried again. */
  nextAttemptAt: z.iso.datetime().nullable(),
})
export type WorkspaceRemoteState = z.infer<typeof workspaceRemoteStateSchema>
