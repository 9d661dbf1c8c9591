import { type ThumbnailSize, thumbnailSizes } from '../../shared/domain/asset.ts'
import { type AssetId, assetIdSchema, type Sha256, sha256Schema } from '../../shared/domain/ids.ts'

/** What an `asset://` URL names. */
export type AssetUrl =
  | { readonly kind: 'thumb'; readonly sha256: Sha256; readonly size: ThumbnailSize }
  | { readonly kind: 'original'; readonly id: AssetId }

const THUMB = /^asset:\/\/thumb\/([0-9a-f]{64})\/(\d{3})$/
const ORIGINAL = /^asset:\/\/original\/([0-9a-f-]{36})$/

/**
 * Reads an `asset://` URL; null for anything but the two exact forms. Nothing is decoded or normalised, so there is no
 * escape, dot segment, query or upper-case spelling that could mean something else later.
 */
export function parseAssetUrl(url: string): AssetUrl | null {
  const thumb = THUMB.exec(url)
  if (thumb) {
    const sha256 = sha256Schema.safeParse(thumb[1])
    const size = thumbnailSizes.find((candidate) => String(candidate) === thumb[2])
    return sha256.success && size !== undefined ? { kind: 'thumb', sha256: sha256.data, size } : null
  }
  const id = assetIdSchema.safeParse(ORIGINAL.exec(url)?.[1])
  return id.success ? { kind: 'original', id: id.data } : null
}
