import { randomUUIDv7 } from 'node:crypto'
import { mkdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join } from 'node:path'
import { VitrineError } from '../../../../shared/contract/errors.ts'
import { assetIdSchema, type GenerationJobId, type ImportId, type Sha256 } from '../../../../shared/domain/ids.ts'
import type { ImportOptions } from '../../../../shared/domain/import.ts'
import type { Catalog, ImportedFile, ImportItem, StoredAsset } from '../../catalog/catalog.ts'
import type { Clock } from '../../ports.ts'
import type { LibraryFolder } from '../libraryFolder.ts'
import type { ByHash } from './byHash.ts'
import type { CommitGroup } from './commitGroup.ts'
import { type CloneMemory, type ReadFile, readAndCopy } from './copyFile.ts'
import { libraryError, systemCode } from './fileErrors.ts'
import { type IdentifiedType, identifyType } from './identifyType.ts'
import { isStored, placeOriginal, resolveStored } from './placeOriginal.ts'
import { removeSource } from './removeSource.ts'

/** How long an asset stays in the Workspace unless somebody keeps it. */
export const WORKSPACE_EXPIRY_MS = 7 * 24 * 60 * 60 * 1000
/** A file that was written to less than this ago may be written to again, milliseconds. */
const SETTLED_MS = 200
/** Waits before a file that another program writes is tried again, milliseconds. */
const CHANGING_RETRY_MS = [200, 400, 800, 1600]

export interface ImportTools {
  readonly catalog: Catalog
  readonly clock: Clock
  readonly folder: LibraryFolder
  readonly commit: CommitGroup
  readonly byHash: ByHash
  readonly clones: CloneMemory
  /** Bounds how many files are read at once; a file that only waits for its commit holds no slot. */
  readonly copying: <T>(work: () => Promise<T>) => Promise<T>
  readonly jobId: (folder: string) => GenerationJobId
  /** A fresh path in `folder.incoming`, told apart from those of other processes. */
  readonly temporaryPath: () => string
}

/**
 * Takes one file in, in the order that loses nothing at any crash: copy and hash, fsync, rename, fsync of the folder,
 * one transaction with row and item, and only then, for `move`, the removal of the source. Rejects with a
 * `VitrineError`; then the source is untouched and the item unsettled.
 */
export async function importItem(
  item: ImportItem,
  importId: ImportId,
  options: ImportOptions,
  tools: ImportTools,
  signal: AbortSignal,
): Promise<void> {
  const source = await readStable(item.path, options, tools, signal)
  await tools.byHash
    .run(source.read.sha256, async () => {
      const storagePath = await store(item, source, options, tools, importId)
      if (options.mode === 'move') await removeSource(item.path, source.read, storagePath, tools.folder)
    })
    .finally(() => source.temporary && rm(source.temporary, { force: true }))
}

interface Source {
  readonly read: ReadFile
  readonly type: IdentifiedType
  /** The copy in `incoming`, null in mode `link`. */
  readonly temporary: string | null
}

async function readStable(
  path: string,
  options: ImportOptions,
  tools: ImportTools,
  signal: AbortSignal,
): Promise<Source> {
  const temporary = options.mode === 'link' ? null : tools.temporaryPath()
  for (let attempt = 0; ; attempt++) {
    try {
      return await tools.copying(async () => {
        const read = await readAndCopy(path, temporary, tools.clones, signal, SETTLED_MS)
        const type = await identifyType(read.head, read.size, temporary ?? path, basename(path))
        return { read, type, temporary }
      })
    } catch (error) {
      const wait = CHANGING_RETRY_MS[attempt]
      const mayRetry = error instanceof VitrineError && error.code === 'file_changing' && wait !== undefined
      if (!mayRetry) throw error
      await pause(tools.clock, wait, signal)
    }
  }
}

/** @returns where the original is now, for sure and with a row that says so */
async function store(
  item: ImportItem,
  source: Source,
  options: ImportOptions,
  tools: ImportTools,
  importId: ImportId,
): Promise<string> {
  const importedAt = tools.clock.now()
  const { read, type } = source
  const existing = tools.catalog.assets.findBySha256(read.sha256)
  const place =
    existing === undefined
      ? await placeNew(item.path, source, importedAt, tools.folder)
      : await placeAgain(existing, source, importedAt, tools)
  const file: ImportedFile = {
    id: assetIdSchema.parse(randomUUIDv7()),
    space: options.space,
    fileName: basename(item.path),
    extension: type.extension,
    mimeType: type.mimeType,
    assetType: type.assetType,
    fileSizeBytes: read.size,
    sha256: read.sha256,
    storagePath: place.storagePath,
    sourcePath: item.path,
    jobId: item.job === null ? null : tools.jobId(item.job),
    collectionId: options.collectionId ?? null,
    createdAt: Math.round(read.mtimeMs),
    importedAt,
    expiresAt: options.space === 'workspace' ? importedAt + WORKSPACE_EXPIRY_MS : null,
    importItem: { importId, itemId: item.itemId },
  }
  try {
    const outcome = await tools.commit.register(file)
    const id = outcome.kind === 'registered' ? outcome.id : outcome.of
    if (place.restored) tools.catalog.queue.enqueue([{ kind: 'media', key: id, payload: null, priority: 1, runAt: 0 }])
    return place.storagePath
  } catch (error) {
    // Without a row nobody would know of this file; the source still has the bytes.
    if (place.placed) await rm(resolveStored(tools.folder, place.storagePath), { force: true })
    throw error
  }
}

interface Place {
  readonly storagePath: string
  /** True if this import put the file there. */
  readonly placed: boolean
  /** True if an asset that had lost its original has it again. */
  readonly restored: boolean
}

async function placeNew(path: string, source: Source, importedAt: number, folder: LibraryFolder): Promise<Place> {
  const { temporary, read, type } = source
  if (temporary === null) return { storagePath: path, placed: false, restored: false }
  const storagePath = await placeOriginal(folder, {
    temporary,
    sha256: read.sha256,
    size: read.size,
    fileName: basename(path),
    extension: type.extension,
    importedAt,
  })
  return { storagePath, placed: true, restored: false }
}

/** The bytes are an asset already; if that asset has lost its original, these bytes take its place. */
async function placeAgain(
  existing: StoredAsset,
  source: Source,
  importedAt: number,
  tools: ImportTools,
): Promise<Place> {
  const { storagePath } = existing
  const { read, temporary } = source
  const unchanged: Place = { storagePath, placed: false, restored: false }
  if (await isStored(tools.folder, storagePath, read.size)) return unchanged
  // A linked original is the person's own to put back. Its row stays; see removeSource for why nothing is lost.
  if (temporary === null || isAbsolute(storagePath)) return unchanged
  const target = resolveStored(tools.folder, storagePath)
  try {
    await mkdir(dirname(target), { recursive: true })
    await setAside(target, read.sha256, tools.folder, importedAt)
    await rename(temporary, target)
  } catch (error) {
    throw libraryError(error)
  }
  return { storagePath, placed: false, restored: true }
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

function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const stop = (): void => {
      cancel()
      resolve()
    }
    const cancel = clock.after(ms, () => {
      signal.removeEventListener('abort', stop)
      resolve()
    })
    signal.addEventListener('abort', stop, { once: true })
  })
}
