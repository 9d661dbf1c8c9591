import { z } from 'zod'
import { collectionIdSchema, libraryIdSchema, remoteIdSchema } from '../../domain/ids.ts'
import { activitySchema, mutationResultSchema, none, type RequestMap } from './requestMap.ts'

export const libraryInfoSchema = z.object({
  id: libraryIdSchema,
  name: z.string(),
  path: z.string(),
  dropFolder: z.string(),
  dropFolderProblem: z.string().nullable(),
  revision: z.number().int(),
  /** Null when Workspace assets don't expire. */
  expiryDays: z.number().int().positive().nullable(),
  /** Set when the catalogue was damaged and has been rebuilt: where the damaged file was put, what came back. */
  recovered: z.object({ setAside: z.string(), assets: z.number().int() }).nullable(),
})
export type LibraryInfo = z.infer<typeof libraryInfoSchema>

export const libraryCountsSchema = z.object({
  revision: z.number().int(),
  workspace: z.number().int(),
  /** When the next Workspace asset expires; null when none does. */
  nextExpiryAt: z.iso.datetime().nullable(),
  library: z.number().int(),
  favorites: z.number().int(),
  recent: z.number().int(),
  untagged: z.number().int(),
  /** Wherever they are but in Trash. */
  missing: z.number().int(),
  trash: z.number().int(),
})
export type LibraryCounts = z.infer<typeof libraryCountsSchema>

export const statsSchema = z.object({
  total: z.object({ assets: z.number().int(), bytes: z.number() }),
  bySpace: z.record(z.string(), z.object({ assets: z.number().int(), bytes: z.number() })),
  byType: z.record(z.string(), z.object({ assets: z.number().int(), bytes: z.number(), averageBytes: z.number() })),
  byCollection: z.array(
    z.object({ id: collectionIdSchema, name: z.string(), assets: z.number().int(), bytes: z.number() }),
  ),
  byRemote: z.array(z.object({ id: remoteIdSchema, name: z.string(), objects: z.number().int(), bytes: z.number() })),
  trash: z.object({ assets: z.number().int(), bytes: z.number() }),
})
export type Stats = z.infer<typeof statsSchema>

export const libraryRequests = {
  'library.info': { input: none, output: libraryInfoSchema },
  'library.counts': { input: none, output: libraryCountsSchema },
  'library.stats': { input: none, output: statsSchema },
  'history.undo': { input: none, output: mutationResultSchema },
  'history.redo': { input: none, output: mutationResultSchema },
  'history.list': { input: z.object({ limit: z.number().int().min(1).max(1000) }), output: z.array(activitySchema) },
} as const satisfies RequestMap
