import { memo } from 'react'
import type { AssetCard } from '../../../shared/domain/asset.ts'
import { useCard } from '../../queries/cards.ts'
import { useStackCount } from '../../queries/stackCounts.ts'
import type { GridLayoutKind } from '../../state/browse.ts'
import { useSelection } from '../../state/selection.ts'
import { grid } from '../../strings/grid.ts'
import { stacks } from '../../strings/stacks.ts'
import styles from './Cell.module.css'
import { CellBadges } from './CellBadges.tsx'
import { CellPicture } from './CellPicture.tsx'
import { ListRow } from './ListRow.tsx'

/** Height of what is written under a square. */
export const CAPTION_HEIGHT = 26

export interface CellProps {
  readonly rowId: number
  readonly index: number
  readonly total: number
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly kind: GridLayoutKind
}

/** The id of the element of an asset, for `aria-activedescendant`. */
export function cellId(rowId: number): string {
  return `asset-${rowId}`
}

/** One asset of the grid. Clicks and drags are handled by the grid, which finds the asset by `data-index`. */
export const Cell = memo(function Cell({ rowId, index, total, x, y, width, height, kind }: CellProps) {
  const card = useCard(rowId)
  const stack = useStackCount(rowId)
  const selected = useSelection((selection) => selection.selected.has(rowId))
  const focused = useSelection((selection) => selection.focus === rowId)
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the listbox keeps the focus (aria-activedescendant); a cell that took it on a press would also end the drag that begins there
    <div
      id={cellId(rowId)}
      className={styles.cell}
      role="option"
      aria-selected={selected}
      aria-posinset={index + 1}
      aria-setsize={total}
      data-testid="asset-cell"
      data-row-id={rowId}
      data-index={index}
      data-kind={kind}
      data-focused={focused || undefined}
      draggable
      style={{ width, height, transform: `translate(${x}px, ${y}px)` }}
    >
      <span className={styles.spoken}>{card === undefined ? grid.loading : spokenName(card, stack)}</span>
      {kind === 'list' ? (
        <ListRow card={card} />
      ) : (
        <>
          <div className={styles.frame} data-kind={kind} aria-hidden="true">
            {card === undefined ? null : (
              <>
                <CellPicture
                  key={card.sha256}
                  card={card}
                  width={width}
                  height={kind === 'squares' ? width : height}
                  fit={kind === 'squares' ? 'contain' : 'cover'}
                />
                <CellBadges card={card} width={width} stack={stack} />
              </>
            )}
          </div>
          {kind === 'squares' ? (
            <span className={styles.caption} aria-hidden="true">
              {card === undefined ? '' : grid.name(card)}
            </span>
          ) : null}
          {kind === 'justified' && card?.has_thumbnail && width >= 130 && height >= 110 ? (
            <span className={styles.name} aria-hidden="true">
              {grid.name(card)}
            </span>
          ) : null}
        </>
      )}
    </div>
  )
})

function spokenName(card: AssetCard, stack: number): string {
  return stack > 1 ? `${grid.describe(card)}, ${stacks.badge(stack)}` : grid.describe(card)
}
