import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { z } from 'zod'
import { VitrineError } from '../../../../../shared/contract/errors.ts'
import { sourceError, systemCode } from '../fileErrors.ts'
import type { FoundEntry } from '../walkSources.ts'

/**
 * A library of Eagle: `metadata.json` with a tree of folders, and for each item `images/<id>.info/` with its file, a
 * `_thumbnail.png` and a `metadata.json`. Source: such libraries, and the field names of Eagle's documented plug-in API.
 */

/** Longer ones are not what Eagle writes. */
const MOST_BYTES = 64 * 1024 * 1024
const DEEPEST = 50

interface EagleFolder {
  readonly id: string
  readonly name: string
  readonly children: readonly EagleFolder[]
}
const folderSchema: z.ZodType<EagleFolder> = z.lazy(() =>
  z.object({ id: z.string(), name: z.string(), children: z.array(folderSchema).default([]) }),
)
const librarySchema = z.object({ folders: z.array(folderSchema).default([]) })

const itemSchema = z.object({
  name: z.string().default(''),
  tags: z.array(z.string()).catch([]).default([]),
  folders: z.array(z.string()).catch([]).default([]),
  isDeleted: z.boolean().catch(false).default(false),
  url: z.string().catch('').default(''),
  annotation: z.string().catch('').default(''),
  star: z.number().int().min(0).max(5).catch(0).default(0),
})
/** What Eagle knows of one item. */
export type EagleItem = z.infer<typeof itemSchema>

/** The names of a library's folders from the root down, by their ids. Throws `invalid_request` for what is none. */
export async function readEagleFolders(library: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const parsed = librarySchema.safeParse(await readJson(join(library, 'metadata.json')))
  if (!parsed.success || !(await isFolder(join(library, 'images')))) {
    throw new VitrineError(
      'invalid_request',
      `“${library}” is not a library of Eagle: choose the folder that ends in .library.`,
    )
  }
  const paths = new Map<string, readonly string[]>()
  const add = (folders: readonly EagleFolder[], above: readonly string[]): void => {
    if (above.length >= DEEPEST) return
    for (const { id, name, children } of folders) {
      const path = [...above, name.trim() || 'Untitled']
      paths.set(id, path)
      add(children, path)
    }
  }
  add(parsed.data.folders, [])
  return paths
}

/** What Eagle knows of the item whose file this is; null when its record is damaged or gone. */
export async function readEagleItem(file: string): Promise<EagleItem | null> {
  return itemSchema.safeParse(await readJson(join(dirname(file), 'metadata.json'))).data ?? null
}

/** The library that a file is an item of. */
export function eagleLibraryOf(file: string): string {
  return dirname(dirname(dirname(file)))
}

/** The files of a library of Eagle, without those in its trash and without its thumbnails. */
export async function* walkEagle(library: string, signal: AbortSignal): AsyncGenerator<FoundEntry> {
  try {
    await readEagleFolders(library)
  } catch (error) {
    if (!(error instanceof VitrineError)) throw error
    yield { kind: 'problem', path: library, error }
    return
  }
  const images = join(library, 'images')
  for (const name of (await readdir(images)).sort()) {
    if (signal.aborted) return
    if (!name.endsWith('.info')) continue
    yield* walkItem(join(images, name))
  }
}

async function* walkItem(folder: string): AsyncGenerator<FoundEntry> {
  try {
    for (const name of await readdir(folder)) {
      if (name === 'metadata.json' || /_thumbnail\.\w+$/.test(name) || name.startsWith('.')) continue
      const path = join(folder, name)
      const found = await stat(path)
      if (!found.isFile()) continue
      const deleted = (await readEagleItem(path))?.isDeleted === true
      if (deleted) yield { kind: 'skipped', path, bytes: found.size, code: 'ignored' }
      else yield { kind: 'file', path, bytes: found.size, sidecars: [], sidecarOf: null }
    }
  } catch (error) {
    yield { kind: 'problem', path: folder, error: sourceError(error) }
  }
}

/** The file name that a person sees in Eagle: the item's name with the extension of its file. */
export function eagleTitle(item: EagleItem, file: string): string | null {
  const stem = basename(file).replace(/\.[^.]*$/, '')
  return item.name.trim() === '' || item.name === stem ? null : item.name.trim()
}

async function readJson(path: string): Promise<unknown> {
  try {
    if ((await stat(path)).size > MOST_BYTES) return undefined
    return JSON.parse(await readFile(path, 'utf8'))
  } catch (error) {
    if (error instanceof SyntaxError || systemCode(error) !== '') return undefined
    throw error
  }
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )
}
