import { randomUUIDv7 } from 'node:crypto'
import { readdir, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join } from 'node:path'
import { toErrorData } from '../../../../shared/contract/errors.ts'
import { assetIdSchema, type ImportId, sha256Schema } from '../../../../shared/domain/ids.ts'
import { sidecarKind } from '../../../../shared/domain/sidecarNames.ts'
import type { StoredAsset } from '../../catalog/assetRecords.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import type { ImportItem } from '../../catalog/importRecords.ts'
import type { LibraryFolder } from '../libraryFolder.ts'
import type { ByHash } from './byHash.ts'
import { readAndCopy } from './copyFile.ts'
import { systemCode } from './fileErrors.ts'
import { identifyType } from './identifyType.ts'
import type { ImportTools } from './importItem.ts'
import { holdsBytes, resolveStored, storagePathOf } from './placeOriginal.ts'
import { describedName, isStoredSidecar } from './placeSidecar.ts'
import { nameFromStored } from './slugify.ts'

/** Removes half-made copies of earlier processes. `mine` tells the temporary names of this one. */
export async function removeLeftovers(folder: LibraryFolder, mine: (name: string) => boolean): Promise<void> {
  for (const name of await readdir(folder.incoming).catch(none)) {
    const path = join(folder.incoming, name)
    if (name.endsWith('.tmp') && !mine(name)) await rm(path, { force: true })
    // A repair that is under way now is younger.
    if (name.endsWith('.restore') && (await isOlderThanADay(path))) await rm(path, { force: true })
  }
}

async function isOlderThanADay(path: string): Promise<boolean> {
  const info = await stat(path).catch(() => null)
  return info !== null && Date.now() - info.mtimeMs > 24 * 3_600_000
}

/** The import that what is found is an item of: made when there is something, and told when its files are dealt with. */
export interface RecoveryImport {
  begin(): ImportId
  end(id: ImportId): void
}

/** Takes in what is below `originals/` and has no row: files, then what describes them. Returns how many became assets. */
export async function sweepOriginals(tools: ImportTools, recovery: RecoveryImport): Promise<number> {
  const paths = await unregisteredOriginals(tools.catalog, tools.folder, tools.byHash)
  const isSidecar = (path: string): boolean => isStoredSidecar(basename(path))
  const originals = paths.filter((path) => !isSidecar(path))
  let count = 0
  if (originals.length > 0) {
    const id = recovery.begin()
    count = await recoverOriginals(originals, id, tools)
    recovery.end(id)
  }
  await recoverSidecars(paths.filter(isSidecar), tools)
  return count
}

/**
 * Absolute paths of files below `originals/` that no row names and nobody is about to remove. Files that an import has just placed and is about to
 * write down are not among them.
 */
export async function unregisteredOriginals(
  catalog: Pick<Catalog, 'assets' | 'lifecycle'>,
  folder: LibraryFolder,
  byHash: ByHash,
): Promise<string[]> {
  const files: string[] = []
  for (const entry of await readdir(folder.originals, { recursive: true, withFileTypes: true }).catch(none)) {
    if (entry.isFile() && !entry.name.startsWith('.')) files.push(join(entry.parentPath, entry.name))
  }
  // In this order: a file whose import was under way when it was listed is either still, or has its row by now.
  const idle = files.filter((path) => !byHash.busy(hashDigits(path)))
  // What was purged and not removed yet is no loss.
  const registered = new Set([...catalog.assets.storagePaths(), ...catalog.lifecycle.removalPaths()])
  return idle.filter((path) => !registered.has(storagePathOf(folder, path)))
}

/**
 * Gives stored sidecars that no asset names back to the asset they stand beside. One whose original is no asset stays
 * where it is; one that the asset has already, elsewhere, goes.
 */
