import { useState } from 'react'
import { originalUrl, thumbnailUrl } from '../../../shared/contract/bridge.ts'
import type { AssetCard } from '../../../shared/domain/asset.ts'
import { Thumbhash } from '../../ui/Thumbhash.tsx'
import styles from './Picture.module.css'
import type { Placement, Size, Stage } from './viewport.ts'

/** From this zoom on, pixels are shown as squares: who looks this closely wants to see them. */
const SQUARE_PIXELS = 4

/** A picture that becomes sharper as it comes: thumbhash, then the largest thumbnail, then the original. */
export function Picture({
  card,
  stage,
  placement,
  original,
  checkered,
  onNaturalSize,
  onOriginal,
}: {
  readonly card: AssetCard
  readonly stage: Stage
  readonly placement: Placement
  /** False for formats that Chromium can't draw, and once it has failed to. */
  readonly original: boolean
  readonly checkered: boolean
  readonly onNaturalSize: (size: Size) => void
  readonly onOriginal: (state: 'shown' | 'failed') => void
}) {
  const [thumbnail, setThumbnail] = useState<'loading' | 'shown' | 'failed'>('loading')
  const [sharp, setSharp] = useState(false)
  const scale = placement.zoom / stage.pixelRatio
  return (
    <div
      className={styles.picture}
      data-checkered={checkered || undefined}
      data-pixels={placement.zoom >= SQUARE_PIXELS || undefined}
      style={{
        width: stage.image.width * scale,
        height: stage.image.height * scale,
        transform: `translate(-50%, -50%) translate(${placement.x}px, ${placement.y}px) rotate(${stage.quarterTurns * 90}deg)`,
      }}
    >
      {card.thumbhash !== null && thumbnail === 'loading' && !sharp ? (
        <Thumbhash hash={card.thumbhash} className={styles.layer} />
      ) : null}
      {card.has_thumbnail && thumbnail !== 'failed' && !sharp ? (
        <img
          className={styles.layer}
          src={thumbnailUrl(card.sha256, 600)}
          alt=""
          draggable={false}
          decoding="sync"
          onLoad={() => setThumbnail('shown')}
          onError={() => setThumbnail('failed')}
        />
      ) : null}
      {original ? (
        <img
          className={styles.layer}
          src={originalUrl(card.id)}
          alt={card.custom_title ?? card.file_name}
          draggable={false}
          decoding="async"
          data-waiting={!sharp || undefined}
          onLoad={({ currentTarget: image }) => {
            const { naturalWidth: width, naturalHeight: height } = image
            if (width > 0 && height > 0) onNaturalSize({ width, height })
            setSharp(true)
            onOriginal('shown')
          }}
          onError={() => onOriginal('failed')}
        />
      ) : null}
    </div>
  )
}
