import type { Asset, AssetPatch } from '../../../shared/domain/asset.ts'

/** The asset as it will be once the engine has taken the patch: what is shown while the patch is on its way. */
export function patchedAsset<T extends Asset>(asset: T, patch: AssetPatch): T {
  const { add_tags: added = [], remove_tags: removed = [], ...fields } = patch
  const defined = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
  const gone = new Set(removed.map(caseless))
  const kept = asset.tags.filter((tag) => !gone.has(caseless(tag)))
  const present = new Set(kept.map(caseless))
  return { ...asset, ...defined, tags: [...kept, ...added.filter((tag) => !present.has(caseless(tag)))] }
}

/** Tags that differ in case only are one tag. */
function caseless(tag: string): string {
  return tag.toLocaleLowerCase()
}
