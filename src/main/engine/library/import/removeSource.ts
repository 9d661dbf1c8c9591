import { stat, unlink } from 'node:fs/promises'
import { VitrineError } from '../../../../shared/contract/errors.ts'
import type { AssetId, ImportId } from '../../../../shared/domain/ids.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import type { LibraryFolder } from '../libraryFolder.ts'
import { identityOf, type ReadFile, readAndCopy, sameIdentity } from './copyFile.ts'
import { systemCode } from './fileErrors.ts'
import { isStored, resolveStored } from './placeOriginal.ts'

/** Removes the source of a move, if it is still what was hashed and the library really has those bytes. */
export async function removeSource(
  path: string,
  read: Pick<ReadFile, 'size' | 'identity'>,
  storagePath: string,
  folder: LibraryFolder,
): Promise<void> {
  if (!(await isStored(folder, storagePath, read.size))) return
  try {
    const stored = await stat(resolveStored(folder, storagePath), { bigint: true })
    const source = await stat(path, { bigint: true })
    const isOriginal = stored.dev === source.dev && stored.ino === source.ino
    if (!isOriginal && sameIdentity(identityOf(source), read.identity)) await unlink(path)
  } catch (error) {
    // The import is done: a source that is gone, or may not be removed, stays what it is.
    if (!['ENOENT', 'EACCES', 'EPERM', 'EBUSY', 'EROFS'].includes(systemCode(error))) throw error
  }
}

/**
 * Removes the sources of a move that an earlier process had taken in but was killed before it could remove. A source
 * that holds other bytes by now stays.
 */
export async function removeSettledSources(
  id: ImportId,
  catalog: Pick<Catalog, 'assets' | 'imports'>,
  folder: LibraryFolder,
  signal: AbortSignal,
): Promise<void> {
  const { imported, duplicates } = catalog.imports.report(id)
  const settled: readonly (readonly [path: string, asset: AssetId])[] = [
    ...imported.map(({ path, id: asset }) => [path, asset] as const),
    ...duplicates.map(({ path, of }) => [path, of] as const),
  ]
  for (const [path, assetId] of settled) {
    const asset = catalog.assets.findById(assetId)
    if (signal.aborted) return
    if (asset === undefined) continue
    try {
      const read = await readAndCopy(path, null, new Set(), signal)
      if (read.sha256 === asset.sha256) await removeSource(path, read, asset.storagePath, folder)
    } catch (error) {
      // Removed already, or not to be read: then it stays, and the import is as good without.
      if (!(error instanceof VitrineError)) throw error
    }
  }
}
