import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { VitrineError } from '../../../shared/contract/errors.ts'
import { type AssetId, type RemoteId, type Sha256, sha256Schema } from '../../../shared/domain/ids.ts'
import type { StoredAsset } from '../catalog/assetRecords.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { RemoteObject } from '../catalog/remotes.repository.ts'
import type { Lanes, ObjectInfo, ObjectStore, Pace, PutFile, UploadNotes, Verification } from '../ports.ts'
import { isHere } from './cloudOnlyAssets.ts'
import { type Owner, originalKey, thumbnailKey } from './objectKeys.ts'
import { isKept, isOnRemote } from './planUploads.ts'
import { whyRefused } from './uploadPolicy.ts'
import type { CopyKept } from './workspace/copyKept.ts'

export interface UploadContext {
  readonly catalog: Catalog
  readonly store: ObjectStore
  readonly remoteId: RemoteId
  readonly owner: Owner
  /** Folder of the library; storage paths are relative to it. */
  readonly root: string
  readonly now: () => number
  /** Bytes of uploads that began before this one and are not over. */
  readonly reservedBytes: () => number
  readonly pace: Pace
  /** The remote began empty, and everything in it came from here: what is sent for the first time can't be there. */
  readonly isFresh: boolean
  /** Gets what came from a workspace bucket into this one without sending it, where that can be. */
  readonly copyKept?: CopyKept | undefined
}

export interface UploadTask {
  readonly assetId: AssetId
  readonly signal: AbortSignal
  readonly lanes: Lanes
  /** Counts this one. */
  readonly attempt: number
  /** Whether a part that failed is to be sent again now. */
  readonly again: (error: unknown, attempt: number) => Promise<boolean>
  /** Bytes sent since the last call; negative for some that have to be sent again. */
  readonly onBytes: (bytes: number) => void
}

export type UploadOutcome =
  /** Original and thumbnail are confirmed; `sent` is false when the remote had both already. */
  | { readonly kind: 'synced'; readonly sent: boolean }
  /** The asset is no longer one that belongs into the bucket. Nothing is left half-sent. */
  | { readonly kind: 'not-kept' }

/**
 * Brings one asset's original, then its thumbnail, to the remote. What the remote holds already is confirmed instead of
 * sent again. Throws a `VitrineError`; what was confirmed until then is recorded and stays so.
 */
export async function uploadAsset(context: UploadContext, task: UploadTask): Promise<UploadOutcome> {
  const { catalog, remoteId } = context
  const asset = catalog.assets.findById(task.assetId)
  if (asset === undefined || !isKept(asset)) {
    if (asset) await abandonOriginal(context, asset)
    return { kind: 'not-kept' }
  }
  let sent = false
  if (!isOnRemote(catalog, remoteId, asset)) {
    const used = catalog.remotes.usedBytes(remoteId) + context.reservedBytes()
    const refusal = whyRefused(catalog.remotes.policyOf(remoteId), asset, used)
    if (refusal !== null) throw new VitrineError('remote_policy', refusal)
    catalog.assets.setSyncState([{ id: asset.id, state: 'uploading', reason: null }])
    const key = originalKey(context.owner, asset)
    const file: PutFile = {
      path: originalPath(context.root, asset),
      size: asset.fileSizeBytes,
      sha256: asset.sha256,
      contentType: asset.mimeType,
      signal: task.signal,
      onProgress: cumulative(task.onBytes),
      pace: context.pace,
      lanes: task.lanes,
      again: task.again,
      notes: notesOf(context, asset.id, key),
    }
    try {
      const copy = (await context.copyKept?.(context.store, asset, key, file)) ?? null
      if (copy === null) {
        sent = await bring(context, asset.id, 'original', key, file, context.isFresh && task.attempt === 1)
      } else {
        record(context, asset.id, 'original', key, file.sha256, copy)
        sent = true
      }
    } catch (error) {
      const present = catalog.assets.findById(asset.id)
      if (present !== undefined && isKept(present)) throw error
      await abandonOriginal(context, asset)
      return { kind: 'not-kept' }
    }
  }
  if (await bringThumbnail(context, asset, task)) sent = true
  const present = catalog.assets.findById(asset.id)
  if (present === undefined) return { kind: 'not-kept' }
  // Also when it has left the Library in the meantime: the bytes are in the bucket, and that is what the state says.
  const state = isHere(context.root, present) ? 'synced' : 'cloud-only'
  catalog.assets.setSyncState([{ id: asset.id, state, reason: null }])
  return { kind: 'synced', sent }
}

