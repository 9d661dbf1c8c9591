import {
  ChevronsDownUp,
  Clock,
  Cloud,
  CloudAlert,
  CloudDownload,
  CloudUpload,
  GitCompareArrows,
  Heart,
  Layers,
  Layers2,
  type LucideIcon,
  Music,
  Play,
  Star,
} from 'lucide-react'
import type { AssetCard, SyncState } from '../../../shared/domain/asset.ts'
import { arrangement } from '../../strings/arrangement.ts'
import { grid } from '../../strings/grid.ts'
import { countText, playingTime, spanText } from '../../strings/quantities.ts'
import { stacks } from '../../strings/stacks.ts'
import styles from './CellBadges.module.css'

/** Shown on the picture: what is on its way and what needs a person. What is at rest stays quiet. */
export const syncIcons: Readonly<Partial<Record<SyncState, LucideIcon>>> = {
  queued: Cloud,
  uploading: CloudUpload,
  downloading: CloudDownload,
  'cloud-only': CloudDownload,
  conflict: GitCompareArrows,
  blocked: CloudAlert,
  error: CloudAlert,
}

const needsPerson: readonly SyncState[] = ['conflict', 'blocked', 'error']
/** An asset that expires within this time says so. */
const EXPIRY_SHOWN_S = 24 * 3600
/** In narrower cells the duration and the sync state are what there is room for. */
const DETAILED_MIN_WIDTH = 132

/** How a cell of a stack looks: the whole stack, the first of an open one, or another one of it. */
export type StackLook = 'folded' | 'open' | 'member'

/** The small marks over a picture. The cell's name says the same to a screen reader. */
export function CellBadges({
  card,
  width,
  stack,
  look,
}: {
  readonly card: AssetCard
  readonly width: number
  /** How many assets were made of its prompt; no badge for one. */
  readonly stack: number
  /** Whether it can be opened or folded here. */
  readonly look: StackLook | undefined
}) {
  const SyncIcon = syncIcons[card.sync_state]
  const expiry = secondsToExpiry(card)
  return (
    <div className={styles.badges}>
      <span className={styles.line} data-edge="top">
        {expiry === null ? null : (
          <span className={styles.badge} title={grid.expiresIn(spanText(expiry))}>
            <Clock />
            {spanText(expiry)}
          </span>
        )}
        <span className={styles.space} />
        {card.version_number > 1 ? (
          <span className={styles.badge} title={grid.version(card.version_number)}>
            <Layers2 />
            {card.version_number}
          </span>
        ) : null}
        {card.is_favorite ? (
          <span className={styles.badge} data-round>
            <Heart className={styles.heart} />
          </span>
        ) : null}
      </span>
      <span className={styles.line} data-edge="bottom">
        {card.rating > 0 && width >= DETAILED_MIN_WIDTH ? (
          <span className={styles.badge}>
            <Star className={styles.star} />
            {card.rating}
          </span>
        ) : null}
        <StackBadge stack={stack} width={width} look={look} />
        <span className={styles.space} />
        {card.duration_seconds === null ? null : (
          <span className={styles.badge}>
            {card.asset_type === 'audio' ? <Music /> : <Play />}
            {playingTime(card.duration_seconds)}
          </span>
        )}
        {SyncIcon === undefined || card.space !== 'library' ? null : (
          <span
            className={styles.badge}
            data-round
            data-alert={needsPerson.includes(card.sync_state) || undefined}
            title={grid.syncWithReason(card.sync_state, card.sync_reason)}
          >
            <SyncIcon />
          </span>
        )}
      </span>
    </div>
  )
}

/** How many are made of the prompt; where alike ones are put together it opens and folds them. */
function StackBadge({
  stack,
  width,
  look,
}: {
  readonly stack: number
  readonly width: number
  readonly look: StackLook | undefined
}) {
  if (stack < 2 || look === 'member' || (look === undefined && width < DETAILED_MIN_WIDTH)) return null
  const title =
    look === undefined ? stacks.badge(stack) : look === 'folded' ? arrangement.openStack(stack) : arrangement.foldStack
  return (
    <span className={styles.badge} title={title} data-testid="stack-badge" data-stack-button={look}>
      {look === 'open' ? <ChevronsDownUp /> : <Layers />}
      {countText(stack)}
    </span>
  )
}

function secondsToExpiry(card: AssetCard): number | null {
  if (card.space !== 'workspace' || card.expires_at === null || card.deleted_at !== null) return null
  const seconds = (Date.parse(card.expires_at) - Date.now()) / 1000
  return seconds < EXPIRY_SHOWN_S ? Math.max(0, seconds) : null
}
