import { constants } from 'node:fs'
import { open, realpath } from 'node:fs/promises'
import { isAbsolute, sep } from 'node:path'
import { VitrineError } from '../../../shared/contract/errors.ts'
import type { AssetId } from '../../../shared/domain/ids.ts'
import type { Catalog } from '../catalog/catalog.ts'
import { fileError } from '../disk/fileError.ts'
import { resolveStored } from './import/placeOriginal.ts'
import type { LibraryFolder } from './libraryFolder.ts'

/** Opening a pipe that took a file's place would wait for ever without O_NONBLOCK, which Windows does not have. */
const READ = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)
/** The largest typefaces, of all of China's characters, have a third of it. */
const LARGEST_BYTES = 64 * 1024 ** 2

/**
 * The bytes of a typeface.
 *
 * @throws {VitrineError} `not_found`, `unsupported_type` for what is no typeface, `file_too_large`, or what the disk says.
 */
export async function readTypeface(
  { assets }: Pick<Catalog, 'assets'>,
  folder: LibraryFolder,
  id: AssetId,
): Promise<Uint8Array<ArrayBuffer>> {
  const asset = assets.findById(id)
  if (asset === undefined) throw new VitrineError('not_found', 'That asset does not exist any more.', { id })
  if (!asset.mimeType.startsWith('font/')) throw new VitrineError('unsupported_type', 'This asset is no typeface.')
  const path = resolveStored(folder, asset.storagePath)
  try {
    const real = await realpath(path)
    // A copy must really be inside of the library, links followed; a linked original is the very file it refers to.
    if (!isAbsolute(asset.storagePath) && !real.startsWith((await realpath(folder.root)) + sep)) {
      throw new VitrineError('permission_denied', `The original of ${id} is outside of the library: ${real}`)
    }
    const file = await open(real, READ)
    try {
      const about = await file.stat()
      if (!about.isFile()) throw new VitrineError('io_error', `“${path}” is no file.`)
      const { size } = about
      if (size > LARGEST_BYTES) throw new VitrineError('file_too_large', 'This typeface is too large to be set here.')
      const bytes = new Uint8Array(size)
      const { bytesRead } = await file.read(bytes, 0, size, 0)
      return bytes.subarray(0, bytesRead)
    } finally {
      await file.close()
    }
  } catch (error) {
    throw fileError(error, path)
  }
}
