import { randomUUIDv7 } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { basename } from 'node:path'
import { assetIdSchema, type GenerationJobId, type ImportId } from '../../../../shared/domain/ids.ts'
import type { ImportRules } from '../../../../shared/domain/import.ts'
import type { ObjectToAdopt } from '../../catalog/adoptedObjects.repository.ts'
import type { ImportedFile, PlacedSidecar } from '../../catalog/assetRecords.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import type { ImportItem, ImportNotice } from '../../catalog/importRecords.ts'
import type { Clock, ForeignObjects, Scanner } from '../../ports.ts'
import type { LibraryFolder } from '../libraryFolder.ts'
import { expiryOf } from '../lifecyclePolicy.ts'
import { adoptChange, assetOfChanged } from './adoptChange.ts'
import type { ByHash } from './byHash.ts'
import type { CommitGroup } from './commitGroup.ts'
import type { CloneMemory, ReadFile } from './copyFile.ts'
import { examine } from './examine.ts'
import type { IdentifiedType } from './identifyType.ts'
import type { Intake } from './intake.ts'
import { placeBytes } from './placeBytes.ts'
import { resolveStored } from './placeOriginal.ts'
import { placeSidecar } from './placeSidecar.ts'
import { objectOf, readObject } from './readObject.ts'
import { discard, type ReadSidecar, readSidecars } from './readSidecars.ts'
import { removeSource } from './removeSource.ts'
import { whenStable } from './whenStable.ts'

/** A file that was written to less than this ago may be written to again, milliseconds. */
const SETTLED_MS = 200

export interface ImportTools {
  readonly catalog: Catalog
  readonly clock: Clock
  readonly folder: LibraryFolder
  readonly commit: CommitGroup
  readonly byHash: ByHash
  readonly clones: CloneMemory
  readonly intake: Intake
  /** Bounds how many files are read at once; a file that only waits for its commit holds no slot. */
  readonly copying: <T>(work: () => Promise<T>) => Promise<T>
  /** The same for files that stay where they are and are only read: enough that no thread waits for more. */
  readonly looking: <T>(work: () => Promise<T>) => Promise<T>
  readonly jobId: (folder: string) => GenerationJobId
  /** A fresh path in `folder.incoming`, told apart from those of other processes. */
  readonly temporaryPath: () => string
  /** Null while scanning is off. */
  readonly scanner: () => Scanner | null
  /** Buckets whose objects are taken in where they are. */
  readonly foreign: () => ForeignObjects
}

/**
 * Takes one file and its sidecars in, in the order that loses nothing at any crash: copy and hash, fsync, rename, fsync
 * of the folder, one transaction with row and item, and only then, for `move`, the removal of the source; its sidecars
 * are items of their own, and go with those. Rejects with a `VitrineError`; then the source is untouched and the item
 * unsettled.
 */
export async function importItem(
  item: ImportItem,
  importId: ImportId,
  rules: ImportRules,
  tools: ImportTools,
  signal: AbortSignal,
): Promise<void> {
  const isOnlyRead = rules.mode === 'link' && tools.scanner() === null
  const slot = isOnlyRead ? tools.looking : tools.copying
  const object = objectOf(item, rules)
  const source: Source =
    object === undefined
      ? await whenStable(tools.clock, signal, () => slot(() => readSource(item, rules, tools, signal)))
      : await readObject(object, besideObject(item, importId, rules, tools), tools, signal)
  try {
    await tools.byHash.run(source.read.sha256, async () => {
      const storagePath = await store(item, source, rules, tools, importId)
      if (rules.mode === 'move') await removeSource(item.path, source.read, storagePath, tools)
    })
  } finally {
    if (source.temporary !== null) await rm(source.temporary, { force: true })
    await discard(source.sidecars)
  }
}

/** Objects that describe the one that an item stands for. */
function besideObject(
  { sidecars }: ImportItem,
  importId: ImportId,
  rules: ImportRules,
  { catalog }: ImportTools,
): readonly ObjectToAdopt[] {
  return (sidecars ?? []).flatMap((path) => {
    const item = catalog.imports.objectAt(importId, path)
    return (item && objectOf(item, rules)) ?? []
  })
}

