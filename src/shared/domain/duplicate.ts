import { z } from 'zod'
import { assetIdSchema, rowIdSchema, sha256Schema } from './ids.ts'

/** Why one of a group is the one to keep, most telling first. */
export const keepReasonSchema = z.enum([
  'more-pixels',
  'lossless',
  'generation-data',
  'rated-higher',
  'favorite',
  'organised',
  'kept',
  'undamaged',
  'larger-file',
  'older',
])
export type KeepReason = z.infer<typeof keepReasonSchema>

/** What is compared of the assets of a group. Sizes are bytes and pixels, times ISO 8601 in UTC. */
export const duplicateMemberSchema = z.object({
  row_id: rowIdSchema,
  id: assetIdSchema,
  sha256: sha256Schema,
  /** Bits of 64 in which its perceptual hash differs from that of the suggested one; 0 for the same bytes. */
  distance: z.number().int().min(0).max(64),
})
export type DuplicateMember = z.infer<typeof duplicateMemberSchema>

export const duplicateGroupSchema = z.object({
  /** The same for the same assets, as long as all of them are there. */
  key: z.string(),
  /** `exact`: the same bytes. `near`: pictures that look alike. */
  kind: z.enum(['exact', 'near']),
  /** The suggested one comes first. */
  members: z.array(duplicateMemberSchema).min(2),
  /** Why the first is suggested; empty when nothing tells them apart but their age. */
  reasons: z.array(keepReasonSchema),
  /** Bytes that moving all others to Trash would free in the end. */
  spareBytes: z.number().nonnegative(),
})
export type DuplicateGroup = z.infer<typeof duplicateGroupSchema>

export const duplicatesSchema = z.object({
  revision: z.number().int(),
  /** Groups with most to free first. */
  groups: z.array(duplicateGroupSchema),
  /** Groups there are; more than are listed in a library with very many. */
  total: z.number().int().nonnegative(),
  /** Pictures that were compared. */
  compared: z.number().int().nonnegative(),
})
export type Duplicates = z.infer<typeof duplicatesSchema>
