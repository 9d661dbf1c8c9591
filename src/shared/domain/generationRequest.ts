import { z } from 'zod'
import { assetIdSchema, collectionIdSchema, rowIdSchema } from './ids.ts'

const uuid = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/)
export const requestIdSchema = uuid.brand<'GenerationRequestId'>()
export type GenerationRequestId = z.infer<typeof requestIdSchema>

/** Assets that one request may be given. */
export const MOST_REFERENCES = 100
const MOST_METADATA = 1_000_000

export const requestPromptSchema = z.string().trim().min(1, 'A request needs a prompt.').max(100_000)

/** What a generator is given beside the prompt, e.g. `{"model": "sdxl", "size": [1024, 1024]}`. */
export const inputMetadataSchema = z
  .record(z.string(), z.json())
  .refine((metadata) => JSON.stringify(metadata).length <= MOST_METADATA, 'The input metadata is too long.')

export const requestStatusSchema = z.enum(['pending', 'running', 'completed', 'failed', 'cancelled'])
export type RequestStatus = z.infer<typeof requestStatusSchema>

/** What a person asked a generator for. Jobs are its runs, outputs what came of them. */
export const generationRequestSchema = z.object({
  id: requestIdSchema,
  /** Null without one, also when the collection has been deleted. */
  collection_id: collectionIdSchema.nullable(),
  user_prompt: z.string(),
  input_metadata: z.record(z.string(), z.json()),
  /** Follows its jobs and outputs unless a person has cancelled it. */
  status: requestStatusSchema,
  progress: z.number().min(0).max(1),
  /** Why it failed. */
  error: z.string().nullable(),
  /** What the generator was given to look at, in their order. */
  references: z.array(z.object({ id: assetIdSchema, row_id: rowIdSchema, in_trash: z.boolean() })),
  job_count: z.number().int().nonnegative(),
  /** Assets that came of it, without those in Trash. */
  output_count: z.number().int().nonnegative(),
  /** The newest of them. */
  newest_outputs: z.array(rowIdSchema),
  created_at: z.iso.datetime(),
  updated_at: z.iso.datetime(),
})
export type GenerationRequest = z.infer<typeof generationRequestSchema>
