import { AudioLines, Box, File, FileText, Film, FolderOpen, Image, Type } from 'lucide-react'
import type { AssetCard, AssetType } from '../../../shared/domain/asset.ts'
import { showInFolder } from '../../actions/assets.ts'
import { viewer as strings } from '../../strings/viewer.ts'
import { Button } from '../../ui/Button.tsx'
import styles from './Stage.module.css'

const icons: Readonly<Record<AssetType, typeof File>> = {
  image: Image,
  video: Film,
  audio: AudioLines,
  document: FileText,
  model: Box,
  font: Type,
  other: File,
}

/** Stands for what can't be shown: what it is, why there is no picture, and the way to the file. */
export function FileTile({ card, reason }: { readonly card: AssetCard; readonly reason?: string }) {
  const Icon = icons[card.asset_type]
  return (
    <div className={styles.tile}>
      <Icon aria-hidden="true" />
      {card.extension === '' ? null : <span className={styles.extension}>{card.extension.toUpperCase()}</span>}
      <h2 className={styles.name}>{card.custom_title ?? card.file_name}</h2>
      <p className={styles.reason}>{reason ?? reasonOf(card)}</p>
      <Button icon={<FolderOpen aria-hidden="true" />} onClick={() => void showInFolder(card.row_id)}>
        {strings.showInFolder}
      </Button>
    </div>
  )
}

function reasonOf(card: AssetCard): string {
  if (card.error_message !== null) return card.error_message
  if (card.status === 'pending' || card.status === 'processing') return strings.processing
  if (card.status === 'missing') return strings.gone
  return card.status === 'quarantined' ? strings.quarantined : strings.noPreview
}
