import { useRef } from 'react'
import { thumbnailUrl } from '../../../shared/contract/bridge.ts'
import { useCard } from '../../queries/cards.ts'
import { useVector } from '../../queries/vector.ts'
import { openViewer } from '../../state/viewer.ts'
import { grid } from '../../strings/grid.ts'
import { viewer as strings } from '../../strings/viewer.ts'
import { FileSheet } from '../../ui/FileSheet.tsx'
import { Thumbhash } from '../../ui/Thumbhash.tsx'
import { useElementSize } from '../../ui/useElementSize.ts'
import styles from './Filmstrip.module.css'
import { FILMSTRIP_STEP, filmstripWindow } from './filmstripWindow.ts'
import { useCards } from './useCards.ts'

/** The assets around the one that is shown. Only what fits is in the page, however many there are. */
export function Filmstrip({ position, current }: { readonly position: number; readonly current: number }) {
  const element = useRef<HTMLElement>(null)
  const { width } = useElementSize(element)
  const rowIds = useVector((vector) => vector.rowIds)
  const { start, end } = filmstripWindow(position, rowIds.length, width)
  const shown = Array.from(rowIds.subarray(start, end))
  useCards(() => shown, `${current} ${shown.join(' ')}`)
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
            />
          ))}
    </nav>
  )
}

function Frame({
  rowId,
  offset,
  current,
}: {
  readonly rowId: number
  readonly offset: number
  readonly current: boolean
}) {
  const card = useCard(rowId)
  return (
    <button
      type="button"
      // The arrow keys walk; a tab stop for each picture would only be in the way.
      tabIndex={-1}
      className={styles.frame}
      aria-label={card === undefined ? strings.loading : (card.custom_title ?? card.file_name)}
      aria-current={current || undefined}
      style={{ transform: `translateX(${offset}px)` }}
      onClick={() => openViewer(rowId)}
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
