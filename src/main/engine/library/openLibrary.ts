import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'
import { hostname } from 'node:os'
import { basename, join } from 'node:path'
import { z } from 'zod'
import { VitrineError } from '../../../shared/contract/errors.ts'
import type { OpeningWork } from '../../../shared/contract/requests/openingWork.ts'
import { deviceIdSchema, type LibraryId, libraryIdSchema } from '../../../shared/domain/ids.ts'
import type { Catalog } from '../catalog/catalog.ts'
import { type CatalogOptions, type OpenedCatalog, openCatalog } from '../catalog/openCatalog.ts'
import type { RenewalReason } from '../catalog/renewal/renewalPlan.ts'
import { renewDevice } from '../catalog/renewal/renewDevice.ts'
import { StateRefused } from '../catalog/sync/state/loadState.ts'
import { CHECKPOINT_FOLDER } from '../catalog/sync/state/storedCheckpoint.ts'
import { fileError } from '../disk/fileError.ts'
import { makeFolder } from '../disk/makeFolder.ts'
import { writeFileDurably } from '../disk/writeFileDurably.ts'
import { type LibraryFolder, libraryFolder } from './libraryFolder.ts'

/** The format of the folder itself: its layout and manifest. The catalogue has a version of its own. */
const FORMAT = 1

const manifestSchema = z.object({
  format: z.number().int(),
  id: libraryIdSchema,
  name: z.string(),
  created_at: z.iso.datetime(),
})
export type LibraryManifest = z.infer<typeof manifestSchema>

const deviceSchema = z.object({ id: deviceIdSchema, name: z.string(), created_at: z.iso.datetime() })

export interface OpenedLibrary {
  readonly folder: LibraryFolder
  readonly manifest: LibraryManifest
  readonly catalog: Catalog
  /** False after a kill or a power cut: files without a row may exist and want to be swept in. */
  readonly cleanBefore: boolean
  /** Where a damaged catalogue was put, when this opening rebuilt it from the journal. */
  readonly setAside: string | null
  /** Why this opening made this copy of the library a new device; null if it did not. */
  readonly renewed: RenewalReason | null
}

export interface OpeningOptions {
  /** Treats the catalogue as damaged, whatever it is like. */
  readonly rebuild?: boolean | undefined
  /** Told of what takes long, while nothing else happens on this thread. */
  readonly onOpening?: ((work: OpeningWork) => void) | undefined
}

/** True when the folder holds a library's manifest. */
export function isLibrary(root: string): boolean {
  return existsSync(libraryFolder(root).manifest)
}

/**
 * Makes a library in a folder that has none (the folder too, if it is absent; other files in it are left alone).
 * `now` in ms; `id` for one more copy of a library that there is elsewhere. Throws `library_exists`, `library_read_only`, `disk_full`, `permission_denied`.
 */
export function createLibrary(root: string, name: string | undefined, now: number, id?: LibraryId): LibraryManifest {
  const folder = libraryFolder(root)
  if (existsSync(folder.manifest)) {
    throw new VitrineError('library_exists', `There is a library in “${root}” already.`)
  }
  const manifest: LibraryManifest = {
    format: FORMAT,
    id: id ?? libraryIdSchema.parse(randomUUID()),
    name: name ?? (basename(root) || 'Library'),
    created_at: new Date(now).toISOString(),
  }
  try {
    makeFolders(folder)
    // The manifest comes last: a folder with one is a whole library.
    writeFileDurably(folder.manifest, `${JSON.stringify(manifest, null, 2)}\n`)
  } catch (error) {
    throw fileError(error, root)
  }
  return manifest
}

/**
 * Opens the library in a folder. A damaged catalogue is set aside, never deleted, and rebuilt from the journal.
 * Throws `library_not_found`, `library_invalid`, `library_newer`, `library_read_only`, `disk_full`, `permission_denied`.
 * The caller holds the library's lock.
 */
export function openLibrary(
  root: string,
  now: () => number,
  { rebuild, onOpening }: OpeningOptions = {},
): OpenedLibrary {
  const folder = libraryFolder(root)
  const manifest = readManifest(folder)
  try {
    makeFolders(folder)
  } catch (error) {
    throw fileError(error, root)
  }
  const renewed = renewDevice(folder, manifest.id, readDevice(folder, now()), now())
  const { id: deviceId } = readDevice(folder, now())
  const options = {
    file: folder.catalog,
    journalFolder: folder.journal,
    remotesFile: folder.remotes,
    libraryId: manifest.id,
    deviceId,
    now,
    ...(onOpening === undefined ? {} : { onOpening }),
  }
  if (rebuild === true) markCatalogDamaged(folder)
  const opened = openOrRebuild(options, folder, now())
  return { folder, manifest, renewed, ...opened }
}

function openOrRebuild(
  options: CatalogOptions,
  folder: LibraryFolder,
  now: number,
): OpenedCatalog & { readonly setAside: string | null } {
  if (existsSync(folder.catalog) && !existsSync(damageMarker(folder))) {
    try {
      return { ...openCatalog(options), setAside: null }
    } catch (error) {
      if (!(error instanceof VitrineError) || error.code !== 'catalog_damaged') throw error
    }
  }
  return rebuildCatalog(options, folder, now)
}

