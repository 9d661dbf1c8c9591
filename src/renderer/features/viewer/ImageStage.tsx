import { type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react'
import type { AssetCard } from '../../../shared/domain/asset.ts'
import { draggable } from '../../actions/dragAssets.ts'
import { viewer as strings } from '../../strings/viewer.ts'
import { Spinner } from '../../ui/Spinner.tsx'
import { displayedSize, sharpSource } from '../../ui/stage/displayKind.ts'
import { Picture } from '../../ui/stage/Picture.tsx'
import { type PlacementControl, usePlacement } from '../../ui/stage/usePlacement.ts'
import { useStageGestures } from '../../ui/stage/useStageGestures.ts'
import type { Size, Stage } from '../../ui/stage/viewport.ts'
import { useElementSize } from '../../ui/useElementSize.ts'
import { FileTile } from './FileTile.tsx'
import styles from './Stage.module.css'

const UNKNOWN: Size = { width: 600, height: 600 }

export interface ImageStageProps {
  readonly card: AssetCard
  readonly kind: 'image' | 'drawn' | 'pages' | 'thumbnail'
  /** From 0; of what has several. */
  readonly page: number
  readonly quarterTurns: Stage['quarterTurns']
  readonly checkered: boolean
  readonly margin: Size
  readonly control: Ref<PlacementControl>
  /** Told of the zoom, and of null when there turns out to be no picture to zoom. */
  readonly onZoom: (zoom: number | null) => void
}

/** Room for one picture, which can be zoomed and moved. */
export function ImageStage({ card, kind, page, quarterTurns, checkered, margin, control, onZoom }: ImageStageProps) {
  const element = useRef<HTMLDivElement>(null)
  const viewport = useElementSize(element)
  const [natural, setNatural] = useState<Size | null>(null)
  // Of the page that was looked at last; the next one begins anew.
  const [seen, setSeen] = useState<{ readonly page: number; readonly state: 'shown' | 'failed' } | null>(null)
  const original = seen?.page === page ? seen.state : 'waiting'
  const source = sharpSource(card, kind, page)
  const stage: Stage = {
    viewport,
    margin,
    image: natural ?? displayedSize(card, kind) ?? UNKNOWN,
    pixelRatio: window.devicePixelRatio,
    quarterTurns,
  }
  const placing = usePlacement(stage, `${card.id} ${page} ${quarterTurns}`)
  const gestures = useStageGestures(element, placing, draggable(card.row_id).onPointerDown)
  useImperativeHandle(control, () => placing)
  const { zoom } = placing.placement
  const nothing = original === 'failed' && !card.has_thumbnail
  useEffect(() => onZoom(nothing ? null : zoom), [nothing, zoom, onZoom])

  if (nothing) {
    return <FileTile card={card} reason={card.error_message ?? strings.unreadable} />
  }
  const note = noteOf(card, source, original === 'failed')
  return (
    <div ref={element} className={styles.stage} data-pannable={!placing.fits || undefined} {...gestures}>
      {viewport.width === 0 ? null : (
        <Picture
          key={page}
          card={card}
          stage={stage}
          placement={placing.placement}
          source={original === 'failed' ? null : source}
          preview={page === 0}
          checkered={checkered}
          onNaturalSize={setNatural}
          onOriginal={(state) => setSeen({ page, state })}
        />
      )}
      {source !== null && original === 'waiting' ? (
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

function noteOf(card: AssetCard, source: string | null, failed: boolean): string | null {
  if (failed) return strings.unreadableOriginal
  if (card.status === 'missing') return strings.missingOriginal
  return source === null ? strings.undrawable(card.extension) : null
}
