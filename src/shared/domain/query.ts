import { z } from 'zod'
import { collectionIdSchema, jobIdSchema } from './ids.ts'

/** What the sidebar can be pointed at. Deleted assets are only ever in `trash`. */
export const viewSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('workspace'),
    jobId: jobIdSchema.optional(),
    /** What came between two times, both included. */
    session: z.object({ from: z.iso.datetime(), to: z.iso.datetime() }).optional(),
  }),
  z.object({ kind: z.literal('library') }),
  z.object({ kind: z.literal('favorites') }),
  z.object({ kind: z.literal('recent') }),
  z.object({ kind: z.literal('untagged') }),
  z.object({
    kind: z.literal('collection'),
    collectionId: collectionIdSchema,
    /** With what is in the collections below it. */
    deep: z.boolean().optional(),
  }),
  z.object({ kind: z.literal('trash') }),
  /** Everything that is not in Trash, both spaces: what the command line lists. */
  z.object({ kind: z.literal('everything') }),
])
export type View = z.infer<typeof viewSchema>

export const sortFieldSchema = z.enum([
  'imported_at',
  'captured_at',
  'created_at',
  'updated_at',
  'file_name',
  'custom_title',
  'file_size_bytes',
  'rating',
  'width',
  'height',
  'duration_seconds',
  'asset_type',
  'model_used',
  /** The order that was made by hand in a collection; elsewhere that of `imported_at`. */
  'manual',
])
export type SortField = z.infer<typeof sortFieldSchema>

export const sortSchema = z.object({ field: sortFieldSchema, direction: z.enum(['asc', 'desc']) })
export type Sort = z.infer<typeof sortSchema>

/** A view, narrowed by the text of the search field, in one total order (ties broken by row id). */
export const libraryQuerySchema = z.object({
  view: viewSchema,
  text: z.string().max(2000).default(''),
  sort: sortSchema.default({ field: 'imported_at', direction: 'desc' }),
})
export type LibraryQuery = z.infer<typeof libraryQuerySchema>
