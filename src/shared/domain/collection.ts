import { z } from 'zod'
import { assetIdSchema, collectionIdSchema, jobIdSchema, tagIdSchema } from './ids.ts'

/** The permanent collection of library assets that are in no other one. */
export const UNSORTED_NAME = 'Unsorted'

export const collectionNameSchema = z.string().trim().min(1, 'A collection needs a name.').max(255)

export const collectionSchema = z.object({
  id: collectionIdSchema,
  parent_id: collectionIdSchema.nullable(),
  name: z.string(),
  description: z.string().nullable(),
  kind: z.enum(['manual', 'smart']),
  query: z.string().nullable(),
  cover_asset_id: assetIdSchema.nullable(),
  position: z.number(),
  /** True for "Unsorted", which can be neither renamed nor deleted. */
  is_permanent: z.boolean(),
  asset_count: z.number().int().nonnegative(),
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
})
export type Collection = z.infer<typeof collectionSchema>

export const tagSchema = z.object({
  id: tagIdSchema,
  name: z.string(),
  color: z.string().nullable(),
  parent_id: tagIdSchema.nullable(),
  asset_count: z.number().int().nonnegative(),
})
export type Tag = z.infer<typeof tagSchema>

/** A batch of files that a generator wrote into one subfolder of the drop folder. */
export const generationJobSchema = z.object({
  id: jobIdSchema,
  folder: z.string(),
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
