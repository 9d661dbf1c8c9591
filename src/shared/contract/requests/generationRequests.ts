import { z } from 'zod'
import { generationJobSchema } from '../../domain/collection.ts'
import {
  generationRequestSchema,
  inputMetadataSchema,
  MOST_REFERENCES,
  requestIdSchema,
  requestPromptSchema,
} from '../../domain/generationRequest.ts'
import { assetIdSchema, collectionIdSchema, jobIdSchema, rowIdSchema } from '../../domain/ids.ts'
import { requestMediaSchema } from '../../domain/requestMedia.ts'
import { LONGEST_SHARE_SECONDS } from '../../domain/share.ts'
import { assets, mutationResultSchema, type RequestMap } from './requestMap.ts'

const one = z.object({ id: requestIdSchema })
const references = z.array(assetIdSchema).max(MOST_REFERENCES)

/** What people ask generators for: prompts with reference assets, their runs and what came of them. */
export const generationRequests = {
  /** The newest first; `before` is the last of those that are known, for the next page. */
  'requests.list': {
    input: z
      .object({
        limit: z.number().int().min(1).max(500).default(100),
        before: generationRequestSchema.pick({ id: true, created_at: true }).optional(),
        collectionId: collectionIdSchema.optional(),
      })
      .optional(),
    output: z.array(generationRequestSchema),
  },
  /** With its runs, the oldest first, and the folder of the drop folder in which a generator makes it another. */
  'requests.get': {
    input: one,
    output: generationRequestSchema.extend({ jobs: z.array(generationJobSchema), drop_folder: z.string() }),
  },
  /** What a person may mean by an id or the beginning of one (from four digits); at most ten. */
  'requests.find': {
    input: z.object({ reference: z.string().min(4).max(36) }),
    output: z.array(z.object({ id: requestIdSchema, prompt: z.string() })).max(10),
  },
  /** References keep the order that they are given in. */
  'requests.create': {
    input: z.object({
      prompt: requestPromptSchema,
      metadata: inputMetadataSchema.optional(),
      collectionId: collectionIdSchema.optional(),
      references: references.optional(),
    }),
    output: z.object({ request: generationRequestSchema, result: mutationResultSchema }),
  },
  /** `metadata` replaces all of it; `collectionId: null` takes it out of its collection. */
  'requests.edit': {
    input: one.extend({
      patch: z
        .object({
          prompt: requestPromptSchema,
          metadata: inputMetadataSchema,
          collectionId: collectionIdSchema.nullable(),
        })
        .partial(),
    }),
    output: mutationResultSchema,
  },
  /** References, jobs and outputs stay; `requests.restore` brings it back with them. */
  'requests.delete': { input: one, output: mutationResultSchema },
  'requests.restore': { input: one, output: mutationResultSchema },
  /** Only a note that nothing more is wanted: files that still come are taken in. `cancelled: false` takes it back. */
  'requests.cancel': { input: one.extend({ cancelled: z.boolean() }), output: mutationResultSchema },
  'requests.addReferences': { input: one.extend({ references }), output: mutationResultSchema },
  'requests.removeReferences': { input: assets.extend(one.shape), output: mutationResultSchema },
  /** Before another reference (null: to the end), in the order given. */
  'requests.arrangeReferences': {
    input: one.extend({ references, before: assetIdSchema.nullable() }),
    output: mutationResultSchema,
  },
  /** Makes jobs runs of a request, or of none: what came of them, and what will, is its output. */
  'requests.assignJobs': {
    input: z.object({ id: requestIdSchema.nullable(), jobs: z.array(jobIdSchema).min(1).max(1000) }),
    output: mutationResultSchema,
  },
  /** The same for assets that came without a job; where both say something, this counts. */
  'requests.assignOutputs': {
    input: assets.extend({ id: requestIdSchema.nullable() }),
    output: mutationResultSchema,
  },
  /** What came of it outside of Trash, the newest first. */
  'requests.outputs': {
    input: one.extend({
      limit: z.number().int().min(1).max(10_000).default(1000),
      offset: z.number().int().min(0).default(0),
    }),
    output: z.object({ rowIds: z.array(rowIdSchema), total: z.number().int().nonnegative() }),
  },
  /**
   * Puts copies of its references where a generator reads them, in a remote of the role `references`, as far as its rules take
   * them, and gives their addresses; those of a private bucket expire.
   */
  'requests.media': {
    input: one.extend({ expiresSeconds: z.number().int().min(60).max(LONGEST_SHARE_SECONDS).default(86_400) }),
    output: requestMediaSchema,
  },
  /** What an asset came of, and the newest requests that it is a reference of (at most 100). */
  'requests.ofAsset': {
    input: z.object({ id: assetIdSchema }),
    output: z.object({ madeBy: requestIdSchema.nullable(), usedBy: z.array(requestIdSchema) }),
  },
} as const satisfies RequestMap
