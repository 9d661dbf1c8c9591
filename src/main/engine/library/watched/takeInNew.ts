import { access } from 'node:fs/promises'
import { isAbsolute } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import type { ErrorCode } from '../../../../shared/contract/errors.ts'
import type { AssetId, ImportId } from '../../../../shared/domain/ids.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import type { NewImportItem } from '../../catalog/importRecords.ts'
import { type LinkedFileDraft, linkedPath } from '../../catalog/linkedFiles.ts'
import type { WatchedFolderRow } from '../../catalog/watchedFolders.repository.ts'
import { systemCode } from '../import/fileErrors.ts'
import type { Importer } from '../import/importer.ts'
import type { ScannedFile } from './linkedFile.ts'
import { newItems } from './newItems.ts'

export interface NewFilesTools {
  readonly catalog: Pick<Catalog, 'watched' | 'imports' | 'assets'>
  now(): number
  readonly importer: Pick<Importer, 'startItems' | 'whenCopied' | 'whenSettled' | 'dismiss'>
  /** Names of all files in a directory that was scanned. */
  namesIn(folderId: number, directory: string): readonly string[]
  onDefect(error: unknown): void
}

/** What was begun for the new files of one folder. */
export interface NewFiles {
  readonly folderId: number
  /** Absolute paths of what is being imported. */
  readonly paths: readonly string[]
  /** Resolves when all of it is in the catalogue or refused, with how many were refused. */
  readonly taken: Promise<{ readonly added: number; readonly failed: number }>
  /** Directories in which files are known that have changed since: for another look. */
  readonly again: readonly string[]
}

/** From so many files on, they are to be searchable first and drawn later. */
const DRAW_LATER_FROM = 500
const SLICE = 500
/** Refusals that may pass by themselves: such a file is tried again by the next scan. */
const PASSING: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'file_changing',
  'file_vanished',
  'io_error',
  'disk_full',
  'library_read_only',
  'cancelled',
  'internal',
])

/**
 * Makes assets of new files of a folder, in one import. A file that is the original of an asset already (linked before, or by
 * an import that was cut short) is only remembered.
 */
export async function takeInNew(
  folder: WatchedFolderRow,
  files: readonly ScannedFile[],
  tools: NewFilesTools,
): Promise<NewFiles> {
  const { watched } = tools.catalog
  const drafts: LinkedFileDraft[] = []
  const again = new Set<string>()
  const added: ScannedFile[] = []
  for (const [index, file] of files.entries()) {
    if (index % SLICE === SLICE - 1) await setImmediate()
    const linked = watched.linkedAt(linkedPath(folder.path, file), file.size, file.mtimeMs)
    if (linked === undefined) added.push(file)
    else if (linked.isSame) drafts.push({ ...file, kind: 'asset', assetId: linked.id })
    else {
      // With the numbers of no file: the next look finds it changed.
      drafts.push({ ...file, inode: -1, size: 0, mtimeMs: -1, bornMs: 0, kind: 'asset', assetId: linked.id })
      again.add(file.directory)
    }
  }
  for (let at = 0; at < drafts.length; at += SLICE) watched.remember(drafts.slice(at, at + SLICE))
  if (added.length === 0) {
    return {
      folderId: folder.folderId,
      paths: [],
      taken: Promise.resolve({ added: drafts.length, failed: 0 }),
      again: [...again],
    }
  }
  const id = tools.importer.startItems(
    await itemsOf(folder, added, tools),
    { space: folder.space, mode: 'link', thumbnails: added.length >= DRAW_LATER_FROM ? 'later' : 'now' },
    'watched-folder',
  )
  const taken = tools.importer.whenCopied(id).then(async () => {
    const failed = await rememberImported(id, folder, added, tools)
    void dismissSound(id, failed, tools)
    return { added: drafts.length + added.length - failed, failed }
  })
  return {
    folderId: folder.folderId,
    paths: added.map((file) => linkedPath(folder.path, file)),
    taken,
    again: [...again],
  }
}

async function itemsOf(
  folder: WatchedFolderRow,
  files: readonly ScannedFile[],
  { catalog: { watched }, namesIn }: NewFilesTools,
): Promise<NewImportItem[]> {
  const items: NewImportItem[] = []
  for (const [directory, inside] of Map.groupBy(files, (file) => file.directory)) {
    const known = new Map(watched.inDirectory(folder.folderId, directory).map((row) => [row.name, row.assetRow]))
    items.push(
      ...newItems(inside, {
        path: linkedPath(folder.path, { directory, name: '' }),
        names: namesIn(folder.folderId, directory),
        assetOf: (name) => watched.asset(known.get(name) ?? null)?.id ?? null,
      }),
    )
    await setImmediate()
  }
  return items
}

/** Returns how many were refused. */
async function rememberImported(
  id: ImportId,
  folder: WatchedFolderRow,
  files: readonly ScannedFile[],
  tools: NewFilesTools,
): Promise<number> {
  const { watched, imports } = tools.catalog
  const refusals = new Map(imports.failures(id, files.length).map(({ path, code }) => [path, code]))
  for (let at = 0; at < files.length; at += SLICE) {
    const slice = files.slice(at, at + SLICE)
    const byPath = new Map(slice.map((file) => [linkedPath(folder.path, file), file]))
    const drafts: LinkedFileDraft[] = []
    for (const { path, state, assetId } of imports.itemsAt(id, [...byPath.keys()])) {
      const file = byPath.get(path)
      const refusal = refusals.get(path)
      if (file === undefined || state === 'pending' || (refusal !== undefined && PASSING.has(refusal))) continue
      const isAsset = state === 'imported' || state === 'duplicate'
      const kind = isAsset ? 'asset' : assetId === null ? 'refused' : 'sidecar'
      drafts.push({ ...file, kind, assetId: state === 'failed' ? null : assetId })
    }
    // A folder that was removed meanwhile has nothing to remember.
    if (watched.get(folder.folderId) === undefined) return refusals.size
    watched.remember(drafts)
    const copies = drafts.filter(({ kind, assetId }) => kind === 'asset' && assetId !== null)
    const lost = await lostOriginals(folder, copies, tools)
    if (lost.length > 0) watched.relinkLost(lost, tools.now(), `watched-${id}`)
  }
  return refusals.size
}

/**
 * Assets that were found again by their bytes: linked to a file that no watched folder knew, and that is not there. After a
 * rebuild of the catalogue that is any that was moved meanwhile.
 */
async function lostOriginals(
  folder: WatchedFolderRow,
  files: readonly LinkedFileDraft[],
  { catalog: { assets } }: NewFilesTools,
): Promise<{ readonly id: AssetId; readonly path: string }[]> {
  const lost: { readonly id: AssetId; readonly path: string }[] = []
  for (const file of files) {
    const asset = file.assetId === null ? undefined : assets.findById(file.assetId)
    const path = linkedPath(folder.path, file)
    if (asset === undefined || !isAbsolute(asset.storagePath) || asset.storagePath === path) continue
    const isThere = await access(asset.storagePath).then(
      () => true,
      (error: unknown) => systemCode(error) !== 'ENOENT' && systemCode(error) !== 'ENOTDIR',
    )
    if (!isThere) lost.push({ id: asset.id, path })
  }
  return lost
}

/** New files come many times an hour; imports of them that nobody needs to look at do not pile up in the window. */
async function dismissSound(id: ImportId, failed: number, { importer, onDefect }: NewFilesTools): Promise<void> {
  if (failed > 0) return
  try {
    const { state } = await importer.whenSettled(id)
    if (state === 'done') importer.dismiss(id)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) onDefect(error)
  }
}
