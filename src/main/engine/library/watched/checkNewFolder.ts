import { realpathSync, statSync } from 'node:fs'
import { isAbsolute, relative, sep } from 'node:path'
import { VitrineError } from '../../../../shared/contract/errors.ts'
import { sourceError } from '../import/fileErrors.ts'
import type { LibraryFolder } from '../libraryFolder.ts'

/**
 * The real path of a folder that is to be watched.
 * Throws `not_found`, `not_a_file`, `permission_denied` or `io_error` for what can't be watched at all, and
 * `folder_overlaps` for a folder that is watched already, inside or around one that is, or inside or around the library.
 */
export function checkNewFolder(path: string, watched: readonly string[], library: LibraryFolder): string {
  const real = realFolder(path)
  const owned = [library.root, library.drop].map(realOrSame)
  if (owned.some((own) => own === real || isInside(real, own))) {
    throw overlaps('This folder belongs to the library itself. Files in the library are watched already.', real)
  }
  if (owned.some((own) => isInside(own, real))) {
    throw overlaps('The library lies inside of this folder. Choose folders beside the library instead.', real)
  }
  for (const other of watched) {
    if (other === real) throw overlaps('This folder is watched already.', real)
    if (isInside(real, other)) throw overlaps(`This folder is watched already, as a part of ${other}.`, real)
    if (isInside(other, real)) {
      throw overlaps(`A folder inside of this one, ${other}, is watched already. Remove that one first.`, real)
    }
  }
  return real
}

function realFolder(path: string): string {
  try {
    const real = realpathSync.native(path)
    if (statSync(real).isDirectory()) return real
  } catch (error) {
    const typed = sourceError(error)
    throw typed.code === 'file_vanished'
      ? new VitrineError('not_found', `There is no folder ${path}.`, { path })
      : typed
  }
  throw new VitrineError('not_a_file', `${path} is not a folder.`, { path })
}

function realOrSame(path: string): string {
  try {
    return realpathSync.native(path)
  } catch {
    // A drop folder that is gone just now is where it will be again.
    return path
  }
}

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path)
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}

function overlaps(message: string, path: string): VitrineError {
  return new VitrineError('folder_overlaps', message, { path })
}
