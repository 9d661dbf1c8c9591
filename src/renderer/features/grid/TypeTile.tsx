import { Box, File, FileText, Film, Image, type LucideIcon, Music, TriangleAlert, Type } from 'lucide-react'
import type { AssetCard, AssetType } from '../../../shared/domain/asset.ts'
import { grid } from '../../strings/grid.ts'
import styles from './TypeTile.module.css'

const icons: Readonly<Record<AssetType, LucideIcon>> = {
  image: Image,
  video: Film,
  audio: Music,
  document: FileText,
  model: Box,
  font: Type,
  other: File,
}

/** Stands for a file that has no picture: what it is, its name, and what went wrong if something did. */
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
  const Icon = problem ? TriangleAlert : icons[card.asset_type]
  const note = reason ?? (working ? grid.processing : reasonOf(card))
  const roomy = height >= 110 && width >= 96
  return (
    <div
      className={styles.tile}
      data-small={width < 60 || undefined}
      data-problem={problem || undefined}
      data-working={working || undefined}
    >
      <Icon className={styles.icon} aria-hidden="true" />
      {width < 60 ? null : (
        <span className={styles.extension}>{card.extension.replace(/^\./, '').slice(0, 5) || card.asset_type}</span>
      )}
      {roomy && named ? <span className={styles.name}>{grid.name(card)}</span> : null}
      {roomy && (problem || working || height >= 150) && note !== null ? (
        <span className={styles.reason}>{note}</span>
      ) : null}
    </div>
  )
}

function reasonOf(card: AssetCard): string | null {
  if (card.status === 'missing') return card.error_message ?? grid.missing
  return card.error_message
}
