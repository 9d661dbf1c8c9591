import { z } from 'zod'
import { errorDataSchema } from './errors.ts'
import { libraryInfoSchema } from './requests.ts'

/**
 * Messages between the engine and whoever drives it: the shell over child-process IPC, a second process over the
 * engine's local socket. Both use structured clone, so typed arrays cross as they are.
 */
export const toEngineSchema = z.discriminatedUnion('type', [
  /** First message from the shell. `create` makes the library if the folder has none. */
  z.object({ type: z.literal('open'), path: z.string(), create: z.boolean() }),
  z.object({ type: z.literal('request'), id: z.number().int(), name: z.string(), input: z.unknown() }),
  z.object({ type: z.literal('close') }),
])
export type ToEngine = z.infer<typeof toEngineSchema>

export const fromEngineSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('opened'), library: libraryInfoSchema }),
  z.object({ type: z.literal('open-failed'), error: errorDataSchema }),
  z.object({ type: z.literal('answer'), id: z.number().int(), ok: z.literal(true), value: z.unknown() }),
  z.object({ type: z.literal('refusal'), id: z.number().int(), error: errorDataSchema }),
  z.object({ type: z.literal('event'), name: z.string(), payload: z.unknown() }),
])
export type FromEngine = z.infer<typeof fromEngineSchema>
