import type { Asset, AssetCard } from '../../../shared/domain/asset.ts'
import type { Generation, RawPayload } from '../../../shared/domain/generation.ts'
import type { CollectionId } from '../../../shared/domain/ids.ts'
import type { StoredAsset } from './assetRecords.ts'

/** A row as SQLite gives it. */
export type AssetRow = Readonly<Record<string, string | number | null>>

export const storedColumns =
  'row_id, id, sha256, storage_path, mime_type, asset_type, file_name, extension, file_size_bytes, space, status, imported_at, deleted_at, sidecars, object_key'

/** The few fields the pipeline works with. */
export function toStored(row: AssetRow): StoredAsset {
  return {
    id: row.id,
    rowId: row.row_id,
    sha256: row.sha256,
    storagePath: row.storage_path,
    mimeType: row.mime_type,
    assetType: row.asset_type,
    fileName: row.file_name,
    extension: row.extension,
    fileSizeBytes: row.file_size_bytes,
    space: row.space,
    status: row.status,
    importedAt: row.imported_at,
    deletedAt: row.deleted_at,
    sidecars: parseJson(row.sidecars) ?? [],
    objectKey: row.object_key,
  } as StoredAsset
}

export const cardColumns =
  'row_id, id, space, status, asset_type, file_name, extension, sha256, file_size_bytes, width, height, duration_seconds, thumbhash, custom_title, rating, is_favorite, imported_at, captured_at, expires_at, deleted_at, error_code, error_message, sync_state, sync_reason, version_number, model_used, tag_count, thumbnail_path'

/** What a grid cell needs; the schema of the contract checks it at the boundary. */
export function toCard(row: AssetRow, tags: readonly string[]): AssetCard {
  const { thumbnail_path, tag_count, ...card } = row
  return {
    ...card,
    is_favorite: row.is_favorite === 1,
    has_thumbnail: thumbnail_path !== null,
    tags,
    imported_at: iso(row.imported_at),
    captured_at: iso(row.captured_at),
    expires_at: iso(row.expires_at),
    deleted_at: iso(row.deleted_at),
  } as AssetCard
}

/** Columns that the program keeps for itself and no one else sees. */
const internalColumns = new Set(['aspect', 'membership_count', 'tag_count', 'prompt_key', 'object_key'])
const timeColumns = ['captured_at', 'created_at', 'updated_at', 'imported_at', 'expires_at', 'deleted_at']
const jsonColumns = ['dominant_colors', 'generation', 'roleplay_metadata', 'metadata', 'gps']

/** The full record. `collections` in the order the asset was put into them. */
export function toAsset(
  row: AssetRow,
  collections: readonly { readonly id: CollectionId; readonly name: string }[],
  tags: readonly string[],
  unsorted: CollectionId,
  raw: readonly RawPayload[] | undefined,
): Asset {
  const record: Record<string, unknown> = {}
  for (const [column, value] of Object.entries(row)) if (!internalColumns.has(column)) record[column] = value
  for (const column of timeColumns) record[column] = iso(row[column])
  for (const column of jsonColumns) record[column] = parseJson(row[column])
  record.sidecars = parseJson(row.sidecars) ?? []
  if (record.generation !== null && raw !== undefined) record.generation = { ...(record.generation as Generation), raw }
  record.is_favorite = row.is_favorite === 1
  record.collections = collections
  record.tags = tags
  record.collection_id = collections[0]?.id ?? (row.space === 'library' ? unsorted : null)
  return record as Asset
}

/** ISO 8601 in UTC from milliseconds, null from null. */
export function iso(value: string | number | null | undefined): string | null {
  return typeof value === 'number' ? new Date(value).toISOString() : null
}

function parseJson(value: string | number | null | undefined): unknown {
  return typeof value === 'string' ? JSON.parse(value) : null
}
