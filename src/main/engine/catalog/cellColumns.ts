/** Columns of an asset that a cell may set on its own. Everything else comes with its creation or with `media`. */
export const assetColumns = new Set([
  'space',
  'status',
  'file_name',
  'storage_path',
  'custom_title',
  'description',
  'rating',
  'color_label',
  'is_favorite',
  'visibility',
  'content_category',
  'imported_at',
  'expires_at',
  'deleted_at',
  'job_id',
  'request_id',
  'roleplay_metadata',
  'source_url',
  'version_number',
  'error_code',
  'error_message',
  'sidecars',
  'object_key',
])

/** What `media` carries: everything that was read from the file. */
export const mediaColumns = [
  'status',
  'thumbnail_path',
  'width',
  'height',
  'aspect',
  'duration_seconds',
  'thumbhash',
  'dominant_colors',
  'phash',
  'metadata',
  'captured_at',
  'gps',
  'original_prompt',
  'negative_prompt',
  'model_used',
  'generation_seed',
  'generator',
  'generation',
  'error_code',
  'error_message',
] as const

/** What `content` carries: the bytes of a file that was changed in place. What was drawn of the old ones is drawn anew. */
export const contentColumns = [
  'sha256',
  'file_size_bytes',
  'mime_type',
  'asset_type',
  'extension',
  'created_at',
] as const

/** The first record of an asset. */
export const createColumns = [
  'owner_id',
  'space',
  'status',
  'asset_type',
  'file_name',
  'extension',
  'mime_type',
  'file_size_bytes',
  'sha256',
  'storage_path',
  'job_id',
  'source_path',
  'created_at',
  'updated_at',
  'imported_at',
  'expires_at',
  'sidecars',
] as const

export const tables = {
  collection: {
    table: 'collections',
    create: ['parent_id', 'name', 'description', 'kind', 'query', 'position', 'created_at', 'updated_at', 'deleted_at'],
    set: new Set([
      'parent_id',
      'name',
      'description',
      'metadata',
      'kind',
      'query',
      'cover_asset_id',
      'position',
      'archived_at',
      'deleted_at',
    ]),
    touched: true,
  },
  tag: {
    table: 'tags',
    create: ['parent_id', 'name', 'color', 'created_at', 'deleted_at'],
    set: new Set(['parent_id', 'name', 'color', 'aliases', 'position', 'deleted_at']),
    touched: false,
  },
  generationRequest: {
    table: 'generation_requests',
    create: ['collection_id', 'user_prompt', 'input_metadata', 'status', 'created_at', 'updated_at', 'deleted_at'],
    set: new Set(['collection_id', 'user_prompt', 'input_metadata', 'status', 'deleted_at']),
    touched: true,
  },
  generationJob: {
    table: 'generation_jobs',
    create: ['folder', 'status', 'created_at', 'updated_at'],
    set: new Set(['status', 'progress', 'error', 'request_id', 'bucket_prefix']),
    touched: true,
  },
} as const

/** Links between an asset and what it belongs to. Ordered ones have a place that people can change. */
export const links = {
  membership: { table: 'collection_assets', owner: 'collection_id', ordered: true },
  assetTag: { table: 'asset_tags', owner: 'tag_id', ordered: false },
  requestReference: { table: 'request_references', owner: 'request_id', ordered: true },
} as const

export const versionColumns = [
  'version_number',
  'sha256',
  'storage_path',
  'file_name',
  'file_size_bytes',
  'mime_type',
  'asset_type',
  'change_description',
  'device_id',
  'created_at',
  'deleted_at',
] as const
export const versionFields: ReadonlySet<string> = new Set([
  'change_description',
  'storage_path',
  'stored_at',
  'deleted_at',
])
