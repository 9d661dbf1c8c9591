import type { Asset } from '../../../shared/domain/asset.ts'

/** One value that all selected assets have, or the fact that they differ. */
export type Shared<T> = { readonly mixed: false; readonly value: T } | { readonly mixed: true }

export interface SharedValues {
  readonly rating: Shared<number>
  readonly favorite: Shared<boolean>
  readonly label: Shared<Asset['color_label']>
  /** Tags with how many of the assets have them, most common first, then by name. */
  readonly tags: readonly { readonly name: string; readonly count: number }[]
  readonly bytes: number
}

type Source = Pick<Asset, 'rating' | 'is_favorite' | 'color_label' | 'tags' | 'file_size_bytes'>

function shared<T>(values: readonly T[], otherwise: T): Shared<T> {
  const [first = otherwise] = values
  return values.every((value) => value === first) ? { mixed: false, value: first } : { mixed: true }
}

/** What several assets have in common. */
export function sharedValues(assets: readonly Source[]): SharedValues {
  const counts = new Map<string, number>()
  for (const asset of assets) {
    for (const tag of asset.tags) counts.set(tag, (counts.get(tag) ?? 0) + 1)
  }
  return {
    rating: shared(
      assets.map((asset) => asset.rating),
      0,
    ),
    favorite: shared(
      assets.map((asset) => asset.is_favorite),
      false,
    ),
    label: shared(
      assets.map((asset) => asset.color_label),
      null,
    ),
    tags: [...counts]
      .map(([name, count]) => ({ name, count }))
      .sort((a, b) => b.count - a.count || a.name.localeCompare(b.name)),
    bytes: assets.reduce((sum, asset) => sum + asset.file_size_bytes, 0),
  }
}