/**
 * Sets a catalogue that is there aside and makes it anew. The marker stands until that is done, and names the file that
 * was set aside, so that a rebuild that was killed is begun again from the same.
 */
function rebuildCatalog(
  options: CatalogOptions,
  folder: LibraryFolder,
  now: number,
): OpenedCatalog & { readonly setAside: string | null } {
  try {
    const setAside = asideOf(folder, now)
    writeFileDurably(damageMarker(folder), setAside === null ? '' : basename(setAside))
    if (setAside !== null && !existsSync(setAside)) moveCatalog(folder, setAside)
    else removeCatalog(folder)
    const opened = rebuildFrom(
      { ...options, rebuild: true, ...(setAside === null ? {} : { salvage: setAside }) },
      folder,
    )
    rmSync(damageMarker(folder), { force: true })
    return { ...opened, cleanBefore: false, setAside }
  } catch (error) {
    throw fileError(error, folder.catalog)
  }
}

/** A checkpoint that turns out not to be usable is put away: the logs, which sync fetches again, say the same. */
function rebuildFrom(options: CatalogOptions, folder: LibraryFolder): OpenedCatalog {
  try {
    return openCatalog(options)
  } catch (error) {
    if (!(error instanceof StateRefused)) throw error
    removeCatalog(folder)
    rmSync(join(folder.journal, CHECKPOINT_FOLDER), { recursive: true, force: true })
    return openCatalog(options)
  }
}

/**
 * Remembers that the catalogue is not to be trusted, so that the next opening sets it aside and rebuilds it. The marker
 * is a file of its own, because nothing can be written to a damaged catalogue.
 */
export function markCatalogDamaged(folder: LibraryFolder): void {
  if (!existsSync(damageMarker(folder))) writeFileDurably(damageMarker(folder), '')
}

function damageMarker(folder: LibraryFolder): string {
  return `${folder.catalog}.damaged`
}

/** Where the catalogue is put, or was put by a rebuild that didn't end; null when there is none. */
function asideOf(folder: LibraryFolder, now: number): string | null {
  const marker = damageMarker(folder)
  const begun = existsSync(marker) ? readFileSync(marker, 'utf8').trim() : ''
  if (begun !== '') return join(folder.quarantine, basename(begun))
  if (!existsSync(folder.catalog)) return null
  const stamp = new Date(now).toISOString().replaceAll(':', '-')
  return join(folder.quarantine, `catalog-damaged-${stamp}.sqlite`)
}

/** The log goes first: beside a catalogue without it, what it holds would be lost. */
function moveCatalog(folder: LibraryFolder, target: string): void {
  for (const suffix of ['-wal', '']) {
    if (existsSync(`${folder.catalog}${suffix}`)) renameSync(`${folder.catalog}${suffix}`, `${target}${suffix}`)
  }
  // The shared-memory index is rebuilt by SQLite and describes the file that is gone.
  rmSync(`${folder.catalog}-shm`, { force: true })
}

function removeCatalog(folder: LibraryFolder): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${folder.catalog}${suffix}`, { force: true })
}

function readManifest(folder: LibraryFolder): LibraryManifest {
  let text: string
  try {
    if (!statSync(folder.root).isDirectory()) throw notFound(folder.root)
    text = readFileSync(folder.manifest, 'utf8')
  } catch (error) {
    if (error instanceof VitrineError) throw error
    const typed = fileError(error, folder.root)
    throw typed instanceof VitrineError && typed.code === 'file_vanished' ? notFound(folder.root) : typed
  }
  const format = z.looseObject({ format: z.number() }).safeParse(parseJson(text))
  if (format.success && format.data.format > FORMAT) {
    throw new VitrineError(
      'library_newer',
      'This library was made by a newer version of Vitrine. Update Vitrine to open it; nothing was changed.',
      { format: format.data.format, known: FORMAT },
    )
  }
  const manifest = manifestSchema.safeParse(parseJson(text))
  if (!manifest.success) {
    throw new VitrineError(
      'library_invalid',
      `“${folder.manifest}” is damaged. Put back a copy of it to open this library.`,
    )
  }
  return manifest.data
}

function readDevice(folder: LibraryFolder, now: number): z.infer<typeof deviceSchema> {
  if (existsSync(folder.device)) {
    const known = deviceSchema.safeParse(parseJson(readFileSync(folder.device, 'utf8')))
    if (known.success) return known.data
  }
  // An unreadable name tag means a new device: its journal starts anew beside the old one, and nothing is lost.
  const device = { id: deviceIdSchema.parse(randomUUID()), name: hostname(), created_at: new Date(now).toISOString() }
  try {
    writeFileDurably(folder.device, `${JSON.stringify(device, null, 2)}\n`)
  } catch (error) {
    throw fileError(error, folder.root)
  }
  return device
}

function makeFolders(folder: LibraryFolder): void {
  for (const path of [folder.originals, folder.incoming, folder.journal, folder.thumbnails, folder.quarantine]) {
    makeFolder(path)
  }
  // The drop folder is made once, with the library. Later its absence is something to tell a person.
  if (!existsSync(folder.manifest)) makeFolder(folder.drop)
}

function notFound(root: string): VitrineError {
  return new VitrineError('library_not_found', `There is no Vitrine library in “${root}”.`, { path: root })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
