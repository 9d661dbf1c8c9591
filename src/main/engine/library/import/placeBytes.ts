import { mkdir, rename } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join } from 'node:path'
import type { Sha256 } from '../../../../shared/domain/ids.ts'
import type { ImportRules } from '../../../../shared/domain/import.ts'
import type { StoredAsset } from '../../catalog/assetRecords.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import type { LibraryFolder } from '../libraryFolder.ts'
import type { ReadFile } from './copyFile.ts'
import { libraryError, systemCode } from './fileErrors.ts'
import type { IdentifiedType } from './identifyType.ts'
import { isStored, type NewOriginal, placeOriginal, resolveStored } from './placeOriginal.ts'

/** A file that was read and, unless it is linked, copied to `incoming`. */
export interface ReadSource {
  readonly path: string
  readonly read: ReadFile
  readonly type: IdentifiedType
  /** The copy, null in mode `link`. */
  readonly temporary: string | null
}

/** Where the bytes are now. */
export interface Place {
  readonly storagePath: string
  /** True if this import put the file there, and no asset has it yet. */
  readonly placed: boolean
  /** True if an asset that had lost its original has it again. */
  readonly restored: boolean
  /** True if they become an asset although they are one already. */
  readonly another: boolean
}

export interface PlaceTools {
  readonly catalog: Pick<Catalog, 'assets'>
  readonly folder: LibraryFolder
}

/**
 * Puts the bytes of a file where its asset will find them, as the rules want it for bytes that are an asset already. No
 * other call may place the same hash meanwhile. Throws `disk_full`, `library_read_only`, `io_error`.
 */
export async function placeBytes(
  source: ReadSource,
  rules: ImportRules,
  importedAt: number,
  tools: PlaceTools,
): Promise<Place> {
  const { assets } = tools.catalog
  const existing = assets.findBySha256(source.read.sha256)
  if (existing === undefined) return placeNew(source, importedAt, tools)
  if (rules.onDuplicate === 'skip' || wasTaken(source, rules, tools)) {
    return placeAgain(existing, source, importedAt, tools)
  }
  const stored =
    rules.onDuplicate === 'link' && rules.mode !== 'link' ? assets.findStored(source.read.sha256) : undefined
  const place =
    stored === undefined
      ? await placeNew(source, importedAt, tools)
      : await placeAgain(stored, source, importedAt, tools)
  return { ...place, another: true }
}

/**
 * The very file, not only the same bytes: one that is linked in place already, or the source of a move that could not
 * be removed after it was taken in. However often it turns up, it stays one asset.
 */
function wasTaken({ path, read }: ReadSource, { mode }: ImportRules, { catalog: { assets } }: PlaceTools): boolean {
  switch (mode) {
    case 'copy':
      return false
    case 'move':
      return assets.findTaken(read.sha256, path, Math.round(read.mtimeMs)) !== undefined
    case 'link':
      return assets.findByStoragePath(path).some(({ sha256 }) => sha256 === read.sha256)
  }
}

async function placeNew(source: ReadSource, importedAt: number, { catalog, folder }: PlaceTools): Promise<Place> {
  const { path, temporary, read, type } = source
  if (temporary === null) return { storagePath: path, placed: false, restored: false, another: false }
  const original: NewOriginal = {
    temporary,
    sha256: read.sha256,
    size: read.size,
    fileName: basename(path),
    extension: type.extension,
    importedAt,
  }
  const copies = catalog.assets.countBySha256(read.sha256)
  const isTaken = (stored: string): boolean => catalog.assets.findByStoragePath(stored).length > 0
  const storagePath = await placeOriginal(
    folder,
    copies === 0 ? original : { ...original, beside: { copies, isTaken } },
  )
  return { storagePath, placed: true, restored: false, another: false }
}

/** The bytes are an asset already; if that asset has lost its original, these bytes take its place. */
async function placeAgain(
  existing: StoredAsset,
  source: ReadSource,
  importedAt: number,
  { folder }: PlaceTools,
): Promise<Place> {
  const { storagePath } = existing
  const { read, temporary } = source
  const unchanged: Place = { storagePath, placed: false, restored: false, another: false }
  if (await isStored(folder, storagePath, read.size)) return unchanged
  // A linked original is the person's own to put back. Its row stays; see removeSource for why nothing is lost.
  if (temporary === null || isAbsolute(storagePath)) return unchanged
  const target = resolveStored(folder, storagePath)
  try {
    await mkdir(dirname(target), { recursive: true })
    await setAside(target, read.sha256, folder, importedAt)
    await rename(temporary, target)
  } catch (error) {
    throw libraryError(error)
  }
  return { ...unchanged, restored: true }
}

/** What stands where an original belongs but is not it goes to quarantine: it may be all that is left of something. */
async function setAside(target: string, sha256: Sha256, folder: LibraryFolder, now: number): Promise<void> {
  try {
    await mkdir(folder.quarantine, { recursive: true })
    await rename(
      target,
      join(folder.quarantine, `damaged-${now}-${sha256.slice(0, 12)}-${basename(target)}`.slice(-200)),
    )
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error
  }
}
