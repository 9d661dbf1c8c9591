import type { Asset } from '../../../shared/domain/asset.ts'

/** One value that all selected assets have, or the fact that they differ. */
export type Shared<T> = { readonly mixed: false; readonly value: T } | { readonly mixed: true }

export const mixed = { mixed: true } as const

/** Tells whether all have the same value; `otherwise` is the value of none at all. */
export function shared<T>(values: readonly T[], otherwise: T): Shared<T> {
  const [first = otherwise] = values
  return values.every((value) => value === first) ? { mixed: false, value: first } : mixed
}

export interface TagCount {
  readonly name: string
  readonly count: number
}

/** The tags of several assets with how many of them have each, the most common first, then by name. */
export function countedTags(assets: readonly Pick<Asset, 'tags'>[]): readonly TagCount[] {
  const counts = new Map<string, number>()
  for (const asset of assets) {
    for (const tag of asset.tags) counts.set(tag, (counts.get(tag) ?? 0) + 1)
  }
  return [...counts]
    .map(([name, count]) => ({ name, count }))
    .sort((a, b) => b.count - a.count || a.name.localeCompare(b.name))
}