interface Source {
  readonly read: ReadFile
  readonly type: IdentifiedType
  /** The copy in `incoming`, null in mode `link`. */
  readonly temporary: string | null
  readonly notice: ImportNotice | null
  readonly sidecars: readonly ReadSidecar[]
}

async function readSource(
  item: ImportItem,
  rules: ImportRules,
  tools: ImportTools,
  signal: AbortSignal,
): Promise<Source> {
  const linked = rules.mode === 'link'
  const temporary = linked ? null : tools.temporaryPath()
  const { read, type } = await tools.intake.take({ path: item.path, target: temporary, settledMs: SETTLED_MS }, signal)
  try {
    const notice = await examine(item.path, read, temporary, tools, signal)
    return { read, type, temporary, notice, sidecars: await readSidecars(item, rules, tools, signal) }
  } catch (error) {
    if (temporary !== null) await rm(temporary, { force: true })
    throw error
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
  const object = objectOf(item, rules)
  const changed = object === undefined ? undefined : assetOfChanged(tools.catalog, object, read.sha256)
  const place = await placeBytes({ ...source, path: item.path }, rules, importedAt, tools)
  if (object !== undefined && changed !== undefined) {
    const { storagePath } = place
    const settled = { importId, itemId: item.itemId }
    adoptChange(tools.catalog, changed, object, { read, type, storagePath }, settled, importedAt)
    return storagePath
  }
  const original = {
    storagePath: place.storagePath,
    fileName: basename(item.path),
    extension: type.extension,
    sha256: read.sha256,
    importedAt,
  }
  const beside: Beside[] = []
  const file = (): ImportedFile => ({
    ...original,
    id: assetIdSchema.parse(randomUUIDv7()),
    space: rules.space,
    mimeType: type.mimeType,
    assetType: type.assetType,
    fileSizeBytes: read.size,
    sourcePath: object === undefined ? item.path : null,
    ...(object === undefined ? {} : { object, restored: place.restored }),
    ...(rules.sourceUrl === undefined ? {} : { sourceUrl: rules.sourceUrl }),
    jobId: item.job === null ? null : tools.jobId(item.job),
    collectionId: rules.collectionId ?? null,
    createdAt: Math.round(read.mtimeMs),
    expiresAt: rules.space === 'workspace' ? expiryOf(tools.catalog, importedAt) : null,
    another: place.another,
    ...(beside.length === 0 ? {} : { sidecars: beside.map(({ sidecar }) => sidecar) }),
    drawLater: rules.thumbnails === 'later',
    notice: source.notice,
    importItem: { importId, itemId: item.itemId },
  })
  try {
    for (const found of source.sidecars) {
      const { sidecar, placed } = await placeSidecar(tools.folder, original, found)
      beside.push({ sidecar: { ...sidecar, sourcePath: found.path }, placed })
    }
    await tools.commit.register(file())
    if (place.restored) settleRestored(tools.catalog, place.storagePath)
    return place.storagePath
  } catch (error) {
    // Without a row nobody would know of these files; the sources still have the bytes.
    for (const { sidecar, placed } of beside) if (placed) await remove(sidecar.path, tools.folder)
    if (place.placed) await remove(place.storagePath, tools.folder)
    throw error
  }
}

interface Beside {
  readonly sidecar: PlacedSidecar
  /** True if this import put the file there. */
  readonly placed: boolean
}

function remove(storagePath: string, folder: LibraryFolder): Promise<void> {
  return rm(resolveStored(folder, storagePath), { force: true })
}

/** An original that was only in the bucket is at home now, without a download. One that was lost can be drawn again. */
function settleRestored(catalog: Catalog, storagePath: string): void {
  const sharing = catalog.assets.findByStoragePath(storagePath)
  const assets = sharing.filter(({ id, status }) => !catalog.assets.isElsewhere(id) || status !== 'available')
  catalog.localOriginals.cameHome(storagePath)
  catalog.queue.enqueue(assets.map(({ id }) => ({ kind: 'media', key: id, payload: null, priority: 1, runAt: 0 })))
}
