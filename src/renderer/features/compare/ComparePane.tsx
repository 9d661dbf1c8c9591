import { Check, Heart, Trophy, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import type { AssetCard } from '../../../shared/domain/asset.ts'
import { draggable } from '../../actions/dragAssets.ts'
import { compare as strings } from '../../strings/compare.ts'
import { grid } from '../../strings/grid.ts'
import { bytesText } from '../../strings/quantities.ts'
import { FileSheet } from '../../ui/FileSheet.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { Spinner } from '../../ui/Spinner.tsx'
import { displayKind, sharpSource } from '../../ui/stage/displayKind.ts'
import { Picture } from '../../ui/stage/Picture.tsx'
import { useStageGestures } from '../../ui/stage/useStageGestures.ts'
import type { Point, Size, Stage } from '../../ui/stage/viewport.ts'
import { useElementSize } from '../../ui/useElementSize.ts'
import { ComparedFilm } from './ComparedFilm.tsx'
import styles from './ComparePane.module.css'
import type { CompareCommand } from './compareCommands.ts'
import { RatingButtons } from './RatingButtons.tsx'
import { actualSize, movedBy, placed, type SharedView, wholePicture, within, zoomedBy } from './sharedView.ts'

const UNKNOWN: Size = { width: 600, height: 600 }

export interface ComparePaneProps {
  readonly card: AssetCard
  readonly place: number
  readonly active: boolean
  readonly winner: boolean
  readonly view: SharedView
  readonly onView: (change: (view: SharedView) => SharedView) => void
  /** Told of the stage whenever it changes, so that keys can move what is on it. */
  readonly onStage: (rowId: number, stage: Stage) => void
  readonly run: (command: CompareCommand) => void
}

/** One of the assets: its picture in the common view, and what can be decided about it. */
export function ComparePane({ card, place, active, winner, view, onView, onStage, run }: ComparePaneProps) {
  const name = card.custom_title ?? card.file_name
  const letter = strings.letters[place] ?? ''
  return (
    <section
      className={styles.pane}
      data-active={active || undefined}
      data-winner={winner || undefined}
      aria-label={strings.pane(letter, name)}
      aria-current={active || undefined}
      onPointerDownCapture={() => run({ kind: 'activate', place })}
    >
      <PaneStage card={card} heard={active} view={view} onView={onView} onStage={onStage} />
      <span className={styles.letter} aria-hidden="true">
        {letter}
      </span>
      {winner ? (
        <span className={styles.crown}>
          <Trophy aria-hidden="true" /> {strings.winner}
        </span>
      ) : null}
      <IconButton
        size="s"
        label={strings.remove(name)}
        shortcut="⌫"
        className={styles.remove}
        onClick={() => run({ kind: 'remove', place })}
      >
        <X />
      </IconButton>
      <Caption card={card} name={name} place={place} winner={winner} run={run} />
    </section>
  )
}

function PaneStage({
  card,
  heard,
  view,
  onView,
  onStage,
}: Pick<ComparePaneProps, 'card' | 'view' | 'onView' | 'onStage'> & { readonly heard: boolean }) {
  const element = useRef<HTMLDivElement>(null)
  const viewport = useElementSize(element)
  const [natural, setNatural] = useState<Size | null>(null)
  const [sharp, setSharp] = useState<'waiting' | 'shown' | 'failed'>('waiting')
  const [unplayable, setUnplayable] = useState(false)
  const kind = displayKind(card)
  const source = sharp === 'failed' ? null : sharpSource(card, kind)
  const known = card.width !== null && card.height !== null ? { width: card.width, height: card.height } : null
  const stage: Stage = {
    viewport,
    margin: { width: 0, height: 0 },
    image: natural ?? known ?? UNKNOWN,
    pixelRatio: window.devicePixelRatio,
    quarterTurns: 0,
  }
  useEffect(() => onStage(card.row_id, stage))
  const control = {
    fits: view.scale <= 1,
    fit: () => onView(() => wholePicture),
    actualSize: (pointer?: Point) => onView((now) => actualSize(stage, now, pointer)),
    scale: (factor: number, pointer: Point) => onView((now) => zoomedBy(stage, now, factor, pointer)),
    pan: (by: Point) => onView((now) => movedBy(stage, now, by)),
  }
  const gestures = useStageGestures(element, control, draggable(card.row_id).onPointerDown)
  return (
    <div
      ref={element}
      className={styles.stage}
      data-pannable={view.scale > 1 || undefined}
      data-gone={card.deleted_at !== null || undefined}
      {...gestures}
    >
      {viewport.width === 0 ? null : kind === 'video' && !unplayable ? (
        <ComparedFilm
          card={card}
          stage={stage}
          placement={placed(stage, within(stage, view))}
          heard={heard}
          onNaturalSize={setNatural}
          onFailed={() => setUnplayable(true)}
        />
      ) : source === null && !card.has_thumbnail ? (
        <div className={styles.sheet}>
          <FileSheet
            type={card.asset_type}
            extension={card.extension}
            fallback={grid.type(card.asset_type)}
            height={120}
          />
        </div>
      ) : (
        <Picture
          card={card}
          stage={stage}
          placement={placed(stage, within(stage, view))}
          source={source}
          checkered={false}
          onNaturalSize={setNatural}
          onOriginal={setSharp}
        />
      )}
      {source !== null && sharp === 'waiting' ? (
        <div className={styles.waiting} role="status" aria-label={strings.loading}>
          <Spinner />
        </div>
      ) : null}
    </div>
  )
}

function Caption({
  card,
  name,
  place,
  winner,
  run,
}: {
  readonly card: AssetCard
  readonly name: string
  readonly place: number
  readonly winner: boolean
  readonly run: (command: CompareCommand) => void
}) {
  const trashed = card.deleted_at !== null
  return (
    <footer className={styles.caption}>
      <div className={styles.what} {...draggable(card.row_id)}>
        <h2 className={styles.name}>{name}</h2>
        <p className={styles.facts}>
          {card.width === null || card.height === null ? null : `${strings.pixels(card.width, card.height)} · `}
          {bytesText(card.file_size_bytes)}
          {trashed ? <b data-tone="bad"> · {strings.trashed}</b> : null}
          {!trashed && card.space === 'library' ? ` · ${strings.kept}` : null}
        </p>
      </div>
      <div className={styles.marks}>
        <RatingButtons name={name} rating={card.rating} onRate={(rating) => run({ kind: 'rate', rating, place })} />
        <IconButton
          size="s"
          label={strings.favorite(name)}
          shortcut="F"
          aria-pressed={card.is_favorite}
          className={card.is_favorite ? styles.loved : undefined}
          onClick={() => run({ kind: 'favorite', place })}
        >
          <Heart />
        </IconButton>
        <IconButton
          size="s"
          label={strings.makeWinner(name)}
          shortcut="W"
          aria-pressed={winner}
          className={winner ? styles.won : undefined}
          onClick={() => run({ kind: 'winner', place })}
        >
          <Trophy />
        </IconButton>
        {card.space === 'workspace' && !trashed ? (
          <>
            <IconButton
              size="s"
              label={`${strings.discard}: ${name}`}
              shortcut="X"
              className={styles.discard}
              onClick={() => run({ kind: 'discard', place })}
            >
              <X />
            </IconButton>
            <IconButton
              size="s"
              label={`${strings.keep}: ${name}`}
              shortcut="K"
              className={styles.keep}
              onClick={() => run({ kind: 'keep', place })}
            >
              <Check />
            </IconButton>
          </>
        ) : null}
      </div>
    </footer>
  )
}
