import { type CSSProperties, useCallback, useState } from 'react'
import { thumbHashToRGBA } from 'thumbhash'
import { thumbnailUrl } from '../../../shared/contract/bridge.ts'
import { type AssetCard, type ThumbnailSize, thumbnailSizes } from '../../../shared/domain/asset.ts'
import { grid } from '../../strings/grid.ts'
import styles from './CellPicture.module.css'
import { HoverFilm, isPlayable } from './HoverFilm.tsx'
import { TypeTile } from './TypeTile.tsx'

/** The smallest thumbnail that is sharp at this side in CSS pixels; a few missing pixels are not seen. */
export function thumbnailSizeFor(side: number, pixelRatio: number): ThumbnailSize {
  return thumbnailSizes.find((size) => size >= side * pixelRatio * 0.92) ?? 600
}

/** The thumbnail over its thumbhash, or a tile that says what the file is and why there is no picture. */
export function CellPicture({
  card,
  width,
  height,
  fit,
}: {
  readonly card: AssetCard
  readonly width: number
  readonly height: number
  readonly fit: 'cover' | 'contain'
}) {
  const [unreadable, setUnreadable] = useState(false)
  const showLoaded = useCallback((image: HTMLImageElement | null) => {
    if (image === null) return
    // From the cache: it is there already, so it doesn't fade in.
    if (image.complete && image.naturalWidth > 0) markLoaded(image, 'at once')
    // Scrolled away before it came: nobody waits for it any more.
    return () => {
      if (!image.complete) image.removeAttribute('src')
    }
  }, [])

  if (!card.has_thumbnail || unreadable) {
    const reason = unreadable ? grid.thumbnailUnreadable : undefined
    return <TypeTile card={card} width={width} height={height} named={fit === 'cover'} reason={reason} />
  }
  const size = thumbnailSizeFor(Math.max(width, height), window.devicePixelRatio)
  return (
    <div className={styles.picture} style={fit === 'contain' ? containedIn(width, height, card) : undefined}>
      {card.thumbhash === null ? null : <Thumbhash hash={card.thumbhash} />}
      <img
        ref={showLoaded}
        className={styles.image}
        src={thumbnailUrl(card.sha256, size)}
        alt=""
        draggable={false}
        decoding="async"
        onLoad={(event) => markLoaded(event.currentTarget, 'fading')}
        onError={() => setUnreadable(true)}
      />
      {isPlayable(card) ? <HoverFilm id={card.id} /> : null}
    </div>
  )
}

/** The box of a whole picture in the middle of a cell, so that its corners and its thumbhash are those of the picture. */
function containedIn(width: number, height: number, card: AssetCard): CSSProperties {
  const scale = Math.min(width / (card.width ?? width), height / (card.height ?? height))
  const across = Math.round((width - (card.width ?? width) * scale) / 2)
  const down = Math.round((height - (card.height ?? height) * scale) / 2)
  return { inset: `${down}px ${across}px` }
}

function markLoaded(image: HTMLImageElement, how: 'at once' | 'fading'): void {
  const picture = image.parentElement
  if (picture && picture.dataset.loaded === undefined) picture.dataset.loaded = how
}

/** The few bytes that stand for a picture until it has come. A hash that can't be read draws nothing. */
function Thumbhash({ hash }: { readonly hash: string }) {
  const paint = useCallback(
    (canvas: HTMLCanvasElement | null) => {
      if (!canvas) return
      const pixels = decodeThumbhash(hash)
      if (pixels === null) return
      canvas.width = pixels.width
      canvas.height = pixels.height
      canvas.getContext('2d')?.putImageData(pixels, 0, 0)
    },
    [hash],
  )
  return <canvas ref={paint} className={styles.hash} />
}

function decodeThumbhash(hash: string): ImageData | null {
  try {
    const { w, h, rgba } = thumbHashToRGBA(Uint8Array.from(atob(hash), (character) => character.charCodeAt(0)))
    return new ImageData(Uint8ClampedArray.from(rgba), w, h)
  } catch (thrown) {
    // Damaged base64 or a hash that is too short: the picture itself is on its way.
    if (thrown instanceof Error) return null
    throw thrown
  }
}
