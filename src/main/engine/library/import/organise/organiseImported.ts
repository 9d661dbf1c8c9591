import { basename, dirname, relative, resolve, sep } from 'node:path'
import { VitrineError } from '../../../../../shared/contract/errors.ts'
import type { AssetId, ImportId } from '../../../../../shared/domain/ids.ts'
import type { Catalog } from '../../../catalog/catalog.ts'
import type { ImportRow } from '../../../catalog/importRecords.ts'
import type { MutationWriter } from '../../../catalog/mutations.ts'
import { countAssets } from '../../countLabel.ts'
import { ensureTag } from '../../ensureTag.ts'
import { longChangesOf, type RunningChange } from '../../longChanges.ts'
import { carriedOrder, withoutLevels } from './carriedOrder.ts'
import { type CollectionPaths, collectionPaths } from './collectionPaths.ts'
import { type EagleItem, eagleLibraryOf, eagleTitle, readEagleFolders, readEagleItem } from './eagleLibrary.ts'

/** Files that are organised in one transaction. */
const AT_ONCE = 200

interface Taken {
  readonly path: string
  readonly id: AssetId
}

/**
 * Gives the assets of an import what their place said of them: the folders that they stood in become collections, or
 * what another program knew of them becomes theirs. One line of the history, and one step to undo. What was done before
 * a kill is done again, and then changes nothing. A person who cancels it keeps what was done until then.
 */
export async function organiseImported(catalog: Catalog, row: ImportRow, now: () => number): Promise<void> {
  const { organise, takeOver = false } = row.options
  const { imported, duplicates } = catalog.imports.report(row.id)
  const taken: Taken[] = [...imported, ...duplicates.map(({ path, of }) => ({ path, id: of }))]
  const place =
    row.options.adopt !== undefined && organise === 'folders' ? keyPlaces : await placesOf(organise, row.paths)
  const running = taken.length > AT_ONCE ? longChangesOf(catalog).begin('organise', taken.length) : null
  try {
    await organiseTaken(catalog, row.id, taken, { place, takeOver }, now, running)
  } finally {
    running?.end()
  }
}

async function organiseTaken(
  catalog: Catalog,
  id: ImportId,
  taken: readonly Taken[],
  { place, takeOver }: { readonly place: PlaceOf; readonly takeOver: boolean },
  now: () => number,
  running: RunningChange | null,
): Promise<void> {
  for (let at = 0; at < taken.length && running?.cancelled !== true; at += AT_ONCE) {
    const batch = await Promise.all(
      taken.slice(at, at + AT_ONCE).map(async (file) => ({ ...file, ...(await place(file.path)) })),
    )
    const paths = collectionPaths(catalog)
    const label = (count: number): string => `Organised ${countAssets(count)} as they were`
    catalog.mutate({ kind: 'organise', label, undoable: true, now: now(), groupId: `organise-${id}` }, (writer) => {
      for (const file of batch) {
        organiseOne(catalog, writer, paths, file, now())
        if (takeOver) takeOverCarried(catalog, writer, file.id, now())
      }
    })
    running?.advance(at + batch.length)
    await new Promise<void>((done) => setImmediate(done))
  }
}

/** Whether an import has more to do once its files are taken in. */
export function isOrganised({ organise, takeOver }: ImportRow['options']): boolean {
  return organise !== undefined || takeOver === true
}

/** Tags and stars as the file, or the sidecar beside it, carries them. What people have given the asset here counts for more. */
function takeOverCarried(catalog: Catalog, writer: MutationWriter, id: AssetId, now: number): void {
  const asset = catalog.assets.get(id)
  if (asset === undefined) return
  const { tags, rating } = carriedOrder(asset.metadata)
  for (const path of tags) tag(catalog, writer, id, path, now)
  if (asset.rating === 0 && rating > 0) writer.set('asset', id, 'rating', rating)
}

/** What is known of one file. */
interface Place {
  /** Names of collections from the root down, one list for each. */
  readonly collections: readonly (readonly string[])[]
  readonly item: EagleItem | null
}

function organiseOne(
  catalog: Catalog,
  writer: MutationWriter,
  paths: CollectionPaths,
  { path, id, collections, item }: Taken & Place,
  now: number,
): void {
  const asset = catalog.assets.get(id)
  if (asset === undefined) return
  for (const names of collections) {
    if (names.length === 0) continue
    const collection = paths.ensure(writer, names, now)
    if (!asset.collections.some((known) => known.id === collection)) {
      writer.set('membership', `${collection}/${id}`, 'in', { at: now, position: now })
    }
  }
  if (item === null) return
  // A slash means nothing in a name of another program.
  for (const name of item.tags) tag(catalog, writer, id, withoutLevels(name), now)
  // What people have given the asset here counts for more.
  if (asset.custom_title === null) writer.set('asset', id, 'custom_title', eagleTitle(item, path))
  if (asset.rating === 0 && item.star > 0) writer.set('asset', id, 'rating', item.star)
  if (asset.description === null && item.annotation.trim() !== '')
    writer.set('asset', id, 'description', item.annotation)
  if (asset.source_url === null && item.url.trim() !== '') writer.set('asset', id, 'source_url', item.url)
}

/** A name that no tag can have (too long, or one that stands elsewhere in the tree) is left out: the file counts more. */
function tag(catalog: Catalog, writer: MutationWriter, id: AssetId, name: string, now: number): void {
  try {
    const tagId = ensureTag(catalog, writer, name, now)
    writer.set('assetTag', `${tagId}/${id}`, 'in', { at: now })
  } catch (error) {
    if (!(error instanceof VitrineError)) throw error
  }
}

async function placesOf(organise: ImportRow['options']['organise'], named: readonly string[]): Promise<PlaceOf> {
  switch (organise) {
    case 'folders':
      return folderPlaces(named)
    case 'eagle':
      return await eaglePlaces(named)
    case undefined:
      return async () => ({ collections: [], item: null })
  }
}

type PlaceOf = (path: string) => Promise<Place>

/** The folders between what a person named and the file, beginning with the one that was named. */
function folderPlaces(named: readonly string[]): PlaceOf {
  const roots = named.map((path) => resolve(path)).sort((a, b) => b.length - a.length)
  return async (path) => {
    const root = roots.find((candidate) => path.startsWith(candidate + sep))
    if (root === undefined) return { collections: [], item: null }
    const below = relative(root, dirname(path))
    return { collections: [[basename(root), ...below.split(sep).filter((name) => name !== '')]], item: null }
  }
}

/** The folders in the key of an object. The bucket itself is the library, and no collection. */
const keyPlaces: PlaceOf = async (key) => ({
  collections: [
    key
      .split('/')
      .slice(0, -1)
      .filter((name) => name.trim() !== ''),
  ],
  item: null,
})

async function eaglePlaces(named: readonly string[]): Promise<PlaceOf> {
  const folders = new Map<string, ReadonlyMap<string, readonly string[]>>()
  for (const library of named) folders.set(resolve(library), await readEagleFolders(resolve(library)))
  return async (path) => {
    const item = await readEagleItem(path)
    const known = folders.get(eagleLibraryOf(path))
    return { item, collections: (item?.folders ?? []).flatMap((id) => [known?.get(id) ?? []]) }
  }
}
