import { z } from 'zod'
import {
  collectionDescriptionSchema,
  collectionMetadataSchema,
  collectionNameSchema,
  collectionSchema,
  deletedCollectionSchema,
  generationJobSchema,
  smartQuerySchema,
} from '../../domain/collection.ts'
import { assetIdSchema, collectionIdSchema, rowIdSchema } from '../../domain/ids.ts'
import { selectionSummarySchema } from '../../domain/selectionSummary.ts'
import { assets, mutationResultSchema, none, type RequestMap } from './requestMap.ts'

const one = z.object({ id: collectionIdSchema })
const made = z.object({ collection: collectionSchema, result: mutationResultSchema })

/** Collections, jobs, and what a selection has in common. Tags: `tagRequests.ts`. */
export const organiseRequests = {
  /**
   * Depth-first, siblings in the order made by hand, "Unsorted" first; archived ones and what is below them only if asked
   * for. Smart ones are counted by `collections.counts`.
   */
  'collections.list': {
    input: z.object({ archived: z.boolean().optional() }).optional(),
    output: z.array(collectionSchema),
  },
  /** With a `query` a smart one. `query_invalid` has the `position` of the mistake; also `query_loop`, `too_deep`. */
  'collections.create': {
    input: z.object({
      name: collectionNameSchema,
      parentId: collectionIdSchema.optional(),
      description: collectionDescriptionSchema.optional(),
      query: smartQuerySchema.optional(),
    }),
    output: made,
  },
  'collections.rename': { input: one.extend({ name: collectionNameSchema }), output: mutationResultSchema },
  /** `cover: null` leaves the choice to the program; `query` is for smart ones. */
  'collections.edit': {
    input: one.extend({
      patch: z
        .object({
          description: collectionDescriptionSchema.nullable(),
          metadata: collectionMetadataSchema,
          cover: assetIdSchema.nullable(),
          query: smartQuerySchema,
        })
        .partial(),
    }),
    output: mutationResultSchema,
  },
  /** Below another (null: to the top), before a sibling there (null: to the end). `inside_itself`, `too_deep`. */
  'collections.move': {
    input: one.extend({ parentId: collectionIdSchema.nullable(), before: collectionIdSchema.nullable() }),
    output: mutationResultSchema,
  },
  /** Out of the tree, with all below it, or back; its assets and searches for it are as before. */
  'collections.archive': { input: one.extend({ archived: z.boolean() }), output: mutationResultSchema },
  /** The assets stay; those in no other collection are in "Unsorted" again. Collections in it move up. */
  'collections.delete': { input: one, output: mutationResultSchema },
  /** The last 1,000 of them, the last first. */
  'collections.deleted': { input: none, output: z.array(deletedCollectionSchema) },
  /** With what it held when it was deleted. `not_found`, `collection_name_taken`. */
  'collections.restore': { input: one, output: mutationResultSchema },
  'collections.duplicate': { input: one, output: made },
  /** A smart collection becomes one that is filled by hand, with what it holds now. */
  'collections.freeze': { input: one, output: mutationResultSchema },
  /** Workspace assets are kept by it. `collection_smart` for one that its query fills. */
  'collections.add': { input: assets.extend({ id: collectionIdSchema }), output: mutationResultSchema },
  'collections.remove': { input: assets.extend({ id: collectionIdSchema }), output: mutationResultSchema },
  /** Members before another (null: to the end), in the order they have; what is no member is left out. */
  'collections.arrange': {
    input: assets.extend({ id: collectionIdSchema, before: rowIdSchema.nullable() }),
    output: mutationResultSchema,
  },
  /** What smart collections hold now; others and unknown ones are left out. Ask for those on the screen. */
  'collections.counts': {
    input: z.object({ ids: z.array(collectionIdSchema).max(200) }),
    output: z.array(
      z.object({
        id: collectionIdSchema,
        asset_count: z.number().int().nonnegative(),
        cover_sha256: z.string().nullable(),
        /** Why its query finds nothing, null when it can be understood. */
        problem: z.string().nullable(),
      }),
    ),
  },
  /** What the inspector shows of a selection of any size: the value that all have, or that they differ. */
  'assets.summary': {
    /** A newer question of one `stream` ends the one before, which fails with `cancelled`. */
    input: assets.extend({ stream: z.string().max(100).optional() }),
    output: selectionSummarySchema,
  },
  /** The one that changed last first; `before` is the last of those that are known, for the next page. */
  'jobs.list': {
    input: z
      .object({
        limit: z.number().int().min(1).max(1000).default(1000),
        before: generationJobSchema.pick({ id: true, updated_at: true }).optional(),
      })
      .optional(),
    output: z.array(generationJobSchema),
  },
} as const satisfies RequestMap
