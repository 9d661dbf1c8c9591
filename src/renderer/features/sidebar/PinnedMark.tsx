import { Pin } from 'lucide-react'
import { originals } from '../../strings/originals.ts'
import styles from './PinnedMark.module.css'

/** Says of a collection that its originals stay on this computer. */
export function PinnedMark() {
  return (
    <span role="img" aria-label={originals.isPinned} title={originals.isPinned} className={styles.mark}>
      <Pin aria-hidden="true" />
    </span>
  )
}
