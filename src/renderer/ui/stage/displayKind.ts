import { drawnUrl, originalUrl } from '../../../shared/contract/bridge.ts'
import type { AssetCard } from '../../../shared/domain/asset.ts'

/**
 * How an asset is shown: by Chromium itself (`image`, `video`, `audio`, `font`), as the decoders draw it at full size
 * (`drawn`), page by page (`pages`), as text, by its largest thumbnail, or only as a named tile.
 */
export type DisplayKind = 'image' | 'video' | 'audio' | 'font' | 'drawn' | 'pages' | 'text' | 'thumbnail' | 'tile'

/** Formats that Chromium decodes in an <img>. */
const IMAGES = new Set(['jpg', 'jpeg', 'jfif', 'png', 'apng', 'webp', 'gif', 'avif', 'svg', 'bmp', 'ico'])
/** Formats that Chromium takes as a web font. */
const FONTS = new Set(['ttf', 'otf', 'woff', 'woff2'])
const PAGED = new Set(['pdf', 'ai', 'cbz'])
/** Pictures that may have several pages, which only the file itself says. */
const PAGED_PICTURES = new Set(['tif', 'tiff'])
const TEXTS = new Set(
  (
    'txt text md markdown mdown log csv tsv json jsonl ndjson json5 yaml yml toml xml html htm css scss less js mjs cjs ts ' +
    'mts tsx jsx py rb go rs c h cpp hpp java kt swift cs php lua sh bash zsh ps1 bat sql glsl vert frag wgsl hlsl ini cfg ' +
    'conf srt vtt ass ssa ics vcf rtf mtl cube tex'
  ).split(' '),
)
/** The decoders draw these at most this large. */
const DRAWN_SIDE = 8192
/** Pages and drawings have no pixels of their own; this is sharp in any window, and larger ones take seconds. */
const PAGE_SIDE = 2048

type Shown = Pick<AssetCard, 'asset_type' | 'extension' | 'has_thumbnail' | 'status'>

/**
 * Decided by type and extension; whether a certain file can be decoded is only known once Chromium has tried. A file
 * that the decoders refused (or that is gone) is not offered to Chromium as well.
 */
export function displayKind(asset: Shown): DisplayKind {
  const unreadable = asset.status === 'quarantined' || asset.status === 'missing'
  if (!unreadable) {
    const extension = asset.extension.toLowerCase()
    switch (asset.asset_type) {
      case 'image':
        if (IMAGES.has(extension)) return 'image'
        break
      case 'video':
      case 'audio':
        return asset.asset_type
      case 'font':
        if (FONTS.has(extension)) return 'font'
        break
      default:
        if (TEXTS.has(extension)) return 'text'
        if (asset.has_thumbnail && PAGED.has(extension)) return 'pages'
    }
    if (asset.has_thumbnail) return 'drawn'
  }
  return asset.has_thumbnail ? 'thumbnail' : 'tile'
}

/** The same once it is known how many pages a file has. */
export function pagedKind(asset: Shown, pages: number | null): DisplayKind {
  const kind = displayKind(asset)
  const isPaged = kind === 'drawn' && (pages ?? 1) > 1 && PAGED_PICTURES.has(asset.extension.toLowerCase())
  return isPaged ? 'pages' : kind
}

/** Where all pixels of what can be looked at as a picture are; null for other kinds. `page` counts from 0. */
export function sharpSource(card: AssetCard, kind: DisplayKind, page = 0): string | null {
  switch (kind) {
    case 'image':
      return originalUrl(card.id)
    case 'drawn':
      return drawnUrl(card.id, 0, card.asset_type === 'image' ? DRAWN_SIDE : PAGE_SIDE)
    case 'pages':
      return drawnUrl(card.id, page, card.asset_type === 'image' ? DRAWN_SIDE : PAGE_SIDE)
    default:
      return null
  }
}

/** The pixels that `sharpSource` will have, before it is there; null where nobody knows the shape. */
export function displayedSize(
  { width, height, asset_type }: Pick<AssetCard, 'width' | 'height' | 'asset_type'>,
  kind: DisplayKind,
): { readonly width: number; readonly height: number } | null {
  if (width === null || height === null) return null
  if (kind !== 'drawn' && kind !== 'pages') return { width, height }
  const isPicture = asset_type === 'image'
  const largest = (isPicture ? DRAWN_SIDE : PAGE_SIDE) / Math.max(width, height)
  const scale = isPicture ? Math.min(1, largest) : largest
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}
