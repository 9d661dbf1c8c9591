import type { Sha256 } from '../../../../shared/domain/ids.ts'
import { adoptedKeyOf } from '../../catalog/adoptedKey.ts'
import type { StoredAsset } from '../../catalog/assetRecords.ts'
import type { RemoteObject } from '../../catalog/remotes.repository.ts'
import type { StoredVersion } from '../../catalog/versions.repository.ts'
import { type AssetPlaces, isHere } from '../cloudOnlyAssets.ts'
import { type Owner, ownKey, sidecarKey } from '../objectKeys.ts'
import { whyRefused } from '../uploadPolicy.ts'

/** A file that belongs to an asset beside its original: an earlier version, or what describes it. */
export interface BesideFile {
  readonly kind: Extract<RemoteObject['kind'], 'version' | 'sidecar'>
  /** Relative to the library, absolute for one that is linked in place. */
  readonly storagePath: string
  /** Where it may be, the likely one first. The last is its own: nothing is ever written to another. */
  readonly keys: readonly [string, ...string[]]
  readonly sha256: Sha256
  /** Bytes. */
  readonly size: number
  readonly mimeType: string
  /** What a person calls it. */
  readonly name: string
}

/**
 * Keys under which an earlier version may be in the bucket, the likely one first: where another program put these bytes, if the
 * asset was taken in with them; under the key that they had, or would have had, as an original of the library's own.
 */
export function versionKeys(
  owner: Owner,
  version: StoredVersion,
  asset: Pick<StoredAsset, 'objectKey'> | undefined,
): readonly [string, ...string[]] {
  const own = ownKey(owner, {
    storagePath: version.storage_path,
    assetType: version.asset_type,
    fileName: version.file_name,
    sha256: version.sha256,
    importedAt: Date.parse(version.created_at),
  })
  const adopted = adoptedKeyOf(asset?.objectKey, version.sha256)
  return adopted === null ? [own] : [adopted, own]
}

/** Each file beside an asset's original once, whatever else refers to the same bytes. */
export function besideFilesOf(
  { catalog, owner }: Pick<AssetPlaces, 'catalog' | 'owner'>,
  asset: StoredAsset,
): BesideFile[] {
  const files = new Map<string, BesideFile>()
  for (const version of catalog.versions.list(asset.id)) {
    if (version.sha256 === asset.sha256) continue
    files.set(`version ${version.sha256}`, {
      kind: 'version',
      storagePath: version.storage_path,
      keys: versionKeys(owner, version, asset),
      sha256: version.sha256,
      size: version.file_size_bytes,
      mimeType: version.mime_type,
      name: `Version ${version.version_number} of “${asset.fileName}”`,
    })
  }
  for (const { name, path, sha256, bytes } of asset.sidecars) {
    files.set(`sidecar ${sha256}`, {
      kind: 'sidecar',
      storagePath: path,
      keys: [sidecarKey(owner, sha256)],
      sha256,
      size: bytes,
      mimeType: 'application/octet-stream',
      name: `“${name}”`,
    })
  }
  return [...files.values()]
}

/** What of it is here, is not known to be in the bucket, and may go there. */
export function besideToSend(places: AssetPlaces, asset: StoredAsset): readonly BesideFile[] {
  const { catalog, remoteId, root } = places
  const missing = besideFilesOf(places, asset).filter((file) => !isOnRecord(places, asset, file))
  if (missing.length === 0) return missing
  const policy = catalog.remotes.policyOf(remoteId)
  const used = catalog.remotes.usedBytes(remoteId)
  return missing.filter(({ kind, storagePath, size, mimeType }) => {
    if (!isHere(root, { storagePath, fileSizeBytes: size })) return false
    // Types are about what people look at: a sidecar goes where its original goes.
    const types = kind === 'sidecar' ? { ...policy, allowedMimeTypes: null } : policy
    return whyRefused(types, { mimeType, fileSizeBytes: size }, used) === null
  })
}

/** Whether the bucket is known to hold it where it may be. */
function isOnRecord(
  { catalog, remoteId }: Pick<AssetPlaces, 'catalog' | 'remoteId'>,
  { id }: Pick<StoredAsset, 'id'>,
  { kind, sha256, keys }: BesideFile,
): boolean {
  const key = catalog.remotes.object(remoteId, id, kind, sha256)?.key
  return key !== undefined && keys.includes(key)
}

/**
 * Writes down what follows from what is known of an asset that the bucket holds: to others, which of its versions are there
 * too; for itself, what others said to be there, and sidecars of theirs, so that nobody takes the objects for left over.
 */
export function settleBeside(places: AssetPlaces, asset: StoredAsset, now: number): void {
  const { catalog, remoteId, root } = places
  const versions = catalog.versions.list(asset.id)
  if (versions.length === 0 && asset.sidecars.length === 0) return
  const isRecorded = (file: BesideFile): boolean => isOnRecord(places, asset, file)
  const stored = new Set(versions.filter(({ in_bucket }) => in_bucket).map(({ sha256 }) => sha256))
  const files = besideFilesOf(places, asset)
  const said = files.filter(
    (file) =>
      (file.kind === 'sidecar' || stored.has(file.sha256)) &&
      !isRecorded(file) &&
      !isHere(root, { storagePath: file.storagePath, fileSizeBytes: file.size }),
  )
  if (said.length > 0) {
    catalog.remotes.recordObjects(
      said.map(({ kind, sha256, keys: [key], size }) => ({
        remoteId,
        assetId: asset.id,
        kind,
        part: sha256,
        key,
        sha256,
        size,
        etag: null,
        verified: 'published',
        verifiedAt: now,
      })),
    )
  }
  const recorded = new Set(files.filter(isRecorded).map(({ sha256 }) => sha256))
  const untold = versions.filter(
    ({ sha256, in_bucket }) => !in_bucket && (sha256 === asset.sha256 || recorded.has(sha256)),
  )
  if (untold.length === 0) return
  catalog.mutate(
    {
      kind: 'stored',
      label: () => 'Stored versions in the bucket',
      undoable: false,
      now,
      recordChanges: false,
      groupId: 'stored',
    },
    (writer) => {
      for (const { id } of untold) writer.set('assetVersion', id, 'stored_at', now)
    },
  )
}
