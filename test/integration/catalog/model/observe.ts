import { join } from 'node:path'
import type { Catalog } from '../../../../src/main/engine/catalog/catalog.ts'
import { openForReading } from '../../../../src/main/engine/catalog/database.ts'
import { FacetCounter } from '../../../../src/main/engine/catalog/reader/facetCounter.ts'
import { LibraryReader } from '../../../../src/main/engine/catalog/reader/libraryReader.ts'
import type { View } from '../../../../src/shared/domain/query.ts'
import { aliasesOf, type LibraryModel } from './libraryModel.ts'

/** What a person sees of a library, by names. */
interface Observed {
  readonly assets: Readonly<Record<string, unknown>>
  readonly collections: Readonly<Record<string, unknown>>
  readonly tags: Readonly<Record<string, unknown>>
  readonly counts: Readonly<Record<string, number>>
  /** Names and numbers of each kind, over everything. */
  readonly facets: Readonly<Record<string, Readonly<Record<string, number>>>>
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

/** What the library below `root` shows. `now` in ms. */
export function observe(catalog: Catalog, root: string, now: number): Observed {
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
      content: asset.sha256,
      version: asset.version_number,
      versions: catalog.versions
        .list(asset.id)
        .map(({ version_number, sha256 }) => `${version_number} ${sha256}`)
        .sort(),
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
    tags: Object.fromEntries(
      catalog.tags
        .list()
        .map(({ name, asset_count, aliases }) => [name, { count: asset_count, aliases: [...aliases].sort() }]),
    ),
    counts: { workspace, library, favorites, untagged, trash },
    facets: readFacets(catalog, root, now),
    found: Object.fromEntries(searches.map((text) => [text, names({ kind: 'everything' }, text)])),
  }
}

function readFacets(catalog: Catalog, root: string, now: number): Observed['facets'] {
  const db = openForReading(join(root, 'catalog.sqlite'))
  try {
    const reader = new LibraryReader(db, catalog.unsortedId)
    const counter = new FacetCounter(db, reader, catalog.unsortedId)
    const query = { view: { kind: 'everything' }, text: '', sort: { field: 'imported_at', direction: 'asc' } } as const
    const kinds = ['type', 'tag', 'collection', 'rating', 'extension'] as const
    const { facets } = counter.facets({ query, kinds, limit: 100, now }, () => undefined)
    return Object.fromEntries(
      facets.map(({ kind, values }) => [kind, Object.fromEntries(values.map(({ name, count }) => [name, count]))]),
    )
  } finally {
    db.close()
  }
}

/** How many of the assets have each value; those without any have `null` or an empty list. */
function countBy<T>(assets: readonly T[], valuesOf: (asset: T) => readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const asset of assets) for (const value of new Set(valuesOf(asset))) counts[value] = (counts[value] ?? 0) + 1
  return counts
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
      tagKeys: model.names(`asset/${name}/tag/`),
      tags: model
        .names(`asset/${name}/tag/`)
        .map((key) => String(model.get(`tag/${key}/name`)))
        .sort(),
      content: cell('content'),
      version: cell('version'),
      versions: model
        .names(`asset/${name}/versions/`)
        .map((number) => `${number} ${model.get(`asset/${name}/versions/${number}`)}`)
        .sort(),
      in: model.names(`asset/${name}/in/`),
    }
  })
  type Modelled = (typeof all)[number]
  const live = all.filter(({ trashed }) => !trashed)
  const library = live.filter(({ space }) => space === 'library')
  const nameOf = (key: string) => String(model.get(`collection/${key}/name`))
  const keys = model.names('collection/').filter((key) => model.get(`collection/${key}/live`) === true)
  const called = ({ tagKeys }: Modelled, word: string) =>
    tagKeys.some((key) => model.get(`tag/${key}/name`) === word || aliasesOf(model, key).includes(word))
  const has = (asset: Modelled, word: string) =>
    called(asset, word) || String(asset.title).toLowerCase().split(' ').includes(word)
  const search: Readonly<Record<string, (asset: Modelled) => boolean>> = {
    'tag:sea': (asset) => called(asset, 'sea'),
    'tag:winter': (asset) => called(asset, 'winter'),
    night: (asset) => has(asset, 'night'),
    Pier: (asset) => has(asset, 'pier'),
    'is:favorite': ({ favorite }) => favorite,
    'rating>=3': ({ rating }) => rating >= 3,
    '-is:tagged': ({ tags }) => tags.length === 0,
    'portrait rating>2': (asset) => has(asset, 'portrait') && asset.rating > 2,
  }
  return {
    assets: Object.fromEntries(
      all.map(({ name, in: keysOf, tagKeys: _, ...asset }) => [
        name,
        { ...asset, collections: keysOf.map(nameOf).sort() },
      ]),
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
    tags: Object.fromEntries(
      model
        .names('tag/')
        .filter((key) => model.get(`tag/${key}/live`) === true)
        .map((key) => {
          const count = live.filter(({ tagKeys }) => tagKeys.includes(key)).length
          return [String(model.get(`tag/${key}/name`)), { count, aliases: aliasesOf(model, key).sort() }]
        }),
    ),
    facets: {
      type: countBy(live, () => ['image']),
      tag: countBy(live, ({ tags }) => tags),
      collection: countBy(live, (asset) =>
        asset.in.length > 0
          ? asset.in.flatMap((key) => withAncestors(model, key)).map(nameOf)
          : asset.space === 'library'
            ? ['Unsorted']
            : [],
      ),
      rating: countBy(live, ({ rating }) => [String(rating)]),
      extension: countBy(live, () => ['png']),
    },
    found: Object.fromEntries(
      searches.map((text) => [text, live.filter((asset) => search[text]?.(asset) ?? false).map(({ name }) => name)]),
    ),
  }
}

/** A collection and those that it is in. */
function withAncestors(model: LibraryModel, key: string): string[] {
  const parent = model.get(`collection/${key}/parent`)
  return parent === null ? [key] : [key, ...withAncestors(model, String(parent))]
}
