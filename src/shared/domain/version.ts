import { z } from 'zod'
import { assetTypeSchema } from './asset.ts'
import { assetIdSchema, deviceIdSchema, sha256Schema } from './ids.ts'

const uuid = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/)
export const versionIdSchema = uuid.brand<'VersionId'>()
export type VersionId = z.infer<typeof versionIdSchema>

/** One content that an asset has or had. An asset that was never given another one has no versions on record. */
export const assetVersionSchema = z.object({
  id: versionIdSchema,
  asset_id: assetIdSchema,
  version_number: z.number().int().positive(),
  sha256: sha256Schema,
  file_name: z.string(),
  file_size_bytes: z.number().int().nonnegative(),
  mime_type: z.string(),
  asset_type: assetTypeSchema,
  /** Relative to the library folder, absolute for a file that is linked in place. */
  storage_path: z.string(),
  change_description: z.string().nullable(),
  device_id: deviceIdSchema,
  created_at: z.iso.datetime(),
  /** What the asset shows now. */
  is_current: z.boolean(),
  /** Whether the bucket is known to hold its bytes. */
  in_bucket: z.boolean(),
  /** Whether its file is on this computer. */
  is_here: z.boolean(),
  /** Whether the thumbnail that was made of it is still there. */
  has_thumbnail: z.boolean(),
})
export type AssetVersion = z.infer<typeof assetVersionSchema>
