import { randomUUID } from 'node:crypto'
import { mkdirSync, readdirSync, rmdirSync } from 'node:fs'
import { join } from 'node:path'
import { safeName } from '../../../../shared/domain/namePattern.ts'
import { fileError } from '../../disk/fileError.ts'
import { writeFileDurably } from '../../disk/writeFileDurably.ts'
import type { LibraryFolder } from '../libraryFolder.ts'

/**
 * Writes a file that has no path of its own into a folder of its own, from which an import moves it into the library; if the
 * program ends in between, it is still there when the import goes on. Throws errors of the disk.
 * @returns its absolute path
 */
export function stageFile(folder: LibraryFolder, name: string, bytes: Uint8Array): string {
  try {
    mkdirSync(folder.staged, { recursive: true })
    removeEmptied(folder.staged)
    const own = join(folder.staged, randomUUID())
    mkdirSync(own)
    const path = join(own, safeName(name))
    writeFileDurably(path, bytes)
    return path
  } catch (error) {
    throw fileError(error, folder.staged)
  }
}

/** Folders whose file has been taken in. */
function removeEmptied(staged: string): void {
  for (const name of readdirSync(staged)) {
    try {
      rmdirSync(join(staged, name))
    } catch {
      // Its file is still there.
    }
  }
}
