import { pathForFile, request } from '../api/client.ts'
import { addressesOfText, webAddresses } from './webAddresses.ts'

/** What somebody brings: files with a place on the disk, those that another program has in memory only, and pictures of the web. */
export interface BroughtFiles {
  readonly paths: readonly string[]
  readonly inMemory: readonly File[]
  /** Of pictures that no program has brought along. */
  readonly addresses: readonly string[]
  /** Where on the web the one file is from; null when nobody says. */
  readonly source: string | null
}

/** What was dropped or pasted. Must be called while the event is handled; afterwards the files are gone from it. */
export function broughtFiles(transfer: DataTransfer): BroughtFiles {
  const files = [...transfer.files].map((file) => ({ file, path: pathForFile(file) }))
  const ofWeb = webAddresses(transfer.getData('text/html'), transfer.getData('text/uri-list'))
  const [source] = ofWeb
  return {
    paths: files.flatMap(({ path }) => path ?? []),
    inMemory: files.flatMap(({ file, path }) => (path === null ? [file] : [])),
    addresses: files.length === 0 ? ofWeb : [],
    // Browsers often bring the picture itself along with its address.
    source: files.length === 1 && ofWeb.length === 1 && source !== undefined ? source : null,
  }
}

/** What was pasted, apart from files. Must be called while the event is handled. */
export function pastedAddresses(transfer: DataTransfer): {
  readonly addresses: readonly string[]
  readonly sure: boolean
} {
  const text = transfer.getData('text/plain')
  // A browser that copies a picture says so by its markup alone.
  if (text.trim() === '') return { addresses: webAddresses(transfer.getData('text/html'), ''), sure: true }
  return { addresses: addressesOfText(text), sure: false }
}

/** Keeps files of another program's memory in the library's cache. @returns their paths there */
export async function stageFiles(files: readonly File[]): Promise<string[]> {
  const paths: string[] = []
  for (const file of files) {
    const bytes = new Uint8Array(await file.arrayBuffer())
    const { path } = await request('imports.stage', { name: file.name, bytes })
    paths.push(path)
  }
  return paths
}
