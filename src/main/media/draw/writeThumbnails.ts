import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { EncodedThumbnail } from './decodePicture.ts'

/**
 * Writes `<sha256>-<size>.webp` for each thumbnail; a reader sees the whole file or none. Not fsynced: thumbnails are
 * rebuildable. Throws the file system's error (ENOSPC and so on) and leaves no temporary file. Waits for the disk itself:
 * a worker has one file at a time and nothing else to do meanwhile.
 * @returns the sizes written, ascending
 */
export function writeThumbnails(folder: string, sha256: string, thumbnails: readonly EncodedThumbnail[]): number[] {
  mkdirSync(folder, { recursive: true })
  for (const { size, webp } of thumbnails) writeWhole(join(folder, `${sha256}-${size}.webp`), webp)
  return thumbnails.map(({ size }) => size).sort((a, b) => a - b)
}

/** Writes one picture under its name; see `writeThumbnails`. */
export function writePicture(folder: string, name: string, bytes: Buffer): void {
  mkdirSync(folder, { recursive: true })
  writeWhole(join(folder, name), bytes)
}

function writeWhole(path: string, bytes: Buffer): void {
  // The same name in every process: what a killed one left is overwritten by the next attempt.
  const temporary = `${path}.tmp`
  try {
    writeFileSync(temporary, bytes)
    renameSync(temporary, path)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
}
