import type { CollectionId, ImportId } from '../../shared/domain/ids.ts'
import { type ImportOptions, LONGEST_SOURCE } from '../../shared/domain/import.ts'
import { messageOf, request } from '../api/client.ts'
import { useLibrary } from '../queries/library.ts'
import { useBrowse } from '../state/browse.ts'
import { dismissToast, showToast } from '../state/toasts.ts'
import { actions } from '../strings/actions.ts'
import { importStrings } from '../strings/imports.ts'
import { type BroughtFiles, stageFiles } from './broughtFiles.ts'
import { reportError } from './mutate.ts'

/** Where files go, and what to call that place. */
export interface ImportTarget {
  readonly label: string
  readonly options: Pick<ImportOptions, 'space'> & {
    readonly collectionId?: CollectionId
    /** Copied unless said otherwise. */
    readonly mode?: ImportOptions['mode']
    readonly sourceUrl?: string
  }
}

export const workspaceTarget: ImportTarget = { label: importStrings.workspace, options: { space: 'workspace' } }
export const libraryTarget: ImportTarget = { label: importStrings.library, options: { space: 'library' } }

/** The target that is this collection. */
export function collectionTarget(collection: { readonly id: CollectionId; readonly name: string }): ImportTarget {
  return {
    label: importStrings.collection(collection.name),
    options: { space: 'library', collectionId: collection.id },
  }
}

/** Where files go that are dropped on the window without pointing at a place: into what it shows. */
export function currentImportTarget(): ImportTarget {
  const { view } = useBrowse.getState()
  if (view.kind === 'library') return libraryTarget
  if (view.kind !== 'collection') return workspaceTarget
  const collection = useLibrary.getState().collections.find(({ id }) => id === view.collectionId)
  if (collection === undefined || collection.is_permanent || collection.kind === 'smart') return libraryTarget
  return collectionTarget(collection)
}

/** Starts an import at once; how many files it is about is said when they are counted. */
export async function importPaths(paths: readonly string[], target: ImportTarget): Promise<void> {
  if (paths.length === 0) return
  const files = [...paths]
  try {
    const counted = request('imports.preview', { paths: files })
    await request('imports.start', { paths: files, options: target.options, source: 'window' })
    const preview = await counted
    showToast({
      message: preview.files === 0 ? actions.nothingToAdd : actions.adding(preview.files, target.label),
    })
  } catch (thrown) {
    reportError(thrown)
  }
}

/** Imports what was dropped or pasted. What had no place on the disk is taken out of the cache by the import. */
export async function importBrought(brought: BroughtFiles, target: ImportTarget): Promise<void> {
  const { paths, inMemory, addresses, source } = brought
  const options = { ...target.options, ...sourceOf(source) }
  await importPaths(paths, { ...target, options })
  await importAddresses(addresses, target)
  if (inMemory.length === 0) return
  try {
    const staged = await stageFiles(inMemory)
    await importPaths(staged, { ...target, options: { ...options, mode: 'move' } })
  } catch (thrown) {
    reportError(thrown)
  }
}

/** Fetches pictures of the web and imports them; where each comes from is kept with it. What is no picture is said. */
export async function importAddresses(addresses: readonly string[], target: ImportTarget): Promise<void> {
  const failures: unknown[] = []
  for (const address of addresses) {
    const notice = showToast({ message: importStrings.fetching(hostOf(address)) })
    try {
      const { path } = await request('imports.fetch', { address })
      await importPaths([path], { ...target, options: { ...target.options, ...sourceOf(address), mode: 'move' } })
    } catch (thrown) {
      failures.push(thrown)
    } finally {
      dismissToast(notice)
    }
  }
  const [first] = failures
  if (failures.length === 0) return
  if (addresses.length === 1) reportError(first)
  else
    showToast({
      message: importStrings.notFetched(failures.length, addresses.length, messageOf(first)),
      tone: 'bad',
    })
}

/** What says where something is from; nothing for a picture that stands in its address. */
function sourceOf(address: string | null): { readonly sourceUrl?: string } {
  return address === null || hostOf(address) === null || address.length > LONGEST_SOURCE ? {} : { sourceUrl: address }
}

/** Null for a picture that stands in its address. */
function hostOf(address: string): string | null {
  return /^data:/i.test(address) ? null : (URL.parse(address)?.hostname ?? null)
}

/** Lets a person choose files and imports them into what the window shows. */
export async function chooseAndImport(): Promise<void> {
  const target = currentImportTarget()
  try {
    await importPaths(await request('shell.chooseFiles'), target)
  } catch (thrown) {
    reportError(thrown)
  }
}

/** Lets a person choose a folder and imports what is in it into what the window shows. */
export async function chooseFolderAndImport(): Promise<void> {
  const target = currentImportTarget()
  try {
    const folder = await request('shell.chooseFolder', { title: importStrings.chooseFolder })
    if (folder !== null) await importPaths([folder], target)
  } catch (thrown) {
    reportError(thrown)
  }
}

/** Lets a person choose a folder; its folders become collections of the Library, nested as they are on the disk. */
export async function importFoldersAsCollections(): Promise<void> {
  try {
    const folder = await request('shell.chooseFolder', { title: importStrings.chooseFolders })
    if (folder === null) return
    const { files } = await request('imports.preview', { paths: [folder] })
    if (files === 0) return void showToast({ message: actions.nothingToAdd })
    const options = { space: 'library', organise: 'folders' } as const
    await request('imports.start', { paths: [folder], options, source: 'window' })
    showToast({ message: importStrings.addingAsCollections(files) })
  } catch (thrown) {
    reportError(thrown)
  }
}

/** Lets a person choose a library of Eagle, and brings its folders, tags, stars and notes along. */
export async function importEagleLibrary(): Promise<void> {
  try {
    const folder = await request('shell.chooseFolder', { title: importStrings.chooseEagle })
    if (folder === null) return
    const options = { space: 'library', organise: 'eagle' } as const
    await request('imports.start', { paths: [folder], options, source: 'window' })
    showToast({ message: importStrings.addingEagle })
  } catch (thrown) {
    reportError(thrown)
  }
}

const run = (work: Promise<unknown>) => void work.catch(reportError)

export const cancelImport = (id: ImportId) => run(request('imports.cancel', { id }))
export const retryImport = (id: ImportId) => run(request('imports.retry', { id }))
export const dismissImport = (id: ImportId) => run(request('imports.dismiss', { id }))
