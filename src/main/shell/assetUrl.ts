import { type ThumbnailSize, thumbnailSizes } from '../../shared/domain/asset.ts'
import { type DrawnSide, drawnSides } from '../../shared/domain/drawing.ts'
import { type AssetId, assetIdSchema, type Sha256, sha256Schema } from '../../shared/domain/ids.ts'

/** What an `asset://` URL names. */
export type AssetUrl =
  | { readonly kind: 'thumb'; readonly sha256: Sha256; readonly size: ThumbnailSize }
  | { readonly kind: 'original'; readonly id: AssetId }
  | { readonly kind: 'drawn'; readonly id: AssetId; readonly page: number; readonly side: DrawnSide }

const THUMB = /^asset:\/\/thumb\/([0-9a-f]{64})\/(\d{3})$/
const DRAWN = /^asset:\/\/drawn\/([0-9a-f-]{36})\/(0|[1-9]\d{0,4})\/(\d{4})$/
const ORIGINAL = /^asset:\/\/original\/([0-9a-f-]{36})$/

/**
 * Reads an `asset://` URL; null for anything but the three exact forms. Nothing is decoded or normalised, so there is no
 * escape, dot segment, query or upper-case spelling that could mean something else later.
 */
export function parseAssetUrl(url: string): AssetUrl | null {
  const thumb = THUMB.exec(url)
  if (thumb) {
    const sha256 = sha256Schema.safeParse(thumb[1])
    const size = thumbnailSizes.find((candidate) => String(candidate) === thumb[2])
    return sha256.success && size !== undefined ? { kind: 'thumb', sha256: sha256.data, size } : null
  }
  const drawn = DRAWN.exec(url)
  if (drawn) {
    const id = assetIdSchema.safeParse(drawn[1])
    const side = drawnSides.find((candidate) => String(candidate) === drawn[3])
    return id.success && side !== undefined ? { kind: 'drawn', id: id.data, page: Number(drawn[2]), side } : null
  }
  const id = assetIdSchema.safeParse(ORIGINAL.exec(url)?.[1])
  return id.success ? { kind: 'original', id: id.data } : null
}
