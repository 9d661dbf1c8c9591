import type { KeepReason } from '../../../../shared/domain/duplicate.ts'
import type { ComparedAsset } from '../../catalog/duplicates.repository.ts'

/** Formats that lose nothing when they are written, of those that pictures come in. */
const LOSSLESS: ReadonlySet<string> = new Set([
  'image/png',
  'image/apng',
  'image/tiff',
  'image/bmp',
  'image/x-tga',
  'image/vnd.adobe.photoshop',
  'image/svg+xml',
])

/** One way in which an asset can be the better one: more is better. In the order in which they decide. */
const criteria: readonly (readonly [reason: KeepReason, score: (asset: ComparedAsset) => number])[] = [
  ['undamaged', (asset) => (asset.error_code === 'decode_failed' ? 0 : 1)],
  ['more-pixels', (asset) => (asset.width ?? 0) * (asset.height ?? 0)],
  ['generation-data', (asset) => (asset.generator === null ? 0 : 1)],
  ['rated-higher', (asset) => asset.rating],
  ['favorite', (asset) => asset.is_favorite],
  ['organised', (asset) => asset.membership_count + asset.tag_count],
  ['kept', (asset) => (asset.space === 'library' ? 1 : 0)],
  ['lossless', (asset) => (LOSSLESS.has(asset.mime_type) ? 1 : 0)],
  ['larger-file', (asset) => asset.file_size_bytes],
  ['older', (asset) => -asset.imported_at],
]

export interface Suggestion {
  /** The one to keep first, the others in order of worth. */
  readonly order: readonly ComparedAsset[]
  /** In what the first is better than every other, most telling first; at most three. */
  readonly reasons: readonly KeepReason[]
}

/** Which of several alike assets to keep, and why. At least one asset. */
export function suggestKeeper(assets: readonly ComparedAsset[]): Suggestion {
  const order = [...assets].sort(compare)
  const [best, ...others] = order
  if (best === undefined) return { order, reasons: [] }
  const reasons = criteria
    .filter(([, score]) => others.some((other) => score(best) > score(other)))
    .filter(([, score]) => others.every((other) => score(best) >= score(other)))
    .map(([reason]) => reason)
  // That it was there first is a reason only where nothing else is.
  return { order, reasons: (reasons.length > 1 ? reasons.filter((reason) => reason !== 'older') : reasons).slice(0, 3) }
}

function compare(a: ComparedAsset, b: ComparedAsset): number {
  for (const [, score] of criteria) {
    const difference = score(b) - score(a)
    if (difference !== 0) return difference
  }
  return a.row_id - b.row_id
}
