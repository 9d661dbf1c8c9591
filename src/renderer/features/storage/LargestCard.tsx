import type { Usage } from '../../../shared/domain/storage.ts'
import { openViewer } from '../../state/viewer.ts'
import { bytesText } from '../../strings/quantities.ts'
import { storage as strings } from '../../strings/storage.ts'
import { Card } from './Card.tsx'
import styles from './LargestCard.module.css'

const SHOWN = 8

/** The single files that take the most; each opens in the viewer. */
export function LargestCard({ largest }: { readonly largest: Usage['largest'] }) {
  return (
    <Card title={strings.by.largest}>
      <ul className={styles.list}>
        {largest.slice(0, SHOWN).map(({ rowId, file_name, bytes }) => (
          <li key={rowId}>
            <button type="button" className={styles.file} onClick={() => openViewer(rowId)}>
              <span className={styles.name} title={file_name}>
                {file_name}
              </span>
              <span className={styles.bytes}>{bytesText(bytes)}</span>
            </button>
          </li>
        ))}
      </ul>
    </Card>
  )
}
