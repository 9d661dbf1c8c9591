import { z } from 'zod'
import { assetIdSchema, remoteIdSchema, sha256Schema } from './ids.ts'

/** How many of each kind of problem are named; all are counted. */
export const NAMED_PROBLEMS = 1_000

const file = z.object({ id: assetIdSchema, path: z.string() })

/** What a check of a whole library found, and what it mended. */
export const verificationReportSchema = z.object({
  /** Files of assets, their versions and sidecars that were hashed, and their bytes. */
  checked: z.number().int(),
  bytes: z.number(),
  counts: z.object({
    missing: z.number().int(),
    damaged: z.number().int(),
    unreadable: z.number().int(),
    orphaned: z.number().int(),
    undrawn: z.number().int(),
    remote: z.number().int(),
    repaired: z.number().int(),
  }),
  /** Not in their place. */
  missing: z.array(file),
  /** With other bytes than those that were taken in. */
  damaged: z.array(file.extend({ expected: sha256Schema, found: sha256Schema })),
  unreadable: z.array(file.extend({ code: z.string(), message: z.string() })),
  /** Originals that no asset has. */
  orphaned: z.array(z.string()),
  /** What is wrong with the catalogue itself; empty when it is sound. */
  catalog: z.array(z.string()),
  /** What is wrong with the journal; empty when each segment follows the one before. */
  journal: z.array(z.string()),
  /** Objects that a bucket does not have as the catalogue has it. */
  remote: z.array(file.extend({ remote: remoteIdSchema, key: z.string(), problem: z.enum(['missing', 'different']) })),
  repaired: z.array(z.object({ path: z.string(), how: z.string() })),
  seconds: z.number(),
})
export type VerificationReport = z.infer<typeof verificationReportSchema>

export const verificationSchema = z.object({
  state: z.enum(['idle', 'running', 'done', 'cancelled', 'failed']),
  /** Assets looked at, of all. */
  checked: z.number().int(),
  total: z.number().int(),
  /** Problems found so far. */
  problems: z.number().int(),
  /** Why it failed. */
  message: z.string().nullable(),
  /** Of a check that is done or was cancelled: what it had seen by then. */
  report: verificationReportSchema.nullable(),
})
export type Verification = z.infer<typeof verificationSchema>
