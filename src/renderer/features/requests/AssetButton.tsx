import type { ComponentProps } from 'react'
import { draggable } from '../../actions/dragAssets.ts'
import { useCard } from '../../queries/cards.ts'
import { grid } from '../../strings/grid.ts'
import { Thumb } from '../../ui/Thumb.tsx'
import styles from './AssetButton.module.css'

/** Of the pictures of a request, CSS pixels. */
export const PICTURE_SIZE = 72

/** The name of an asset; that it is on its way until its card has come. */
export function useAssetName(rowId: number): string {
  const card = useCard(rowId)
  return card === undefined ? grid.loading : grid.name(card)
}

/** A small picture of an asset that does something. Its card is loaded by whoever shows it. */
export function AssetButton({
  rowId,
  label,
  dimmed = false,
  ...rest
}: Omit<ComponentProps<'button'>, 'aria-label' | 'className' | 'children' | 'type'> & {
  readonly rowId: number
  readonly label: string
  readonly dimmed?: boolean
  readonly 'data-reference'?: boolean
}) {
  const card = useCard(rowId)
  return (
    <button
      {...draggable(rowId)}
      {...rest}
      type="button"
      className={styles.asset}
      aria-label={label}
      data-dimmed={dimmed || undefined}
    >
      <Thumb card={card} size={PICTURE_SIZE} kind={card === undefined ? '' : grid.type(card.asset_type)} />
    </button>
  )
}
