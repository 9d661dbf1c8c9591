import type { AssetCard } from '../../../shared/domain/asset.ts'

/** How the viewer shows an asset: what Chromium can draw by itself, the largest thumbnail, or only a named tile. */
export type DisplayKind = 'image' | 'video' | 'audio' | 'thumbnail' | 'tile'

/** Formats that Chromium decodes in an <img>. */
const IMAGES = new Set(['jpg', 'jpeg', 'jfif', 'png', 'apng', 'webp', 'gif', 'avif', 'svg', 'bmp', 'ico'])

type Shown = Pick<AssetCard, 'asset_type' | 'extension' | 'has_thumbnail' | 'status'>

/**
 * Decided by type and extension; whether a certain file can be decoded is only known once Chromium has tried. A file
 * that the decoders refused (or that is gone) is not offered to Chromium as well.
 */
export function displayKind(asset: Shown): DisplayKind {
  const unreadable = asset.status === 'quarantined' || asset.status === 'missing'
  if (!unreadable) {
    if (asset.asset_type === 'image' && IMAGES.has(asset.extension.toLowerCase())) return 'image'
    if (asset.asset_type === 'video') return 'video'
    if (asset.asset_type === 'audio') return 'audio'
  }
  return asset.has_thumbnail ? 'thumbnail' : 'tile'
}
