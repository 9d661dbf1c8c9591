import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { EncodedThumbnail } from './decodePicture.ts'

/**
 * Writes `<sha256>-<size>.webp` for each thumbnail; a reader sees the whole file or none. Not fsynced: thumbnails are
 * rebuildable. Throws the file system's error (ENOSPC and so on) and leaves no temporary file.
 * @returns the sizes written, ascending
 */
export async function writeThumbnails(
  folder: string,
  sha256: string,
  thumbnails: readonly EncodedThumbnail[],
): Promise<number[]> {
  await mkdir(folder, { recursive: true })
  await Promise.all(thumbnails.map(({ size, webp }) => writeWhole(join(folder, `${sha256}-${size}.webp`), webp)))
  return thumbnails.map(({ size }) => size).sort((a, b) => a - b)
}

async function writeWhole(path: string, bytes: Buffer): Promise<void> {
  // The same name in every process: what a killed one left is overwritten by the next attempt.
  const temporary = `${path}.tmp`
  try {
    await writeFile(temporary, bytes)
    await rename(temporary, path)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  }
}
