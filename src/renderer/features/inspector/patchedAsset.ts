import type { Asset, AssetPatch } from '../../../shared/domain/asset.ts'

/** The asset as it will be once the engine has taken the patch: what is shown while the patch is on its way. */
export function patchedAsset<T extends Asset>(asset: T, patch: AssetPatch): T {
  const { add_tags: added = [], remove_tags: removed = [], rating_change, toggle_favorite, ...fields } = patch
  const defined = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
  const gone = new Set(removed.map(caseless))
  const kept = asset.tags.filter((tag) => !gone.has(caseless(tag)))
  const present = new Set(kept.map(caseless))
  const rating = rating_change === undefined ? {} : { rating: Math.min(5, Math.max(0, asset.rating + rating_change)) }
  const favorite = toggle_favorite === undefined ? {} : { is_favorite: !asset.is_favorite }
  return {
    ...asset,
    ...defined,
    ...rating,
    ...favorite,
    tags: [...kept, ...added.filter((tag) => !present.has(caseless(tag)))],
  }
}

/** Tags that differ in case only are one tag. */
function caseless(tag: string): string {
  return tag.toLocaleLowerCase()
}
