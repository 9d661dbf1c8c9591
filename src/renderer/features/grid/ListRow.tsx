import { Heart, Star } from 'lucide-react'
import type { AssetCard } from '../../../shared/domain/asset.ts'
import { grid } from '../../strings/grid.ts'
import { bytesText, dateText, playingTime } from '../../strings/quantities.ts'
import { syncIcons } from './CellBadges.tsx'
import { CellPicture } from './CellPicture.tsx'
import styles from './ListRow.module.css'

const THUMBNAIL = 34

/** One asset as a line of facts. Empty columns until the card has come. */
export function ListRow({ card }: { readonly card: AssetCard | undefined }) {
  if (card === undefined) {
    return (
      <div className={styles.row}>
        <span className={styles.thumbnail} />
      </div>
    )
  }
  const SyncIcon = card.space === 'library' ? syncIcons[card.sync_state] : undefined
  return (
    <div className={styles.row} aria-hidden="true">
      <span className={styles.thumbnail}>
        <CellPicture key={card.sha256} card={card} width={THUMBNAIL} height={THUMBNAIL} fit="cover" />
      </span>
      <span className={styles.name}>
        <span className={styles.text}>{grid.name(card)}</span>
        {hasProblem(card) ? <span className={styles.problem}>{card.error_message}</span> : null}
      </span>
      <span className={styles.marks}>
        {SyncIcon === undefined ? null : <SyncIcon />}
        {card.is_favorite ? <Heart className={styles.heart} /> : null}
      </span>
      <span className={styles.rating}>
        {Array.from({ length: card.rating }, (_, star) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: stars are alike
          <Star key={star} />
        ))}
      </span>
      <span className={styles.type}>{card.extension.replace(/^\./, '').toUpperCase()}</span>
      <span className={styles.dimensions}>
        {grid.dimensions(card) || (card.duration_seconds === null ? '' : playingTime(card.duration_seconds))}
      </span>
      <span className={styles.size}>{bytesText(card.file_size_bytes)}</span>
      <span className={styles.date}>{dateText(card.imported_at)}</span>
    </div>
  )
}

/** A sound file that merely has no preview is nothing to warn about. */
function hasProblem(card: AssetCard): boolean {
  return card.error_message !== null && card.error_code !== 'unsupported_type'
}
