import { randomUUIDv7 } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { basename } from 'node:path'
import { VitrineError } from '../../../../shared/contract/errors.ts'
import { assetIdSchema, type GenerationJobId, type ImportId } from '../../../../shared/domain/ids.ts'
import type { ImportRules } from '../../../../shared/domain/import.ts'
import type { Catalog, ImportedFile, ImportItem } from '../../catalog/catalog.ts'
import type { Clock } from '../../ports.ts'
import type { LibraryFolder } from '../libraryFolder.ts'
import type { ByHash } from './byHash.ts'
import type { CommitGroup } from './commitGroup.ts'
import { type CloneMemory, type ReadFile, readAndCopy } from './copyFile.ts'
import { type IdentifiedType, identifyType } from './identifyType.ts'
import { placeBytes } from './placeBytes.ts'
import { resolveStored } from './placeOriginal.ts'
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
  rules: ImportRules,
  tools: ImportTools,
  signal: AbortSignal,
): Promise<void> {
  const source = await readStable(item.path, rules, tools, signal)
  await tools.byHash
    .run(source.read.sha256, async () => {
      const storagePath = await store(item, source, rules, tools, importId)
      if (rules.mode === 'move') await removeSource(item.path, source.read, storagePath, tools)
    })
    .finally(() => source.temporary && rm(source.temporary, { force: true }))
}

interface Source {
  readonly read: ReadFile
  readonly type: IdentifiedType
  /** The copy in `incoming`, null in mode `link`. */
  readonly temporary: string | null
}

async function readStable(path: string, rules: ImportRules, tools: ImportTools, signal: AbortSignal): Promise<Source> {
  const temporary = rules.mode === 'link' ? null : tools.temporaryPath()
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
  rules: ImportRules,
  tools: ImportTools,
  importId: ImportId,
): Promise<string> {
  const importedAt = tools.clock.now()
  const { read, type } = source
  const place = await placeBytes({ ...source, path: item.path }, rules, importedAt, tools)
  const file: ImportedFile = {
    id: assetIdSchema.parse(randomUUIDv7()),
    space: rules.space,
    fileName: basename(item.path),
    extension: type.extension,
    mimeType: type.mimeType,
    assetType: type.assetType,
    fileSizeBytes: read.size,
    sha256: read.sha256,
    storagePath: place.storagePath,
    sourcePath: item.path,
    jobId: item.job === null ? null : tools.jobId(item.job),
    collectionId: rules.collectionId ?? null,
    createdAt: Math.round(read.mtimeMs),
    importedAt,
    expiresAt: rules.space === 'workspace' ? importedAt + WORKSPACE_EXPIRY_MS : null,
    another: place.another,
    drawLater: rules.thumbnails === 'later',
    importItem: { importId, itemId: item.itemId },
  }
  try {
    await tools.commit.register(file)
    if (place.restored) readAgain(tools.catalog, place.storagePath)
    return place.storagePath
  } catch (error) {
    // Without a row nobody would know of this file; the source still has the bytes.
    if (place.placed) await rm(resolveStored(tools.folder, place.storagePath), { force: true })
    throw error
  }
}

/** Whoever shares an original that is back can be drawn again. */
function readAgain(catalog: Catalog, storagePath: string): void {
  const assets = catalog.assets.findByStoragePath(storagePath)
  catalog.queue.enqueue(assets.map(({ id }) => ({ kind: 'media', key: id, payload: null, priority: 1, runAt: 0 })))
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
