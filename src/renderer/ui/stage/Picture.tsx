import { useState } from 'react'
import { thumbnailUrl } from '../../../shared/contract/bridge.ts'
import type { AssetCard } from '../../../shared/domain/asset.ts'
import { Thumbhash } from '../Thumbhash.tsx'
import styles from './Picture.module.css'
import type { Placement, Size, Stage } from './viewport.ts'

/** From this zoom on, pixels are shown as squares: who looks this closely wants to see them. */
const SQUARE_PIXELS = 4

/** A picture that becomes sharper as it comes: thumbhash, then the largest thumbnail, then the original. */
export function Picture({
  card,
  stage,
  placement,
  source,
  preview = true,
  checkered,
  onNaturalSize,
  onOriginal,
}: {
  readonly card: AssetCard
  readonly stage: Stage
  readonly placement: Placement
  /** Where all of its pixels are; null for what has no more than a thumbnail, and once reading them failed. */
  readonly source: string | null
  /** Whether the thumbnail shows the same; else the place is blank until the picture has come. */
  readonly preview?: boolean
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
      data-blank={(!preview && !sharp) || undefined}
      data-pixels={placement.zoom >= SQUARE_PIXELS || undefined}
      style={{
        width: stage.image.width * scale,
        height: stage.image.height * scale,
        transform: `translate(-50%, -50%) translate(${placement.x}px, ${placement.y}px) rotate(${stage.quarterTurns * 90}deg)`,
      }}
    >
      {preview && card.thumbhash !== null && thumbnail === 'loading' && !sharp ? (
        <Thumbhash hash={card.thumbhash} className={styles.layer} />
      ) : null}
      {preview && card.has_thumbnail && thumbnail !== 'failed' && !sharp ? (
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
      {source !== null ? (
        <img
          className={styles.layer}
          src={source}
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
