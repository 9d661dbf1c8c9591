import { Plus } from 'lucide-react'
import { openDialog } from '../../state/panels.ts'
import { inspector as strings } from '../../strings/inspector.ts'
import styles from './Chips.module.css'

/** Opens the picker of collections for what is selected. */
export function AddToCollection() {
  return (
    <button
      type="button"
      className={styles.add}
      aria-label={strings.addToCollection}
      onClick={() => openDialog('collection-picker')}
    >
      <Plus aria-hidden="true" />
      {strings.collection}
    </button>
  )
}
