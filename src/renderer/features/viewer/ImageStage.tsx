import { type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react'
import type { AssetCard } from '../../../shared/domain/asset.ts'
import { viewer as strings } from '../../strings/viewer.ts'
import { Spinner } from '../../ui/Spinner.tsx'
import { useElementSize } from '../../ui/useElementSize.ts'
import { FileTile } from './FileTile.tsx'
import { Picture } from './Picture.tsx'
import styles from './Stage.module.css'
import { type PlacementControl, usePlacement } from './usePlacement.ts'
import { useStageGestures } from './useStageGestures.ts'
import type { Size, Stage } from './viewport.ts'

const UNKNOWN: Size = { width: 600, height: 600 }

export interface ImageStageProps {
  readonly card: AssetCard
  /** Whether Chromium can draw the original. */
  readonly drawable: boolean
  readonly quarterTurns: Stage['quarterTurns']
  readonly checkered: boolean
  readonly margin: Size
  readonly control: Ref<PlacementControl>
  readonly onZoom: (zoom: number) => void
}

/** Room for one picture, which can be zoomed and moved. */
export function ImageStage({ card, drawable, quarterTurns, checkered, margin, control, onZoom }: ImageStageProps) {
  const element = useRef<HTMLDivElement>(null)
  const viewport = useElementSize(element)
  const [natural, setNatural] = useState<Size | null>(null)
  const [original, setOriginal] = useState<'waiting' | 'shown' | 'failed'>('waiting')
  const known = card.width !== null && card.height !== null ? { width: card.width, height: card.height } : null
  const stage: Stage = {
    viewport,
    margin,
    image: natural ?? known ?? UNKNOWN,
    pixelRatio: window.devicePixelRatio,
    quarterTurns,
  }
  const placing = usePlacement(stage, `${card.id} ${quarterTurns}`)
  const gestures = useStageGestures(element, placing)
  useImperativeHandle(control, () => placing)
  const { zoom } = placing.placement
  useEffect(() => onZoom(zoom), [zoom, onZoom])

  if (original === 'failed' && !card.has_thumbnail) {
    return <FileTile card={card} reason={card.error_message ?? strings.unreadable} />
  }
  const note = noteOf(card, drawable, original === 'failed')
  return (
    <div ref={element} className={styles.stage} data-pannable={!placing.fits || undefined} {...gestures}>
      {viewport.width === 0 ? null : (
        <Picture
          card={card}
          stage={stage}
          placement={placing.placement}
          original={drawable && original !== 'failed'}
          checkered={checkered}
          onNaturalSize={setNatural}
          onOriginal={setOriginal}
        />
      )}
      {drawable && original === 'waiting' ? (
        <div className={styles.waiting} role="status" aria-label={strings.loading}>
          <Spinner />
        </div>
      ) : null}
      {note === null ? null : (
        <p className={styles.note} role="status">
          {note}
        </p>
      )}
    </div>
  )
}

function noteOf(card: AssetCard, drawable: boolean, failed: boolean): string | null {
  if (failed) return strings.unreadableOriginal
  if (card.status === 'missing') return strings.missingOriginal
  return drawable ? null : strings.undrawable(card.extension)
}
