import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { VitrineError } from '../../../shared/contract/errors.ts'
import { type AssetId, sha256Schema } from '../../../shared/domain/ids.ts'
import { adoptedKeyOf } from '../catalog/adoptedKey.ts'
import type { StoredAsset } from '../catalog/assetRecords.ts'
import type { PutFile, UploadNotes } from '../ports.ts'
import { confirmAdopted, keepOwnCopy } from './adopt/confirmAdopted.ts'
import { settleBeside } from './beside/besideFiles.ts'
import { uploadBeside } from './beside/uploadBeside.ts'
import { bringObject, recordShown } from './bringObject.ts'
import { isHere } from './cloudOnlyAssets.ts'
import { ownKey, thumbnailKey } from './objectKeys.ts'
import { isKept, isOnRemote } from './planUploads.ts'
import { whyRefused } from './uploadPolicy.ts'
import type { UploadContext, UploadTask } from './uploadTask.ts'

/** A file that is smaller, and takes no longer than so many ms, is not shown as under way. */
const WORTH_SHOWING_BYTES = 1024 * 1024
const WORTH_SHOWING_MS = 300

export type UploadOutcome =
  /**
   * Original and thumbnail are confirmed; `sent` is false when the remote had both already. `state` is what the asset is from
   * now on, which is not written down yet.
   */
  | { readonly kind: 'synced'; readonly sent: boolean; readonly state: 'synced' | 'cloud-only' }
  /** The asset is no longer one that belongs into the bucket. Nothing is left half-sent. */
  | { readonly kind: 'not-kept' }

/**
 * Brings one asset's original, then its thumbnail, earlier versions and sidecars, to the remote. What the remote holds already is confirmed instead of
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
  if (!isOnRemote(catalog, remoteId, asset) && !(await isWhereItWas(context, asset, task))) {
    const used = catalog.remotes.usedBytes(remoteId) + context.reservedBytes()
    const refusal = whyRefused(catalog.remotes.policyOf(remoteId), asset, used)
    if (refusal !== null) throw new VitrineError('remote_policy', refusal)
    const cancelShow = showLater(context, asset)
    const key = ownKey(context.owner, asset)
    const file: PutFile = {
      ...fileOf(context.root, asset),
      signal: task.signal,
      onProgress: cumulative(task.onBytes),
      pace: context.pace,
      lanes: task.lanes,
      again: task.again,
      notes: notesOf(context, asset.id, key),
    }
    try {
      const copy = (await context.copyKept?.(context.store, asset, key, file)) ?? null
      const object = { assetId: asset.id, kind: 'original', key, file } as const
      if (copy === null) {
        sent = await bringObject(context, { ...object, isFirst: context.isFresh && task.attempt === 1 })
      } else {
        recordShown(context, object, copy)
        sent = true
      }
    } catch (error) {
      const present = catalog.assets.findById(asset.id)
      if (present !== undefined && isKept(present)) throw error
      await abandonOriginal(context, asset)
      return { kind: 'not-kept' }
    } finally {
      cancelShow()
    }
  }
  if (await bringThumbnail(context, asset, task)) sent = true
  if (await uploadBeside(context, asset, task)) sent = true
  const present = catalog.assets.findById(asset.id)
  if (present === undefined) return { kind: 'not-kept' }
  // Other devices are told of versions only now that they are there.
  settleBeside(context, present, context.now())
  // Also when it has left the Library in the meantime: the bytes are in the bucket, and that is what the state says.
  return { kind: 'synced', sent, state: isHere(context.root, present) ? 'synced' : 'cloud-only' }
}

/** Says that it is under way, unless what is returned is called before. */
function showLater({ catalog, after, quietly }: UploadContext, { id, fileSizeBytes }: StoredAsset): () => void {
  const show = (): void => quietly(() => catalog.assets.setSyncState([{ id, state: 'uploading', reason: null }]))
  if (fileSizeBytes < WORTH_SHOWING_BYTES) return after(WORTH_SHOWING_MS, show)
  show()
  return () => undefined
}

/** Whether the bucket holds the bytes under the key that another program gave them; recorded if so. */
async function isWhereItWas(context: UploadContext, asset: StoredAsset, { signal }: UploadTask): Promise<boolean> {
  if (adoptedKeyOf(asset.objectKey, asset.sha256) === null) return false
  const file = { ...fileOf(context.root, asset), signal }
  const proof = await confirmAdopted(context, asset, file)
  if (proof === null) keepOwnCopy(context.catalog, asset, context.now())
  else recordShown(context, { assetId: asset.id, kind: 'original', key: proof.key, file }, proof)
  return proof !== null
}

function fileOf(root: string, asset: StoredAsset): Pick<PutFile, 'path' | 'size' | 'sha256' | 'contentType'> {
  const { fileSizeBytes: size, sha256, mimeType: contentType } = asset
  return { path: originalPath(root, asset), size, sha256, contentType }
}

/** Frees what an unfinished upload left on the remote. */
async function abandonOriginal(context: UploadContext, asset: StoredAsset): Promise<void> {
  const { catalog, store, remoteId, owner } = context
  const key = ownKey(owner, asset)
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

/** Sends the largest thumbnail. One that is not on disk now is made again, and follows then. */
async function bringThumbnail(
  context: UploadContext,
  asset: StoredAsset,
  { signal, lanes, attempt }: UploadTask,
): Promise<boolean> {
  const { catalog, remoteId } = context
  const relative = catalog.assets.get(asset.id)?.thumbnail_path
  const key = thumbnailKey(context.owner, asset.sha256)
  if (!relative || catalog.remotes.object(remoteId, asset.id, 'thumbnail')?.key === key) return false
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
  const isFirst = context.isFresh && attempt === 1
  return bringObject(context, { assetId: asset.id, kind: 'thumbnail', key, file, isFirst })
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
