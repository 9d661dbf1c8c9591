import { z } from 'zod'
import { assetIdSchema } from '../../domain/ids.ts'
import { done, type RequestMap } from './requestMap.ts'

/** A program of this computer that can open an asset. */
export const openingProgramSchema = z.object({
  /** What the system calls it. */
  id: z.string().min(1).max(500),
  name: z.string(),
  isDefault: z.boolean(),
})
export type OpeningProgram = z.infer<typeof openingProgramSchema>

/**
 * Opening assets in other programs, answered by the shell. Programs get copies; what is saved in one becomes a new version of the
 * asset (the event `copy.saved`).
 */
export const openRequests = {
  /** The usual program first; empty where the system has a dialog of its own for that. */
  'shell.programs': { input: z.object({ id: assetIdSchema }), output: z.array(openingProgramSchema) },
  /** In the usual program for null. Fails when there is none, and for what would be run instead. */
  'shell.openWith': { input: z.object({ id: assetIdSchema, program: z.string().max(500).nullable() }), output: done },
  /** In a program that a person is asked for; false when they think better of it. */
  'shell.openWithOther': { input: z.object({ id: assetIdSchema }), output: z.boolean() },
} as const satisfies RequestMap
