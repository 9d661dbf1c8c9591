import type { AssetCard } from '../../../shared/domain/asset.ts'
import { grid } from '../../strings/grid.ts'
import { FileSheet } from '../../ui/FileSheet.tsx'
import styles from './TypeTile.module.css'

/** Below this width there is only room for the sheet. */
const SMALL = 60
/** From these sizes on there is room for the name, and for a sentence below it (CSS pixels). */
const ROOMY = { width: 96, height: 110 }
const WORDY = 160
const TALL = 220

/** Stands for a file that has no picture: what it is, its name, and why there is none. */
export function TypeTile({
  card,
  width,
  height,
  named,
  reason,
}: {
  readonly card: AssetCard
  readonly width: number
  readonly height: number
  /** False where the name is written beside the tile. */
  readonly named: boolean
  /** Overrides what the card says. */
  readonly reason?: string | undefined
}) {
  const problem = card.status === 'error' || card.status === 'quarantined' || card.status === 'missing'
  const working = card.status === 'pending' || card.status === 'processing'
  const note = reason ?? (working ? grid.processing : reasonOf(card))
  const roomy = height >= ROOMY.height && width >= ROOMY.width
  const withName = roomy && named
  const withNote = roomy && (problem || working || height >= WORDY)
  return (
    <div
      className={styles.tile}
      data-small={width < SMALL || undefined}
      data-problem={problem || undefined}
      data-tall={height >= TALL || undefined}
      // The pointer learns the reason where it isn't written; a screen reader hears it from the cell.
      title={note}
    >
      <FileSheet
        type={card.asset_type}
        extension={card.extension}
        fallback={grid.type(card.asset_type)}
        height={sheetHeight(width, height, withName, withNote)}
        state={problem ? 'problem' : working ? 'working' : undefined}
      />
      {withName ? <span className={styles.name}>{grid.name(card)}</span> : null}
      {withNote ? <span className={styles.reason}>{note}</span> : null}
    </div>
  )
}

/** What the words leave, and no more than a sheet looks good at. */
function sheetHeight(width: number, height: number, withName: boolean, withNote: boolean): number {
  const words = (withName ? 24 : 0) + (withNote ? (height >= TALL ? 66 : 40) : 0)
  const room = width < SMALL ? height - 6 : height - words - 28
  return Math.max(22, Math.min(room, width * (width < SMALL ? 0.9 : 0.62), 132))
}

function reasonOf(card: AssetCard): string {
  if (card.status === 'missing') return card.error_message ?? grid.missing
  return card.error_message ?? grid.noReason
}
