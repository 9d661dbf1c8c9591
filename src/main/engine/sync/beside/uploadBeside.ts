import { VitrineError } from '../../../../shared/contract/errors.ts'
import type { StoredAsset } from '../../catalog/assetRecords.ts'
import { bringObject } from '../bringObject.ts'
import { originalFile } from '../cloudOnlyAssets.ts'
import type { UploadContext, UploadTask } from '../uploadTask.ts'
import { besideToSend } from './besideFiles.ts'

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
    const { kind, key, sha256, size, storagePath, mimeType, name } = beside
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
