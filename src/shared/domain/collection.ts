import { z } from 'zod'
import { requestIdSchema } from './generationRequest.ts'
import { assetIdSchema, collectionIdSchema, jobIdSchema } from './ids.ts'

/** The permanent collection of library assets that are in no other one. */
export const UNSORTED_NAME = 'Unsorted'

export const collectionNameSchema = z.string().trim().min(1, 'A collection needs a name.').max(255)

export const collectionDescriptionSchema = z.string().max(100_000)

/** Anything a person or a program wants to remember of a collection, e.g. `{"campaign": "spring"}`. */
export const collectionMetadataSchema = z.record(z.string(), z.json())

/** The query of a smart collection, as it is typed into the search field. */
export const smartQuerySchema = z.string().trim().min(1, 'A smart collection needs a query.').max(2000)

export const collectionSchema = z.object({
  id: collectionIdSchema,
  parent_id: collectionIdSchema.nullable(),
  name: z.string(),
  description: z.string().nullable(),
  metadata: collectionMetadataSchema,
  kind: z.enum(['manual', 'smart']),
  /** Of a smart one: what its assets are, in the language of the search field. */
  query: z.string().nullable(),
  /** What was chosen as its cover. */
  cover_asset_id: assetIdSchema.nullable(),
  /** Bytes whose thumbnail stands for it: of the chosen cover, else of its newest asset. */
  cover_sha256: z.string().nullable(),
  /** Whether that thumbnail has been made. */
  cover_has_thumbnail: z.boolean(),
  position: z.number(),
  /** True for "Unsorted", which can be neither renamed nor deleted. */
  is_permanent: z.boolean(),
  /** Assets in this very collection, without those in Trash. Null for a smart one that has not been counted since a change. */
  asset_count: z.number().int().nonnegative().nullable(),
  /** Assets in it or in a collection below it, each once; what smart ones hold does not count. */
  total_count: z.number().int().nonnegative(),
  archived_at: z.iso.datetime().nullable(),
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
})
export type Collection = z.infer<typeof collectionSchema>

/** A collection that was deleted and can be restored. */
export const deletedCollectionSchema = z.object({
  id: collectionIdSchema,
  /** Where it stood, if that is still there. */
  parent_id: collectionIdSchema.nullable(),
  name: z.string(),
  kind: z.enum(['manual', 'smart']),
  deleted_at: z.iso.datetime(),
  /** Assets that it held; null when it was deleted on another device. */
  asset_count: z.number().int().nonnegative().nullable(),
})
export type DeletedCollection = z.infer<typeof deletedCollectionSchema>

/** A batch of files that a generator wrote into one subfolder of the drop folder. */
export const generationJobSchema = z.object({
  id: jobIdSchema,
  folder: z.string(),
  /** The request that it is a run of. */
  request_id: requestIdSchema.nullable(),
  status: z.enum(['pending', 'running', 'completed', 'failed', 'cancelled']),
  /** How much of what is known of it has been dealt with. */
  progress: z.number().min(0).max(1),
  /** Of files: taken in and read, on their way, and not to be taken in or read. */
  counts: z.object({
    imported: z.number().int().nonnegative(),
    processing: z.number().int().nonnegative(),
    failed: z.number().int().nonnegative(),
  }),
  error: z.string().nullable(),
  asset_count: z.number().int().nonnegative(),
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
})
export type GenerationJob = z.infer<typeof generationJobSchema>
