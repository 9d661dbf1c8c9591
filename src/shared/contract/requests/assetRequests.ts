import { z } from 'zod'
import { assetCardSchema, assetPatchSchema, assetSchema } from '../../domain/asset.ts'
import { duplicatesSchema } from '../../domain/duplicate.ts'
import { assetIdSchema, collectionIdSchema, rowIdSchema } from '../../domain/ids.ts'
import { libraryQuerySchema } from '../../domain/query.ts'
import { assetActivitySchema, assets, done, mutationResultSchema, none, type RequestMap } from './requestMap.ts'

export const assetVectorSchema = z.object({
  revision: z.number().int(),
  total: z.number().int().nonnegative(),
  /** Row ids in the order of the query. */
  rowIds: z.instanceof(Int32Array),
  /** Width divided by height, one for each row id; 1 where unknown. */
  aspects: z.instanceof(Float32Array),
})
export type AssetVector = z.infer<typeof assetVectorSchema>

export const assetDetailSchema = assetSchema.extend({
  /** Absolute paths of the thumbnails that exist. */
  thumbnails: z.partialRecord(z.enum(['150', '300', '600']), z.string()),
  /** Absolute path of the original. */
  original_path: z.string(),
  /** Key of the original in the library bucket once it is there, else null. */
  remote_key: z.string().nullable(),
  /** The newest entries; `history.forAsset` has the others. */
  history: z.array(assetActivitySchema),
})
export type AssetDetail = z.infer<typeof assetDetailSchema>

const namePatternSchema = z.string().min(1).max(200)

export const assetRequests = {
  'assets.query': { input: libraryQuerySchema, output: assetVectorSchema },
  /** Cards in the order asked for; rows that no longer exist are left out. */
  'assets.cards': {
    input: z.object({ rowIds: z.array(rowIdSchema).max(1000) }),
    output: z.array(assetCardSchema),
  },
  'assets.get': {
    input: z.union([z.object({ id: assetIdSchema }), z.object({ rowId: rowIdSchema }), z.object({ path: z.string() })]),
    output: assetDetailSchema,
  },
  /** What a person may mean by a full id, the beginning of one (from four digits) or a path; at most ten. */
  'assets.find': {
    input: z.object({ reference: z.string().min(1).max(8192) }),
    output: z.array(z.object({ id: assetIdSchema, file_name: z.string() })).max(10),
  },
  /** Full records in the order asked for; rows that no longer exist are left out. */
  'assets.read': {
    input: z.object({ rowIds: z.array(rowIdSchema).max(1000) }),
    output: z.array(assetSchema),
  },
  'assets.edit': { input: assets.extend({ patch: assetPatchSchema }), output: mutationResultSchema },
  /** Names by a pattern (`namePattern.ts`), numbered in the order of the selection. Refused with `invalid_request`. */
  'assets.rename': { input: assets.extend({ pattern: namePatternSchema }), output: mutationResultSchema },
  /** What that would make of the first of them; ten at most. */
  'assets.previewNames': {
    input: assets.extend({ pattern: namePatternSchema }),
    output: z.array(z.object({ from: z.string(), to: z.string() })).readonly(),
  },
  /** Workspace → Library, into the collection if one is named. */
  'assets.keep': {
    input: assets.extend({ collectionId: collectionIdSchema.optional() }),
    output: mutationResultSchema,
  },
  /** Workspace → Trash. */
  'assets.discard': { input: assets, output: mutationResultSchema },
  'assets.trash': { input: assets, output: mutationResultSchema },
  'assets.restore': { input: assets, output: mutationResultSchema },
  /** Makes thumbnails and facts again for assets whose status is `error` or `quarantined`. */
  'assets.retry': { input: assets, output: mutationResultSchema },
  /** Assets with the same bytes, and pictures that look alike. Takes seconds in a very large library. */
  'duplicates.find': { input: none, output: duplicatesSchema },
  /** Keeps one, hands it what the others were given by people, and moves those to Trash. */
  'duplicates.resolve': {
    input: z.object({ keep: assetIdSchema, remove: z.array(assetIdSchema).min(1).max(10_000) }),
    output: mutationResultSchema,
  },
  /** Says that a group are no duplicates, or takes that back. */
  'duplicates.dismiss': { input: z.object({ key: z.string().max(64), dismissed: z.boolean() }), output: done },
} as const satisfies RequestMap
