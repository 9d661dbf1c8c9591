import { randomUUID } from 'node:crypto'
import { VitrineError } from '../../../../shared/contract/errors.ts'
import type { AssetType } from '../../../../shared/domain/asset.ts'
import type { AssetId, Sha256 } from '../../../../shared/domain/ids.ts'
import type { StoredAsset } from '../../catalog/assetRecords.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import type { MutationWriter } from '../../catalog/mutations.ts'
import type { StoredVersion } from '../../catalog/versions.repository.ts'

/** Bytes that stand in their place, and what they are. */
export interface Content {
  readonly sha256: Sha256
  readonly storagePath: string
  readonly fileName: string
  readonly extension: string
  readonly bytes: number
  readonly mimeType: string
  readonly assetType: AssetType
  /** The file's own modification time, ms. */
  readonly createdAt: number
}

/**
 * Inside a mutation: gives an asset other content. The first time, what it had becomes version 1; what it gets is the
 * next one. Title, tags, rating and all that people gave it stay with the asset.
 */
export function changeContent(
  catalog: Catalog,
  writer: MutationWriter,
  asset: StoredAsset,
  content: Content,
  description: string | null,
  now: number,
): void {
  const known = catalog.versions.list(asset.id)
  const row = catalog.assets.get(asset.id)
  if (row === undefined) throw noAsset(asset.id)
  const record = (version: number, of: Content, text: string | null): void => {
    const id = randomUUID()
    writer.set('assetVersion', id, '', {
      asset_id: asset.id,
      version_number: version,
      sha256: of.sha256,
      storage_path: of.storagePath,
      file_name: of.fileName,
      file_size_bytes: of.bytes,
      mime_type: of.mimeType,
      asset_type: of.assetType,
      change_description: text,
      device_id: catalog.deviceId,
      created_at: of.createdAt,
      // Made as deleted and brought to life as a change of its own, so that undo has a cell to set back.
      deleted_at: now,
    })
    writer.set('assetVersion', id, 'deleted_at', null)
  }
  if (known.length === 0) record(row.version_number, contentOf(asset, Date.parse(row.created_at)), null)
  const next = Math.max(row.version_number, ...known.map(({ version_number }) => version_number)) + 1
  record(next, content, description)
  writer.set('asset', asset.id, 'storage_path', content.storagePath)
  writer.set('asset', asset.id, 'file_name', content.fileName)
  writer.set('asset', asset.id, 'content', {
    sha256: content.sha256,
    file_size_bytes: content.bytes,
    mime_type: content.mimeType,
    asset_type: content.assetType,
    extension: content.extension,
    created_at: content.createdAt,
  })
  writer.set('asset', asset.id, 'version_number', next)
  writer.set('asset', asset.id, 'status', 'processing')
  writer.set('asset', asset.id, 'error_code', null)
  writer.set('asset', asset.id, 'error_message', null)
}

/** What an asset holds now. */
export function contentOf(asset: StoredAsset, createdAt: number): Content {
  return {
    sha256: asset.sha256,
    storagePath: asset.storagePath,
    fileName: asset.fileName,
    extension: asset.extension,
    bytes: asset.fileSizeBytes,
    mimeType: asset.mimeType,
    assetType: asset.assetType,
    createdAt,
  }
}

export function contentOfVersion(version: StoredVersion): Content {
  const dot = version.storage_path.lastIndexOf('.')
  return {
    sha256: version.sha256,
    storagePath: version.storage_path,
    fileName: version.file_name,
    extension: dot < 0 ? '' : version.storage_path.slice(dot + 1).toLowerCase(),
    bytes: version.file_size_bytes,
    mimeType: version.mime_type,
    assetType: version.asset_type,
    createdAt: Date.parse(version.created_at),
  }
}

/** The asset with this id. Throws `not_found`. */
export function requireAsset(catalog: Catalog, id: AssetId): StoredAsset {
  const asset = catalog.assets.findById(id)
  if (asset === undefined) throw noAsset(id)
  return asset
}

function noAsset(id: AssetId): VitrineError {
  return new VitrineError('not_found', 'That asset does not exist any more.', { id })
}
