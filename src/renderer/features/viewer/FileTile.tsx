import { FolderOpen } from 'lucide-react'
import type { AssetCard } from '../../../shared/domain/asset.ts'
import { showInFolder } from '../../actions/assets.ts'
import { draggable } from '../../actions/dragAssets.ts'
import { grid } from '../../strings/grid.ts'
import { viewer as strings } from '../../strings/viewer.ts'
import { Button } from '../../ui/Button.tsx'
import { FileSheet } from '../../ui/FileSheet.tsx'
import styles from './Stage.module.css'

const PROBLEMS: ReadonlySet<AssetCard['status']> = new Set(['error', 'quarantined', 'missing'])

/** Stands for what can't be shown: what it is, why there is no picture, and the way to the file. */
export function FileTile({ card, reason }: { readonly card: AssetCard; readonly reason?: string }) {
  return (
    <div className={styles.tile}>
      <div {...draggable(card.row_id)}>
        <FileSheet
          type={card.asset_type}
          extension={card.extension}
          fallback={grid.type(card.asset_type)}
          height={150}
          state={PROBLEMS.has(card.status) ? 'problem' : undefined}
        />
      </div>
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
