import { realpath, stat, unlink } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path'
import { VitrineError } from '../../../../shared/contract/errors.ts'
import type { AssetId, ImportId } from '../../../../shared/domain/ids.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import type { LibraryFolder } from '../libraryFolder.ts'
import { identityOf, type ReadFile, readAndCopy, sameIdentity } from './copyFile.ts'
import { systemCode } from './fileErrors.ts'
import { isStored, resolveStored } from './placeOriginal.ts'
import { quarantinedName } from './quarantine.ts'

/** What tells whether a file may go. */
export interface Removal {
  readonly catalog: Pick<Catalog, 'assets' | 'imports'>
  readonly folder: LibraryFolder
}

/**
 * Removes the source of a move, if it is still what was hashed, the library really has those bytes, and it is nobody's
 * original itself.
 */
export async function removeSource(
  path: string,
  read: Pick<ReadFile, 'size' | 'identity'>,
  storagePath: string,
  { catalog, folder }: Removal,
): Promise<void> {
  if (!(await isStored(folder, storagePath, read.size))) return
  try {
    const stored = await stat(resolveStored(folder, storagePath), { bigint: true })
    const source = await stat(path, { bigint: true })
    const isSame = stored.dev === source.dev && stored.ino === source.ino
    if (isSame || !sameIdentity(identityOf(source), read.identity)) return
    if (!(await isOriginal(path, { catalog, folder }))) await unlink(path)
  } catch (error) {
    // The import is done: a source that is gone, or may not be removed, stays what it is.
    if (!['ENOENT', 'EACCES', 'EPERM', 'EBUSY', 'EROFS'].includes(systemCode(error))) throw error
  }
}

/** True for what lies in `originals/`, by whatever way it is named, and for a file that an asset refers to in place. */
async function isOriginal(path: string, { catalog, folder }: Removal): Promise<boolean> {
  const real = join(await realpath(dirname(path)), basename(path))
  const fromOriginals = relative(await realpath(folder.originals), real)
  if (fromOriginals.split(sep)[0] !== '..' && !isAbsolute(fromOriginals)) return true
  return [path, real].some((name) => catalog.assets.findByStoragePath(name).length > 0)
}

/**
 * Removes the sources of a move that an earlier process had taken in but was killed before it could remove. A source
 * that holds other bytes by now stays.
 */
export async function removeSettledSources(id: ImportId, removal: Removal, signal: AbortSignal): Promise<void> {
  const { imported, duplicates, sidecars, quarantined } = removal.catalog.imports.report(id)
  const settled: readonly (readonly [path: string, asset: AssetId])[] = [
    ...imported.map(({ path, id: asset }) => [path, asset] as const),
    ...duplicates.map(({ path, of }) => [path, of] as const),
    ...sidecars.flatMap(({ path, of }) => (of === null ? [] : [[path, of] as const])),
  ]
  const storedAs = (assetId: AssetId, hash: string): string | undefined => {
    const asset = removal.catalog.assets.findById(assetId)
    if (asset?.sha256 === hash) return asset.storagePath
    return asset?.sidecars.find(({ sha256 }) => sha256 === hash)?.path
  }
  for (const [path, assetId] of settled) {
    if (signal.aborted) return
    await removeSettled(path, (hash) => storedAs(assetId, hash), removal, signal)
  }
  for (const { path, file } of quarantined) {
    if (signal.aborted) return
    if (file !== null) await removeSettled(path, (hash) => ownFile(path, hash, file), removal, signal)
  }
}

/** A file in quarantine is named for its bytes. */
function ownFile(path: string, hash: string, file: string): string | undefined {
  return file.endsWith(`/${quarantinedName(path, hash)}`) ? file : undefined
}

async function removeSettled(
  path: string,
  storedAs: (hash: string) => string | undefined,
  removal: Removal,
  signal: AbortSignal,
): Promise<void> {
  try {
    const read = await readAndCopy(path, null, new Set(), signal)
    const stored = storedAs(read.sha256)
    if (stored !== undefined) await removeSource(path, read, stored, removal)
  } catch (error) {
    // Removed already, or not to be read: then it stays, and the import is as good without.
    if (!(error instanceof VitrineError)) throw error
  }
}
