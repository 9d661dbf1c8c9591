import type { Catalog } from '../../../../src/main/engine/catalog/catalog.ts'
import type { View } from '../../../../src/shared/domain/query.ts'
import type { LibraryModel } from './libraryModel.ts'

/** What a person sees of a library, by names. */
interface Observed {
  readonly assets: Readonly<Record<string, unknown>>
  readonly collections: Readonly<Record<string, unknown>>
  readonly counts: Readonly<Record<string, number>>
  readonly found: Readonly<Record<string, readonly string[]>>
}

const searches = [
  'tag:sea',
  'tag:winter',
  'night',
  'Pier',
  'is:favorite',
  'rating>=3',
  '-is:tagged',
  'portrait rating>2',
]

/** What the library shows. `now` in ms. */
export function observe(catalog: Catalog, now: number): Observed {
  const rows = (view: View, text = ''): Int32Array =>
    catalog.assets.query({ view, text, sort: { field: 'file_name', direction: 'asc' } }, now).rowIds
  const names = (view: View, text = ''): string[] =>
    catalog.assets
      .cards([...rows(view, text)])
      .map(({ file_name }) => file_name)
      .sort()
  const assets: Record<string, unknown> = {}
  for (const row of [...rows({ kind: 'everything' }), ...rows({ kind: 'trash' })]) {
    const id = catalog.assets.findByRow(row)?.id
    const asset = id === undefined ? undefined : catalog.assets.get(id)
    if (asset === undefined) throw new Error('A query gave a row that no asset has')
    assets[asset.file_name] = {
      space: asset.space,
      trashed: asset.deleted_at !== null,
      expires: asset.expires_at === null ? null : Date.parse(asset.expires_at),
      rating: asset.rating,
      favorite: asset.is_favorite,
      title: asset.custom_title,
      tags: [...asset.tags].sort(),
      collections: asset.collections.map(({ name }) => name).sort(),
    }
  }
  const list = catalog.collections.list().filter(({ is_permanent }) => !is_permanent)
  const { workspace, library, favorites, untagged, trash } = catalog.counts(now)
  return {
    assets,
    collections: Object.fromEntries(
      list.map(({ name, parent_id, asset_count, id }) => [
        name,
        {
          parent: list.find((other) => other.id === parent_id)?.name ?? null,
          count: asset_count,
          members: names({ kind: 'collection', collectionId: id }),
        },
      ]),
    ),
    counts: { workspace, library, favorites, untagged, trash },
    found: Object.fromEntries(searches.map((text) => [text, names({ kind: 'everything' }, text)])),
  }
}

/** What a library that is as the model says shows. */
export function expected(model: LibraryModel): Observed {
  const all = model.names('asset/').map((name) => {
    const cell = (field: string) => model.get(`asset/${name}/${field}`)
    return {
      name,
      space: cell('space'),
      trashed: cell('trashed') !== null,
      expires: cell('expires'),
      rating: Number(cell('rating')),
      favorite: cell('favorite') === true,
      title: cell('title'),
      tags: model.names(`asset/${name}/tag/`),
      in: model.names(`asset/${name}/in/`),
    }
  })
  type Modelled = (typeof all)[number]
  const live = all.filter(({ trashed }) => !trashed)
  const library = live.filter(({ space }) => space === 'library')
  const nameOf = (key: string) => String(model.get(`collection/${key}/name`))
  const keys = model.names('collection/').filter((key) => model.get(`collection/${key}/live`) === true)
  const has = ({ title, tags }: Modelled, word: string) =>
    tags.includes(word) || String(title).toLowerCase().split(' ').includes(word)
  const search: Readonly<Record<string, (asset: Modelled) => boolean>> = {
    'tag:sea': ({ tags }) => tags.includes('sea'),
    'tag:winter': ({ tags }) => tags.includes('winter'),
    night: (asset) => has(asset, 'night'),
    Pier: (asset) => has(asset, 'pier'),
    'is:favorite': ({ favorite }) => favorite,
    'rating>=3': ({ rating }) => rating >= 3,
    '-is:tagged': ({ tags }) => tags.length === 0,
    'portrait rating>2': (asset) => has(asset, 'portrait') && asset.rating > 2,
  }
  return {
    assets: Object.fromEntries(
      all.map(({ name, in: keysOf, ...asset }) => [name, { ...asset, collections: keysOf.map(nameOf).sort() }]),
    ),
    collections: Object.fromEntries(
      keys.map((key) => {
        const members = live.filter((asset) => asset.in.includes(key)).map(({ name }) => name)
        const parent = model.get(`collection/${key}/parent`)
        const shown = { parent: parent === null ? null : nameOf(String(parent)), count: members.length, members }
        return [nameOf(key), shown]
      }),
    ),
    counts: {
      workspace: live.length - library.length,
      library: library.length,
      favorites: library.filter(({ favorite }) => favorite).length,
      untagged: library.filter(({ tags }) => tags.length === 0).length,
      trash: all.length - live.length,
    },
    found: Object.fromEntries(
      searches.map((text) => [text, live.filter((asset) => search[text]?.(asset) ?? false).map(({ name }) => name)]),
    ),
  }
}
