import type { AssetDetail } from '../../../shared/contract/requests/assetRequests.ts'
import { draggable } from '../../actions/dragAssets.ts'
import { selectInStack } from '../../actions/stacks.ts'
import { useCard } from '../../queries/cards.ts'
import { useLoadedCards } from '../../queries/loadedCards.ts'
import { findEverywhere } from '../../state/browse.ts'
import { grid } from '../../strings/grid.ts'
import { stacks as strings } from '../../strings/stacks.ts'
import { Thumb } from '../../ui/Thumb.tsx'
import { Section } from './Section.tsx'
import styles from './StackSection.module.css'
import { useStack } from './useStack.ts'

/** Pictures of the strip: two rows of the inspector. */
const SHOWN = 10
const SIZE = 50

/** What else was made of the same prompt; absent when there is nothing. */
export function StackSection({ asset }: { readonly asset: AssetDetail }) {
  const stack = useStack(asset.id)
  const same = stack?.sameSeed.rowIds ?? []
  const all = [...same, ...(stack?.variations.rowIds ?? [])]
  const total = (stack?.sameSeed.total ?? 0) + (stack?.variations.total ?? 0)
  // The last place is for the way to the others.
  const shown = all.slice(0, total > SHOWN ? SHOWN - 1 : SHOWN)
  useLoadedCards(shown)
  if (stack === null || total === 0) return null
  const showAll = () => findEverywhere('stack', asset.id)
  return (
    <Section
      title={strings.title}
      aside={
        <button type="button" className={styles.all} onClick={showAll}>
          {strings.showAll}
        </button>
      }
    >
      <p className={styles.summary}>{strings.summary(total, stack.sameSeed.total)}</p>
      <ul className={styles.strip}>
        {shown.map((rowId, at) => (
          <li key={rowId}>
            <Variation rowId={rowId} of={asset} sameSeed={at < same.length} />
          </li>
        ))}
        {total > shown.length ? (
          <li>
            <button
              type="button"
              className={styles.more}
              style={{ width: SIZE, height: SIZE }}
              aria-label={strings.moreLabel(total - shown.length)}
              onClick={showAll}
            >
              {strings.more(total - shown.length)}
            </button>
          </li>
        ) : null}
      </ul>
    </Section>
  )
}

function Variation({
  rowId,
  of,
  sameSeed,
}: {
  readonly rowId: number
  readonly of: AssetDetail
  readonly sameSeed: boolean
}) {
  const card = useCard(rowId)
  const name = card === undefined ? strings.loading : grid.name(card)
  const label = sameSeed ? strings.openSameSeed(name) : strings.open(name)
  return (
    <button
      type="button"
      className={styles.variation}
      data-same={sameSeed || undefined}
      aria-label={label}
      title={name}
      onClick={() => selectInStack(rowId, of.id)}
      {...draggable(rowId)}
    >
      <Thumb card={card} size={SIZE} kind={card === undefined ? '' : grid.type(card.asset_type)} />
    </button>
  )
}
