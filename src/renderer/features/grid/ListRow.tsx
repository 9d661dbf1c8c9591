import { ChevronsDownUp, Heart, Layers, Star } from 'lucide-react'
import type { AssetCard } from '../../../shared/domain/asset.ts'
import { type ListFact, useListColumns } from '../../state/listColumns.ts'
import { arrangement } from '../../strings/arrangement.ts'
import { grid } from '../../strings/grid.ts'
import { bytesText, countText, dateText, playingTime } from '../../strings/quantities.ts'
import { type StackLook, syncIcons } from './CellBadges.tsx'
import { CellPicture } from './CellPicture.tsx'
import styles from './ListRow.module.css'
import { fittingColumns, numericFacts, templateOf } from './listColumns.ts'

const THUMBNAIL = 34

/** One asset as a line of facts. Empty columns until the card has come. */
export function ListRow({
  card,
  width,
  stack,
  look,
}: {
  readonly card: AssetCard | undefined
  readonly width: number
  /** How many assets its stack has in the view. */
  readonly stack: number
  readonly look: StackLook | undefined
}) {
  const columns = fittingColumns(
    useListColumns((list) => list.columns),
    width,
  )
  const line = { className: styles.row, style: { gridTemplateColumns: templateOf(columns) } }
  if (card === undefined) {
    return (
      <div {...line}>
        <span className={styles.thumbnail} />
      </div>
    )
  }
  const SyncIcon = card.space === 'library' ? syncIcons[card.sync_state] : undefined
  return (
    <div {...line} aria-hidden="true">
      <span className={styles.thumbnail}>
        <CellPicture key={card.sha256} card={card} width={THUMBNAIL} height={THUMBNAIL} fit="cover" />
      </span>
      <span className={styles.name}>
        <span className={styles.text}>{grid.name(card)}</span>
        {look === undefined || look === 'member' ? null : (
          <span
            className={styles.stack}
            data-testid="stack-badge"
            data-stack-button={look}
            title={look === 'folded' ? arrangement.openStack(stack) : arrangement.foldStack}
          >
            {look === 'folded' ? <Layers /> : <ChevronsDownUp />}
            {countText(stack)}
          </span>
        )}
        {hasProblem(card) ? <span className={styles.problem}>{card.error_message}</span> : null}
      </span>
      <span className={styles.marks}>
        {SyncIcon === undefined ? null : <SyncIcon />}
        {card.is_favorite ? <Heart className={styles.heart} /> : null}
      </span>
      {columns.map(({ fact }) => (
        <span key={fact} className={styles.fact} data-end={numericFacts.has(fact) || undefined}>
          {fact === 'rating' ? <Stars rating={card.rating} /> : factText(fact, card)}
        </span>
      ))}
    </div>
  )
}

function Stars({ rating }: { readonly rating: number }) {
  return (
    <span className={styles.rating}>
      {Array.from({ length: rating }, (_, star) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: stars are alike
        <Star key={star} />
      ))}
    </span>
  )
}

function factText(fact: Exclude<ListFact, 'rating'>, card: AssetCard): string {
  switch (fact) {
    case 'type':
      return grid.kind(card)
    case 'dimensions':
      return grid.dimensions(card)
    case 'size':
      return bytesText(card.file_size_bytes)
    case 'duration':
      return card.duration_seconds === null ? '' : playingTime(card.duration_seconds)
    case 'tags':
      return card.tags.join(', ')
    case 'model':
      return card.model_used ?? ''
    case 'captured':
      return card.captured_at === null ? '' : dateText(card.captured_at)
    case 'imported':
      return dateText(card.imported_at)
    case 'sync':
      return card.space === 'library' ? grid.sync(card.sync_state) : ''
  }
}

/** A sound file that merely has no preview is nothing to warn about. */
function hasProblem(card: AssetCard): boolean {
  return card.error_message !== null && card.error_code !== 'unsupported_type'
}
