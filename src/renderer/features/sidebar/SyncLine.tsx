import { CircleCheck, CircleDashed, CloudOff, CloudUpload, type LucideIcon, Pause, TriangleAlert } from 'lucide-react'
import type { SyncStatus } from '../../../shared/domain/remote.ts'
import { useLibrary } from '../../queries/library.ts'
import { openDialog } from '../../state/panels.ts'
import { frame } from '../../strings/frame.ts'
import { syncWords } from '../../strings/remotes.ts'
import styles from './SyncLine.module.css'

/** Where synchronising stands, in one line that opens the sync centre. */
export function SyncLine() {
  const sync = useLibrary((library) => library.sync)
  if (sync === null) return <div className={styles.line} />
  const { Icon, text } = lineOf(sync)
  return (
    <button
      type="button"
      className={styles.line}
      data-state={sync.state}
      aria-label={frame.syncOpen(text)}
      onClick={() => openDialog('remotes', { addRemote: sync.state === 'no-remote' })}
    >
      <Icon aria-hidden="true" />
      <span className={styles.text}>{text}</span>
    </button>
  )
}

function lineOf(sync: SyncStatus): { Icon: LucideIcon; text: string } {
  const waiting = sync.waiting + sync.uploading
  switch (sync.state) {
    case 'no-remote':
      return { Icon: CircleDashed, text: frame.syncNone }
    case 'up-to-date':
      return { Icon: CircleCheck, text: syncWords.upToDate }
    case 'working':
      return { Icon: CloudUpload, text: syncWords.uploading(waiting) }
    case 'offline':
      return { Icon: CloudOff, text: syncWords.offline(waiting) }
    case 'paused':
      return { Icon: Pause, text: syncWords.paused(waiting) }
    case 'attention':
      return { Icon: TriangleAlert, text: syncWords.attention(sync.attention + sync.conflicts + sync.stopped) }
  }
}
