import { z } from 'zod'
import { assetIdSchema } from '../../domain/ids.ts'
import { assetVersionSchema, versionIdSchema } from '../../domain/version.ts'
import { mutationResultSchema, type RequestMap } from './requestMap.ts'

const description = z.string().trim().max(1_000).optional()

export const versionRequests = {
  /** Newest first; empty for an asset that has only the content it came with. */
  'versions.list': { input: z.object({ id: assetIdSchema }), output: z.array(assetVersionSchema) },
  /** Gives an asset the content of a file; what it had stays as an earlier version. Fails as an import of the file would. */
  'versions.add': {
    input: z.object({ id: assetIdSchema, path: z.string().min(1).max(8192), description }),
    output: mutationResultSchema,
  },
  /** The same with the content of another asset, which goes to Trash. */
  'versions.replace': {
    input: z.object({ id: assetIdSchema, by: assetIdSchema, description }),
    output: mutationResultSchema,
  },
  /** Brings the file of a version that is only in the bucket to this computer. */
  'versions.fetch': {
    input: z.object({ version: versionIdSchema }),
    output: z.object({ outcome: z.enum(['fetched', 'here']) }),
  },
  /** Makes an earlier content the current one again, as a version of its own; one that is only in the bucket is fetched first. */
  'versions.restore': { input: z.object({ version: versionIdSchema }), output: mutationResultSchema },
  'versions.describe': {
    input: z.object({ version: versionIdSchema, description: z.string().trim().max(1_000).nullable() }),
    output: mutationResultSchema,
  },
} as const satisfies RequestMap