async function recoverSidecars(paths: readonly string[], tools: ImportTools): Promise<void> {
  const { catalog, folder, clones } = tools
  for (const path of paths) {
    const original = join(dirname(path), describedName(basename(path)) ?? '')
    const [asset] = catalog.assets.findByStoragePath(storagePathOf(folder, original))
    if (asset === undefined) continue
    await tools.byHash.run(asset.sha256, async () => {
      const { sha256, size } = await readAndCopy(path, null, clones, new AbortController().signal)
      const known = catalog.assets.findById(asset.id)?.sidecars.find((sidecar) => sidecar.sha256 === sha256)
      const described = { path: storagePathOf(folder, path), sha256, bytes: size }
      if (known === undefined) await tools.commit.attach(asset.id, [{ ...described, name: nameOf(asset, path) }])
      else if (
        known.path !== described.path &&
        (await holdsBytes(resolveStored(folder, known.path), { sha256, size }))
      ) {
        await rm(path)
      }
    })
  }
}

/** What a person would have called it beside the asset's file. */
function nameOf({ fileName }: StoredAsset, path: string): string {
  return `${fileName}.${sidecarKind(basename(path)) ?? 'xmp'}`
}

/**
 * Makes assets of originals that have no row, in the Library, where nothing expires. Each is an item of the import, so
 * that a person sees what was found. Returns how many became assets.
 */
async function recoverOriginals(paths: readonly string[], id: ImportId, tools: ImportTools): Promise<number> {
  const { imports } = tools.catalog
  const sizes = await Promise.all(paths.map(async (path) => (await stat(path)).size))
  imports.addItems(
    id,
    paths.map((path, index) => ({
      path,
      bytes: sizes[index] ?? 0,
      job: null,
      skip: null,
      sidecars: [],
      sidecarOf: null,
      assetId: null,
    })),
  )
  imports.setState(id, 'running', null)
  let recovered = 0
  for (const item of imports.pending(id, paths.length)) {
    try {
      if (await recover(item, id, tools)) recovered++
    } catch (error) {
      const { code, message } = toErrorData(error)
      await tools.commit.settle(id, item.itemId, { kind: 'failed', code, message })
    }
  }
  return recovered
}

/** @returns true for a new asset, false for bytes that an asset has already */
async function recover(item: ImportItem, importId: ImportId, tools: ImportTools): Promise<boolean> {
  const { catalog, folder, clock, commit, clones, byHash } = tools
  const read = await readAndCopy(item.path, null, clones, new AbortController().signal)
  return byHash.run(read.sha256, async () => {
    const existing = catalog.assets.findStored(read.sha256) ?? catalog.assets.findBySha256(read.sha256)
    // One that is linked in place and gone from there: these bytes are all there is, and become an asset of their own.
    const lost =
      existing !== undefined && isAbsolute(existing.storagePath) && !(await holdsBytes(existing.storagePath, read))
    if (existing !== undefined && !lost) {
      const original = resolveStored(folder, existing.storagePath)
      if (await holdsBytes(original, read)) await rm(item.path)
      // The row's own file is gone or damaged, and these are its bytes.
      else if ((await stat(original).catch(gone)) === null) await rename(item.path, original)
      await commit.settle(importId, item.itemId, { kind: 'duplicate', of: existing.id })
      return false
    }
    const fileName = nameFromStored(basename(item.path))
    const type = await identifyType(read.head, read.size, item.path, fileName)
    await commit.register({
      ...type,
      id: assetIdSchema.parse(randomUUIDv7()),
      space: 'library',
      fileName,
      fileSizeBytes: read.size,
      sha256: sha256Schema.parse(read.sha256),
      storagePath: storagePathOf(folder, item.path),
      sourcePath: null,
      jobId: null,
      collectionId: null,
      createdAt: Math.round(read.mtimeMs),
      importedAt: clock.now(),
      expiresAt: null,
      another: lost,
      importItem: { importId, itemId: item.itemId },
    })
    return true
  })
}

/** The digits of the hash that a stored name carries, '' for a name that is none of ours. */
function hashDigits(path: string): string {
  return /\.([0-9a-f]{12,64})(?:\.[a-z0-9]{1,16})?$/.exec(describedName(basename(path)) ?? basename(path))?.[1] ?? ''
}

function none(error: unknown): never[] {
  if (systemCode(error) === 'ENOENT') return []
  throw error
}

function gone(error: unknown): null {
  if (systemCode(error) === 'ENOENT') return null
  throw error
}
