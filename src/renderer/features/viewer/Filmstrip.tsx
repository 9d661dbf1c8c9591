import { useRef } from 'react'
import { thumbnailUrl } from '../../../shared/contract/bridge.ts'
import { draggable } from '../../actions/dragAssets.ts'
import { useCard } from '../../queries/cards.ts'
import { useLoadedCards } from '../../queries/loadedCards.ts'
import type { RowIds } from '../../state/rowSet.ts'
import type { Decision } from '../../state/triage.ts'
import { openViewer } from '../../state/viewer.ts'
import { grid } from '../../strings/grid.ts'
import { viewer as strings } from '../../strings/viewer.ts'
import { FileSheet } from '../../ui/FileSheet.tsx'
import { Thumbhash } from '../../ui/Thumbhash.tsx'
import { useElementSize } from '../../ui/useElementSize.ts'
import styles from './Filmstrip.module.css'
import { FILMSTRIP_STEP, filmstripWindow } from './filmstripWindow.ts'

/** The assets around the one that is shown. Only what fits is in the page, however many there are. */
export function Filmstrip({
  rowIds,
  position,
  current,
  decisions,
}: {
  readonly rowIds: RowIds
  readonly position: number
  readonly current: number
  /** What was decided in this triage. */
  readonly decisions: ReadonlyMap<number, Decision>
}) {
  const element = useRef<HTMLElement>(null)
  const { width } = useElementSize(element)
  const { start, end } = filmstripWindow(position, rowIds.length, width)
  const shown = Array.from(rowIds.subarray(start, end))
  useLoadedCards(shown)
  return (
    <nav ref={element} className={styles.strip} aria-label={strings.filmstrip}>
      {width === 0
        ? null
        : shown.map((rowId, at) => (
            <Frame
              key={rowId}
              rowId={rowId}
              offset={(start + at - position) * FILMSTRIP_STEP}
              current={rowId === current}
              decision={decisions.get(rowId)}
            />
          ))}
    </nav>
  )
}

function Frame({
  rowId,
  offset,
  current,
  decision,
}: {
  readonly rowId: number
  readonly offset: number
  readonly current: boolean
  readonly decision: Decision | undefined
}) {
  const card = useCard(rowId)
  return (
    <button
      type="button"
      // The arrow keys walk; a tab stop for each picture would only be in the way.
      tabIndex={-1}
      className={styles.frame}
      aria-label={card === undefined ? strings.loading : strings.frame(card.custom_title ?? card.file_name, decision)}
      data-decision={decision}
      aria-current={current || undefined}
      style={{ transform: `translateX(${offset}px)` }}
      onClick={() => openViewer(rowId)}
      {...draggable(rowId)}
    >
      <span className={styles.crop}>
        {card?.thumbhash ? <Thumbhash hash={card.thumbhash} className={styles.layer} /> : null}
        {card === undefined ? null : card.has_thumbnail ? (
          <img className={styles.layer} src={thumbnailUrl(card.sha256, 150)} alt="" draggable={false} />
        ) : (
          <FileSheet
            type={card.asset_type}
            extension={card.extension}
            fallback={grid.type(card.asset_type)}
            height={42}
          />
        )}
      </span>
    </button>
  )
}
