import { join } from 'node:path'
import { VitrineError } from '../../../shared/contract/errors.ts'
import { thumbnailSizes } from '../../../shared/domain/asset.ts'
import type { Sha256 } from '../../../shared/domain/ids.ts'
import type { MediaDecoder } from '../ports.ts'
import type { LibraryFolder } from './libraryFolder.ts'

/**
 * Makes the smaller thumbnails of an asset whose original is elsewhere out of its largest one. `file` is that one, absolute.
 * Rejects with what the decoders say of it.
 */
export async function drawSmaller(
  decoder: Pick<MediaDecoder, 'process'>,
  folder: LibraryFolder,
  file: string,
  sha256: Sha256,
): Promise<void> {
  const outcome = await decoder.process({
    path: file,
    sha256,
    mimeType: 'image/webp',
    thumbnailFolder: join(folder.thumbnails, sha256.slice(0, 2)),
    sizes: thumbnailSizes.slice(0, -1),
    sidecars: [],
  })
  if (!outcome.ok) throw new VitrineError(outcome.code, outcome.message)
}
