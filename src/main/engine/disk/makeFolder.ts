import { mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileError } from './fileError.ts'

/**
 * Makes a folder and those above it that are missing; one that exists is fine. One level at a time, because Node's own
 * recursive mkdir says ENOENT for a disk that can only be read, and never returns below `/proc` (seen with Node 26.10).
 * @throws {VitrineError} `library_read_only`, `permission_denied`, `disk_full`, or `io_error` when a file is in the way.
 */
export function makeFolder(path: string): void {
  const missing: string[] = []
  for (let folder = path; !isFolder(folder) && dirname(folder) !== folder; folder = dirname(folder))
    missing.push(folder)
  for (const folder of missing.reverse()) makeOne(folder)
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
}

function makeOne(folder: string): void {
  try {
    mkdirSync(folder)
  } catch (error) {
    // Somebody else may have made it in the same instant.
    if (!isFolder(folder)) throw fileError(error, folder)
  }
}
