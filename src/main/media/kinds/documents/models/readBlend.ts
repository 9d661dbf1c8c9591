import { createReadStream } from 'node:fs'
import type { Transform } from 'node:stream'
import zlib from 'node:zlib'
import { type KindFacts, type MediaSource, noFacts } from '../../kindReader.ts'
import { damaged, withoutPreview } from '../documentFacts.ts'
import { readSlice } from '../readSlice.ts'
import { blendThumbnail } from './blendThumbnail.ts'

/** Header, render settings and a thumbnail; the thumbnail of today's versions has 256 × 256 pixels. */
const START = 4 * 1024 ** 2

/**
 * Reads a Blender file, compressed or not: its version and the thumbnail that it was saved with. Width and height are
 * those of the thumbnail.
 */
export async function readBlend(source: MediaSource): Promise<KindFacts> {
  const found = blendThumbnail(await startOf(source))
  if (found === null) {
    return damaged({ format: 'blend' }, 'This Blender file is damaged or incomplete. The original is kept as it is.')
  }
  const metadata = { format: 'blend', creator: `Blender ${found.version}` }
  const { thumbnail } = found
  if (thumbnail?.kind !== 'pixels') {
    return withoutPreview(
      metadata,
      'This Blender file was saved without a preview. Turn on “File Preview” in Blender’s preferences to see it here.',
    )
  }
  const { width, height } = thumbnail
  return { ...noFacts, width, height, metadata: { ...metadata, size_of: 'preview' }, picture: thumbnail }
}

async function startOf(source: MediaSource): Promise<Buffer> {
  const head = await readSlice(source.path, 0, START)
  const magic = head.length < 4 ? 0 : head.readUInt32BE(0)
  if (magic >>> 16 === 0x1f8b) return decompressed(source.path, zlib.createGunzip())
  // Blender compresses with Zstandard since 3.0; so does Node since 22.15.
  if (magic === 0x28b52ffd && zlib.createZstdDecompress !== undefined) {
    return decompressed(source.path, zlib.createZstdDecompress())
  }
  return head
}

/** The first bytes of what a stream unpacks; fewer where it breaks off. */
async function decompressed(path: string, unpack: Transform): Promise<Buffer> {
  const input = createReadStream(path)
  const chunks: Buffer[] = []
  let length = 0
  try {
    input.on('error', (error) => unpack.destroy(error))
    for await (const chunk of input.pipe(unpack)) {
      chunks.push(chunk)
      length += chunk.length
      if (length >= START) break
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall !== undefined) throw error
    // Damaged from here on; what came before may be enough.
  } finally {
    input.destroy()
    unpack.destroy()
  }
  return Buffer.concat(chunks)
}
