import { z } from 'zod'
import { assetIdSchema } from '../domain/ids.ts'
import { posterFrameSchema } from '../domain/posterFrame.ts'
import { errorDataSchema } from './errors.ts'
import { libraryInfoSchema } from './requests/libraryRequests.ts'
import { openingWorkSchema } from './requests/openingWork.ts'
import { joinedRemoteSchema } from './requests/remoteRequests.ts'

/**
 * Messages between the engine and whoever drives it: the shell over child-process IPC, a second process over the
 * engine's local socket. Both use structured clone, so typed arrays cross as they are.
 */
export const toEngineSchema = z.discriminatedUnion('type', [
  /** First message from the shell. `create` makes the library if the folder has none. */
  z.object({
    type: z.literal('open'),
    path: z.string(),
    create: z.boolean(),
    /** With `create`: makes a copy of the library that is there instead of a new one. */
    join: joinedRemoteSchema.optional(),
  }),
  z.object({ type: z.literal('request'), id: z.number().int(), name: z.string(), input: z.unknown() }),
  /** The shell's answer to `capture`. */
  z.object({ type: z.literal('captured'), id: z.number().int(), frame: posterFrameSchema }),
  /** Answered at once with `pong` by an engine that isn't stuck; only from the shell that started it. */
  z.object({ type: z.literal('ping') }),
  z.object({ type: z.literal('close') }),
])
export type ToEngine = z.infer<typeof toEngineSchema>

export const fromEngineSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('opened'), library: libraryInfoSchema }),
  /** Something takes long; only to the shell that started this engine. */
  z.object({ type: z.literal('opening'), work: openingWorkSchema }),
  z.object({ type: z.literal('open-failed'), error: errorDataSchema }),
  z.object({ type: z.literal('answer'), id: z.number().int(), ok: z.literal(true), value: z.unknown() }),
  z.object({ type: z.literal('refusal'), id: z.number().int(), error: errorDataSchema }),
  z.object({ type: z.literal('pong') }),
  z.object({ type: z.literal('event'), name: z.string(), payload: z.unknown() }),
  /** Asks the shell for a frame of a film; only to the shell that started this engine, never over the socket. */
  z.object({ type: z.literal('capture'), id: z.number().int(), assetId: assetIdSchema }),
])
export type FromEngine = z.infer<typeof fromEngineSchema>
