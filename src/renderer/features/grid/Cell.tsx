import { memo } from 'react'
import type { AssetCard } from '../../../shared/domain/asset.ts'
import { useCard } from '../../queries/cards.ts'
import { inStack } from '../../queries/foldStacks.ts'
import { useStackCount } from '../../queries/stackCounts.ts'
import type { GridLayoutKind } from '../../state/browse.ts'
import { useSelection } from '../../state/selection.ts'
import { arrangement } from '../../strings/arrangement.ts'
import { grid } from '../../strings/grid.ts'
import { stacks } from '../../strings/stacks.ts'
import styles from './Cell.module.css'
import { CellBadges, type StackLook } from './CellBadges.tsx'
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
  /** What it is in its stack, one of `inStack`. */
  readonly role: number
  /** How many assets its stack has in the view. */
  readonly stackSize: number
}

const stackLooks = new Map<number, StackLook>([
  [inStack.folded, 'folded'],
  [inStack.first, 'open'],
  [inStack.other, 'member'],
])

/** The id of the element of an asset, for `aria-activedescendant`. */
export function cellId(rowId: number): string {
  return `asset-${rowId}`
}

/** One asset of the grid. Clicks and drags are handled by the grid, which finds the asset by `data-index`. */
export const Cell = memo(function Cell(props: CellProps) {
  const { rowId, index, total, x, y, width, height, kind, role, stackSize } = props
  const card = useCard(rowId)
  const alike = useStackCount(rowId)
  const look = stackLooks.get(role)
  const stack = look === undefined ? alike : stackSize
  const selected = useSelection((selection) => selection.selected.has(rowId))
  const focused = useSelection((selection) => selection.focus === rowId)
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the listbox keeps the focus (aria-activedescendant); a cell that took it on a press would lose it when it scrolls away
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
      data-stack={look}
      data-focused={focused || undefined}
      style={{ width, height, transform: `translate(${x}px, ${y}px)` }}
    >
      <span className={styles.spoken}>{card === undefined ? grid.loading : spokenName(card, look, stack)}</span>
      {kind === 'list' ? (
        <ListRow card={card} width={width} stack={stackSize} look={look} />
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
                <CellBadges card={card} width={width} stack={stack} look={look} />
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

function spokenName(card: AssetCard, look: StackLook | undefined, stack: number): string {
  const name = grid.describe(card)
  if (look === 'folded') return `${name}, ${arrangement.stackFolded(stack)}`
  if (look !== undefined) return `${name}, ${arrangement.stackOpen(stack)}`
  return stack > 1 ? `${name}, ${stacks.badge(stack)}` : name
}
