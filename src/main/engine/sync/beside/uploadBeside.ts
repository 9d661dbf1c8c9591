import { VitrineError } from '../../../../shared/contract/errors.ts'
import type { StoredAsset } from '../../catalog/assetRecords.ts'
import type { PutFile } from '../../ports.ts'
import { bringObject, recordShown } from '../bringObject.ts'
import { originalFile } from '../cloudOnlyAssets.ts'
import type { UploadContext, UploadTask } from '../uploadTask.ts'
import { type BesideFile, besideToSend } from './besideFiles.ts'

/**
 * Brings earlier versions and sidecars of an asset to the remote, as far as they are here and may go there. Throws as the
 * upload of an original does, with the name of the file. Returns whether anything was sent.
 */
export async function uploadBeside(
  context: UploadContext,
  asset: StoredAsset,
  { signal, lanes, again, onBytes }: Pick<UploadTask, 'signal' | 'lanes' | 'again' | 'onBytes'>,
): Promise<boolean> {
  const { catalog, remoteId } = context
  let sent = false
  for (const beside of besideToSend(context, asset)) {
    const { kind, keys, sha256, size, storagePath, mimeType, name } = beside
    const key = ownKeyOf(keys)
    let before = 0
    const file = {
      path: originalFile(context.root, { storagePath }),
      size,
      sha256,
      contentType: mimeType,
      signal,
      lanes,
      again,
      pace: context.pace,
      onProgress(total: number): void {
        onBytes(total - before)
        before = total
      },
      notes: {
        read: () => catalog.begunUploads.read(remoteId, key),
        begin: (upload: Parameters<typeof catalog.begunUploads.begin>[3]) =>
          catalog.begunUploads.begin(remoteId, asset.id, key, upload, context.now()),
        part: (part: Parameters<typeof catalog.begunUploads.confirm>[2]) =>
          catalog.begunUploads.confirm(remoteId, key, part),
        end: () => catalog.begunUploads.end(remoteId, key),
      },
    }
    try {
      if (await isWhereItWas(context, asset, beside, file)) continue
      const isSent = await bringObject(context, { assetId: asset.id, kind, part: sha256, key, file, isFirst: false })
      sent ||= isSent
    } catch (error) {
      if (!(error instanceof VitrineError) || error.code !== 'io_error') throw error
      throw new VitrineError('io_error', `${name} could not be uploaded: ${error.message}`, error.details, {
        cause: error,
      })
    }
  }
  return sent
}

/** The only key that may be written to. */
function ownKeyOf([first, ...rest]: BesideFile['keys']): string {
  return rest.at(-1) ?? first
}

/** Whether the bucket holds the bytes under the key that another program gave them; recorded if so. */
async function isWhereItWas(
  context: UploadContext,
  { id: assetId }: Pick<StoredAsset, 'id'>,
  { kind, keys: [key, ...rest], sha256 }: BesideFile,
  file: PutFile,
): Promise<boolean> {
  if (rest.length === 0) return false
  const shown = await context.store.confirm(key, file)
  if (shown !== null) recordShown(context, { assetId, kind, part: sha256, key, file }, shown)
  return shown !== null
}
