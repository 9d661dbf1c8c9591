import { z } from 'zod'
import { generationRecordSchema } from './generation.ts'
import { assetIdSchema, collectionIdSchema, jobIdSchema, rowIdSchema, sha256Schema } from './ids.ts'

/** Workspace assets are temporary and expire; library assets are permanent. */
export const spaceSchema = z.enum(['workspace', 'library'])
export type Space = z.infer<typeof spaceSchema>

export const assetStatusSchema = z.enum([
  'pending',
  'processing',
  'available',
  'quarantined',
  'error',
  'missing',
  'archived',
  'deleted',
])
export type AssetStatus = z.infer<typeof assetStatusSchema>

export const assetTypeSchema = z.enum(['image', 'video', 'audio', 'document', 'model', 'font', 'other'])
export type AssetType = z.infer<typeof assetTypeSchema>

export const visibilitySchema = z.enum(['private', 'shared', 'public'])
export type Visibility = z.infer<typeof visibilitySchema>

export const colorLabelSchema = z.enum(['red', 'orange', 'yellow', 'green', 'blue', 'purple', 'grey'])
export type ColorLabel = z.infer<typeof colorLabelSchema>

/** Where an asset stands with its bucket. `synced` is said only after the bucket confirmed the checksum. */
export const syncStateSchema = z.enum([
  'local',
  'queued',
  'uploading',
  'synced',
  'downloading',
  'cloud-only',
  'conflict',
  'blocked',
  'error',
])
export type SyncState = z.infer<typeof syncStateSchema>

/** Sides of the square that each thumbnail fits inside, in pixels. */
export const thumbnailSizes = [150, 300, 600] as const
export type ThumbnailSize = (typeof thumbnailSizes)[number]

/** A file that describes an asset: `.xmp`, a prompt as `.txt`, or `.swarm.json`. */
export const sidecarSchema = z.object({
  /** As it was called beside the file that was imported. */
  name: z.string(),
  /** Relative to the library folder with forward slashes; absolute for one that is linked in place. */
  path: z.string(),
  sha256: sha256Schema,
  bytes: z.number().int().nonnegative(),
})
export type Sidecar = z.infer<typeof sidecarSchema>

const isoTime = z.iso.datetime()
const json = z.record(z.string(), z.json())

/**
 * Every field of an asset. Names are those of the catalogue's table and of the cloud table it mirrors, so that a row
 * can be compared with either. Times are ISO 8601 in UTC, sizes bytes, lengths pixels.
 */
export const assetSchema = z.object({
  row_id: rowIdSchema,
  id: assetIdSchema,
  owner_id: z.string(),
  space: spaceSchema,
  status: assetStatusSchema,
  asset_type: assetTypeSchema,
  file_name: z.string(),
  extension: z.string(),
  mime_type: z.string(),
  file_size_bytes: z.number().int().nonnegative(),
  sha256: sha256Schema,
  /** Relative to the library folder with forward slashes; absolute for a file that is linked in place. */
  storage_path: z.string(),
  /** Relative path of the largest thumbnail, null where there is none. */
  thumbnail_path: z.string().nullable(),
  width: z.number().int().positive().nullable(),
  height: z.number().int().positive().nullable(),
  duration_seconds: z.number().nonnegative().nullable(),
  /** Base64 of the thumbhash bytes. */
  thumbhash: z.string().nullable(),
  dominant_colors: z.array(z.string()),
  phash: z.string().nullable(),
  custom_title: z.string().nullable(),
  description: z.string().nullable(),
  rating: z.number().int().min(0).max(5),
  color_label: colorLabelSchema.nullable(),
  is_favorite: z.boolean(),
  visibility: visibilitySchema,
  content_category: z.string(),
  original_prompt: z.string().nullable(),
  negative_prompt: z.string().nullable(),
  model_used: z.string().nullable(),
  /** Text, because seeds exceed 2^53. */
  generation_seed: z.string().nullable(),
  generator: z.string().nullable(),
  /** With the raw payloads only where one asset is asked for. */
  generation: generationRecordSchema.partial({ raw: true }).nullable(),
  roleplay_metadata: json,
  metadata: json,
  captured_at: isoTime.nullable(),
  gps: z.object({ latitude: z.number(), longitude: z.number() }).nullable(),
  job_id: jobIdSchema.nullable(),
  request_id: z.string().nullable(),
  source_path: z.string().nullable(),
  source_url: z.string().nullable(),
  created_at: isoTime,
  updated_at: isoTime,
  imported_at: isoTime,
  expires_at: isoTime.nullable(),
  deleted_at: isoTime.nullable(),
  version_number: z.number().int().positive(),
  /** In the order in which they came; the last of a kind is the one that counts. */
  sidecars: z.array(sidecarSchema),
  /** Why the status is `error` or `quarantined`, or why there is no thumbnail; null when all is well. */
  error_code: z.string().nullable(),
  error_message: z.string().nullable(),
  sync_state: syncStateSchema,
  sync_reason: z.string().nullable(),
  /** The first collection the asset is in; the permanent "Unsorted" when it is in none. Null in the Workspace. */
  collection_id: collectionIdSchema.nullable(),
  collections: z.array(z.object({ id: collectionIdSchema, name: z.string() })),
  tags: z.array(z.string()),
})
export type Asset = z.infer<typeof assetSchema>

/** What a grid cell needs to draw an asset, and no more. */
export const assetCardSchema = assetSchema
  .pick({
    row_id: true,
    id: true,
    space: true,
    status: true,
    asset_type: true,
    file_name: true,
    extension: true,
    sha256: true,
    file_size_bytes: true,
    width: true,
    height: true,
    duration_seconds: true,
    thumbhash: true,
    custom_title: true,
    rating: true,
    is_favorite: true,
    imported_at: true,
    captured_at: true,
    expires_at: true,
    deleted_at: true,
    error_code: true,
    error_message: true,
    sync_state: true,
    sync_reason: true,
    version_number: true,
    model_used: true,
    tags: true,
  })
  .extend({ has_thumbnail: z.boolean() })
export type AssetCard = z.infer<typeof assetCardSchema>

/** The fields a person may edit; everything else is read from the file or kept by the program. */
export const assetPatchSchema = z
  .object({
    custom_title: z.string().max(500).nullable(),
    description: z.string().max(100_000).nullable(),
    rating: z.number().int().min(0).max(5),
    /** One star more or less than each has; from 0 to 5. Not together with `rating`. */
    rating_change: z.union([z.literal(1), z.literal(-1)]),
    color_label: colorLabelSchema.nullable(),
    is_favorite: z.boolean(),
    /** All become favourites, unless most are: then none is one any more. Not together with `is_favorite`. */
    toggle_favorite: z.literal(true),
    visibility: visibilitySchema,
    content_category: z.string().min(1).max(100),
    add_tags: z.array(z.string().trim().min(1).max(100)).max(100),
    remove_tags: z.array(z.string().trim().min(1).max(100)).max(100),
  })
  .partial()
export type AssetPatch = z.infer<typeof assetPatchSchema>

/** Assets named by row (from a vector) or by id (from the command line). */
export const assetSelectionSchema = z.union([
  z.object({ rowIds: z.union([z.instanceof(Int32Array), z.array(rowIdSchema)]) }),
  z.object({ ids: z.array(assetIdSchema) }),
])
export type AssetSelection = z.infer<typeof assetSelectionSchema>
