import { Copy, Inbox, type LucideIcon, Trash2 } from 'lucide-react'
import type { StorageUsage } from '../../../shared/domain/storage.ts'
import { openScreen, openView } from '../../state/browse.ts'
import { bytesText } from '../../strings/quantities.ts'
import { storage as strings } from '../../strings/storage.ts'
import { Button } from '../../ui/Button.tsx'
import { Card } from './Card.tsx'
import styles from './ReclaimCard.module.css'

/** Where room can be had: each leads to the place where a person decides about it. */
export function ReclaimCard({ usage }: { readonly usage: StorageUsage }) {
  const workspace = usage.bySpace.workspace ?? { assets: 0, bytes: 0 }
  return (
    <Card title={strings.reclaim}>
      <ul className={styles.list}>
        <Source
          Icon={Trash2}
          name={strings.reclaimTrash}
          text={strings.reclaimTrashText}
          sum={usage.trash}
          onShow={() => openView({ kind: 'trash' })}
        />
        <Source
          Icon={Inbox}
          name={strings.reclaimWorkspace}
          text={strings.reclaimWorkspaceText}
          sum={workspace}
          onShow={() => openView({ kind: 'workspace' })}
        />
        <Source
          Icon={Copy}
          name={strings.reclaimDuplicates}
          text={strings.reclaimDuplicatesText}
          sum={usage.duplicates}
          onShow={() => openScreen('duplicates')}
        />
      </ul>
    </Card>
  )
}

function Source({
  Icon,
  name,
  text,
  sum,
  onShow,
}: {
  readonly Icon: LucideIcon
  readonly name: string
  readonly text: string
  readonly sum: { readonly assets: number; readonly bytes: number }
  readonly onShow: () => void
}) {
  return (
    <li className={styles.source}>
      <Icon aria-hidden="true" />
      <div className={styles.what}>
        <span>{name}</span>
        <span className={styles.text}>{sum.assets === 0 ? text : `${strings.assets(sum.assets)} · ${text}`}</span>
      </div>
      <span className={styles.bytes}>{sum.assets === 0 ? strings.nothingToFree : bytesText(sum.bytes)}</span>
      <Button size="s" disabled={sum.assets === 0} aria-label={strings.showWhat(name)} onClick={onShow}>
        {strings.show}
      </Button>
    </li>
  )
}
