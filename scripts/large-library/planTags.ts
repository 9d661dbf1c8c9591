import { derivedId } from '../../src/main/engine/catalog/derivedId.ts'
import { type ColorLabel, colorLabelSchema } from '../../src/shared/domain/asset.ts'
import type { LibraryId } from '../../src/shared/domain/ids.ts'
import { chanceFor, purposes } from './chance.ts'
import type { LibrarySize } from './librarySize.ts'
import { qualifiers, tagWords } from './words.ts'

export interface PlannedTag {
  readonly id: string
  readonly name: string
  readonly parentId: string | null
  readonly color: ColorLabel | null
  readonly aliases: readonly string[]
  readonly position: number
  readonly createdAt: number
}

/**
 * A tree of tags, three deep, more of them the larger the library is; in the order of how much they are used. Ids are
 * derived from the names, as the program derives them.
 */
export function planTags(
  { assets, seed, until }: LibrarySize,
  library: LibraryId,
  createdAt: number,
): readonly PlannedTag[] {
  const random = chanceFor(seed, purposes.tag, 0)
  const wanted = Math.round(30 + 2.5 * Math.sqrt(assets))
  const tags: PlannedTag[] = []
  const known = new Set<string>()
  const add = (name: string, parentId: string | null): string | null => {
    const key = name.toLowerCase()
    if (known.has(key) || tags.length >= wanted) return null
    known.add(key)
    const id = derivedId(library, 'tag', key)
    tags.push({
      id,
      name,
      parentId,
      color: random.chance(0.3) ? (colorLabelSchema.options[random.below(7)] ?? null) : null,
      aliases: random.chance(0.06) ? [`${name} (${random.pick(qualifiers)})`.toLowerCase()] : [],
      position: tags.length,
      createdAt: Math.floor(random.between(createdAt, (createdAt + until) / 2)),
    })
    return id
  }
  const parents: { readonly id: string; readonly name: string }[] = []
  for (const [root, ...children] of tagWords) {
    const rootId = add(root, null)
    for (const name of children) {
      const id = add(name, rootId)
      if (id !== null) parents.push({ id, name })
    }
  }
  for (let round = 0; tags.length < wanted; round++) {
    const parent = parents[round % parents.length]
    if (parent === undefined) break
    const qualifier = qualifiers[random.below(qualifiers.length)] ?? ''
    const number = round < 20 * parents.length ? '' : ` ${1 + Math.floor(round / parents.length)}`
    add(`${parent.name} ${qualifier}${number}`, parent.id)
  }
  return shuffled(tags, (count) => random.below(count))
}

function shuffled<T>(items: readonly T[], below: (count: number) => number): T[] {
  const result = [...items]
  for (let last = result.length - 1; last > 0; last--) {
    const other = below(last + 1)
    const [a, b] = [result[last], result[other]]
    if (a !== undefined && b !== undefined) [result[last], result[other]] = [b, a]
  }
  return result
}
