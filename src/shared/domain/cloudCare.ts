import { z } from 'zod'
import { assetIdSchema, collectionIdSchema } from './ids.ts'

/**
 * Why an original stays on this computer although somebody wants its room. `gone`: there is no such asset. `elsewhere`: it is
 * not here. `linked`: a file of the person's own. `version`: another asset has it as an earlier version. `unsynced`: the bucket
 * has not confirmed it, or other devices do not know of it yet. `bucket`: asked again, the bucket does not hold it as it should.
 */
export const keptReasonSchema = z.enum([
  'gone',
  'elsewhere',
  'linked',
  'workspace',
  'trash',
  'pinned',
  'busy',
  'version',
  'unsynced',
  'damaged',
  'bucket',
])
export type KeptReason = z.infer<typeof keptReasonSchema>

/** What became of originals that were to leave this computer. */
export const evictionReportSchema = z.object({
  evicted: z.array(assetIdSchema),
  /** What their files took. */
  bytes: z.number().nonnegative(),
  kept: z.array(z.object({ id: assetIdSchema, reason: keptReasonSchema })),
  failed: z.array(z.object({ id: assetIdSchema, code: z.string(), message: z.string() })),
})
export type EvictionReport = z.infer<typeof evictionReportSchema>

/** A smaller budget than this would be for nothing but the picture in view. */
export const SMALLEST_BUDGET = 100 * 1024 * 1024

/** How this computer keeps originals. */
export const careSettingsSchema = z.object({
  /** At most so many bytes of originals stay here if the bucket has them; null for no limit. */
  budgetBytes: z.number().int().min(SMALLEST_BUDGET).nullable(),
  /** All files are compared with their hashes within so many days, again and again; null for never. */
  scrubDays: z.number().int().min(1).max(3650).nullable(),
})
export type CareSettings = z.infer<typeof careSettingsSchema>
export const defaultCareSettings: CareSettings = { budgetBytes: null, scrubDays: 30 }

/** How many problems of a round are named; all are counted. */
export const NAMED_TROUBLES = 100

/** One round of looking at every file, here and in the bucket. */
export const scrubRoundSchema = z.object({
  startedAt: z.iso.datetime(),
  /** Null while it is under way. */
  finishedAt: z.iso.datetime().nullable(),
  /** Files that were hashed, and their bytes. */
  files: z.number().int().nonnegative(),
  bytes: z.number().nonnegative(),
  /** Objects that the bucket was asked for. */
  objects: z.number().int().nonnegative(),
  found: z.number().int().nonnegative(),
  repaired: z.number().int().nonnegative(),
  /** What is damaged or missing, and could not be repaired from the other copy. The first of them. */
  unrepaired: z.number().int().nonnegative(),
  troubles: z.array(z.object({ id: assetIdSchema, path: z.string(), problem: z.string() })),
})
export type ScrubRound = z.infer<typeof scrubRoundSchema>

export const scrubSchema = z.object({
  /** `held`: under way, and waits for `message`. */
  state: z.enum(['off', 'waiting', 'running', 'held']),
  message: z.string().nullable(),
  /** Assets looked at in the present round, of all. */
  checked: z.number().int().nonnegative(),
  total: z.number().int().nonnegative(),
  /** When the next round begins; null while one is under way, or none will. */
  nextAt: z.iso.datetime().nullable(),
  round: scrubRoundSchema.nullable(),
  last: scrubRoundSchema.nullable(),
})
export type Scrub = z.infer<typeof scrubSchema>

/** How originals are kept on this computer, and how they are. */
export const careStatusSchema = z.object({
  settings: careSettingsSchema,
  /** Bytes of originals of the Library that are here. */
  bytesHere: z.number().nonnegative(),
  pinned: z.array(collectionIdSchema),
  /** Originals of pinned collections that have still to come. */
  toFetch: z.number().int().nonnegative(),
  scrub: scrubSchema,
})
export type CareStatus = z.infer<typeof careStatusSchema>
