import { z } from 'zod'
import { arrangementSchema, arrangeSchema } from '../../domain/arrangement.ts'
import { facetKindSchema, facetsSchema } from '../../domain/facet.ts'
import { libraryQuerySchema } from '../../domain/query.ts'
import { done, type RequestMap } from './requestMap.ts'

const part = {
  /** Row ids in the order of the query. */
  rowIds: z.instanceof(Int32Array),
  /** Width divided by height, one for each row id; 1 where unknown. */
  aspects: z.instanceof(Float32Array),
}

const vectorMoreSchema = z.object({
  ...part,
  /** How many rows the whole has; null while that is not known yet. */
  total: z.number().int().nonnegative().nullable(),
  /** Of the whole with the last rows; of the first rows with those, while others follow. Null when it was not asked for. */
  arrangement: arrangementSchema.nullable(),
  /** Whether these are the last. */
  done: z.boolean(),
})
export type VectorMore = z.infer<typeof vectorMoreSchema>

const vectorOpeningSchema = z.discriminatedUnion('kind', [
  vectorMoreSchema.extend({
    kind: z.literal('first'),
    /** For what follows. */
    handle: z.number().int(),
    revision: z.number().int(),
  }),
  z.object({
    /** What makes the vector of `since` the present one, to be applied in order; see `VectorPatch`. */
    kind: z.literal('patched'),
    revision: z.number().int(),
    total: z.number().int().nonnegative(),
    /** Of the whole. */
    arrangement: arrangementSchema.nullable(),
    patches: z.array(z.object({ ...part, removed: z.instanceof(Int32Array), inserted: z.instanceof(Int32Array) })),
  }),
])
export type VectorOpening = z.infer<typeof vectorOpeningSchema>

export const vectorRequests = {
  /**
   * The vector of a query in parts: the first one at once, the rest by `assets.moreVector`. A newer one with the same
   * `stream` cancels the one before, whose requests are refused with `cancelled`.
   */
  'assets.openVector': {
    input: z.object({
      /** A name that the asker chooses for itself. */
      stream: z.string().min(1).max(64),
      query: libraryQuerySchema,
      /** Revision of the vector of this very query that the asker has. */
      since: z.number().int().nonnegative().nullable().default(null),
      /** What is wanted beside the rows. */
      arrange: arrangeSchema.optional(),
    }),
    output: vectorOpeningSchema,
  },
  /** Refused with `cancelled` when the vector is not there any more: it is then asked for again. */
  'assets.moreVector': { input: z.object({ handle: z.number().int() }), output: vectorMoreSchema },
  /** Ends what is on its way to a stream. */
  'assets.closeVector': { input: z.object({ stream: z.string().min(1).max(64) }), output: done },
  /**
   * Assets whose title (or file name, when they have none) begins with a text, in any capitals: the first of `rowIds`, or, of a
   * view that is too long to be sent, those of the whole library by title, at most 20,000.
   */
  'assets.named': {
    input: z.object({
      prefix: z.string().min(1).max(200),
      rowIds: z
        .instanceof(Int32Array)
        .refine((rows) => rows.length <= 20_000)
        .nullable(),
    }),
    output: z.object({ rowIds: z.instanceof(Int32Array) }),
  },
  /** How many results of a query have each tag, type, rating …; the counts are those of the query at the same revision. */
  'assets.facets': {
    input: z.object({
      query: libraryQuerySchema,
      kinds: z.array(facetKindSchema).min(1).max(20),
      /** Values of each kind at most. */
      limit: z.number().int().min(1).max(1000).default(100),
    }),
    output: facetsSchema,
  },
} as const satisfies RequestMap
