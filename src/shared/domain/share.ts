import { z } from 'zod'
import { assetIdSchema, remoteIdSchema } from './ids.ts'

/** S3 takes no longer than a week. */
export const LONGEST_SHARE_SECONDS = 7 * 24 * 3600

/** `presigned`: a link to a private bucket that expires. `public`: an address in a bucket that anybody may read. */
export const shareKindSchema = z.enum(['presigned', 'public'])
export type ShareKind = z.infer<typeof shareKindSchema>

export const shareSchema = z.object({
  id: z.string(),
  asset_id: assetIdSchema,
  remote_id: remoteIdSchema,
  kind: shareKindSchema,
  /** Title or file name of the asset; '' for one that is gone for good. */
  name: z.string(),
  url: z.string(),
  created_at: z.iso.datetime(),
  /** Null for one that does not end by itself. */
  expires_at: z.iso.datetime().nullable(),
  revoked_at: z.iso.datetime().nullable(),
})
export type Share = z.infer<typeof shareSchema>

/** What a file says that a person may not want to tell everybody, and where it could be shared. */
export const shareCheckSchema = z.object({
  gps: z.boolean(),
  /** People: who made it, whose it is, who can be seen. */
  names: z.array(z.string()),
  /** How it was made: prompts and settings of a generator. */
  prompts: z.boolean(),
  serials: z.array(z.string()),
  /** Whether a copy without all that can be made. */
  canStrip: z.boolean(),
  /** Why there can't be such a share now, null when there can. */
  presigned: z.string().nullable(),
  public: z.string().nullable(),
})
export type ShareCheck = z.infer<typeof shareCheckSchema>