/** Frees what an unfinished upload left on the remote. */
async function abandonOriginal(context: UploadContext, asset: StoredAsset): Promise<void> {
  const { catalog, store, remoteId, owner } = context
  const key = originalKey(owner, asset)
  const begun = catalog.begunUploads.read(remoteId, key)
  if (begun === null) return
  await store.abandon(key, begun.uploadId)
  catalog.begunUploads.end(remoteId, key)
}

function notesOf({ catalog, remoteId, now }: UploadContext, assetId: AssetId, key: string): UploadNotes {
  const { begunUploads } = catalog
  return {
    read: () => begunUploads.read(remoteId, key),
    begin: (upload) => begunUploads.begin(remoteId, assetId, key, upload, now()),
    part: (part) => begunUploads.confirm(remoteId, key, part),
    end: () => begunUploads.end(remoteId, key),
  }
}

/** Confirms or sends one object, and records it. Returns whether it was sent. */
async function bring(
  context: UploadContext,
  assetId: AssetId,
  kind: RemoteObject['kind'],
  key: string,
  file: PutFile,
  isFirst: boolean,
): Promise<boolean> {
  const held = isFirst ? null : await context.store.confirm(key, file)
  record(context, assetId, kind, key, file.sha256, held ?? (await context.store.putFile(key, file)))
  return held === null
}

/** Writes down what the store has shown to hold. */
function record(
  { catalog, remoteId, now }: UploadContext,
  assetId: AssetId,
  kind: RemoteObject['kind'],
  key: string,
  sha256: Sha256,
  { info, verified }: { readonly info: ObjectInfo; readonly verified: Verification },
): void {
  const { size, etag } = info
  catalog.remotes.recordObject({ remoteId, key, kind, assetId, sha256, size, etag, verified, verifiedAt: now() })
}

/** Sends the largest thumbnail. One that is not on disk now is made again, and follows then. */
async function bringThumbnail(
  context: UploadContext,
  asset: StoredAsset,
  { signal, lanes, attempt }: UploadTask,
): Promise<boolean> {
  const { catalog, remoteId } = context
  const relative = catalog.assets.get(asset.id)?.thumbnail_path
  if (!relative || catalog.remotes.object(remoteId, asset.id, 'thumbnail') !== undefined) return false
  const path = join(context.root, relative)
  let bytes: Buffer
  try {
    bytes = await readFile(path)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      catalog.assets.redraw(asset.id)
      return false
    }
    throw new VitrineError('io_error', `The thumbnail ${path} cannot be read.`, undefined, { cause: error })
  }
  const file: PutFile = {
    path,
    size: bytes.length,
    sha256: sha256Schema.parse(createHash('sha256').update(bytes).digest('hex')),
    contentType: 'image/webp',
    signal,
    lanes,
    pace: context.pace,
  }
  const key = thumbnailKey(context.owner, asset.sha256)
  return bring(context, asset.id, 'thumbnail', key, file, context.isFresh && attempt === 1)
}

/** Where the bytes of an asset are on this computer. */
export function originalPath(root: string, asset: StoredAsset): string {
  // A file that is linked in place has an absolute path, on Windows with a drive.
  return /^([/\\]|[a-z]:)/i.test(asset.storagePath) ? asset.storagePath : join(root, asset.storagePath)
}

/** Turns a running total into what was added since the last call. */
function cumulative(onBytes: (bytes: number) => void): (total: number) => void {
  let before = 0
  return (total) => {
    onBytes(total - before)
    before = total
  }
}
