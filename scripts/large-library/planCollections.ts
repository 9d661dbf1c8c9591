import { chanceFor, purposes, uuidAt } from './chance.ts'
import type { LibrarySize } from './librarySize.ts'
import { collectionWords, qualifiers } from './words.ts'

export interface PlannedCollection {
  readonly id: string
  readonly parentId: string | null
  readonly name: string
  readonly description: string | null
  /** The search text of a smart collection, null for one that is filled by hand. */
  readonly query: string | null
  readonly position: number
  readonly createdAt: number
  readonly archivedAt: number | null
}

const smartQueries: readonly (readonly [name: string, query: string])[] = [
  ['Best of', 'rating>=4'],
  ['Films', 'type:video'],
  ['Large files', 'size>20mb'],
  ['Untagged favourites', 'is:favorite is:untagged'],
  ['Juniper', 'model:juniper_xl_v4'],
]

/** Nested collections, up to four deep, those that hold most first; then the smart ones. */
export function planCollections({ assets, seed, until }: LibrarySize, createdAt: number): readonly PlannedCollection[] {
  const random = chanceFor(seed, purposes.collection, 0)
  const wanted = Math.round(8 + 0.6 * Math.sqrt(assets))
  const collections: PlannedCollection[] = []
  const depths = new Map<string, number>()
  const names = new Set<string>()
  const add = (base: string, parentId: string | null, query: string | null): void => {
    let name = base
    for (let number = 2; names.has(`${parentId}/${name.toLowerCase()}`); number++) name = `${base} ${number}`
    names.add(`${parentId}/${name.toLowerCase()}`)
    const at = Math.floor(random.between(createdAt, until - 40 * 24 * 3_600_000))
    const id = uuidAt(random, at)
    depths.set(id, parentId === null ? 1 : 1 + (depths.get(parentId) ?? 0))
    collections.push({
      id,
      parentId,
      name,
      description: random.chance(0.1) ? `Everything for “${base}”, newest first.` : null,
      query,
      position: at,
      createdAt: at,
      archivedAt: query === null && random.chance(0.05) ? until - 1_000 * random.below(20_000_000) : null,
    })
  }
  for (let index = 0; index < wanted; index++) {
    const word = collectionWords[index % collectionWords.length] ?? collectionWords[0]
    const base = index < collectionWords.length ? word : `${word}, ${random.pick(qualifiers)}`
    const parent = index < 6 || random.chance(0.4) ? undefined : collections[random.below(collections.length)]
    add(base, parent !== undefined && (depths.get(parent.id) ?? 0) < 4 ? parent.id : null, null)
  }
  for (const [name, query] of smartQueries) add(name, null, query)
  return collections
}
