import { X } from 'lucide-react'
import type { AssetDetail } from '../../../shared/contract/requests/assetRequests.ts'
import { removeFromCollection } from '../../actions/collections.ts'
import { useLibrary } from '../../queries/library.ts'
import { collectionPath } from '../../queries/picks.tsx'
import { openView } from '../../state/browse.ts'
import { inspector as strings } from '../../strings/inspector.ts'
import { AddToCollection } from './AddToCollection.tsx'
import styles from './Chips.module.css'

/** The collections an asset is in; one of them shows that collection, its cross takes the asset out. */
export function CollectionChips({ asset }: { readonly asset: AssetDetail }) {
  const all = useLibrary((library) => library.collections)
  const permanent = new Set(all.filter((collection) => collection.is_permanent).map(({ id }) => id))
  const row = Int32Array.of(asset.row_id)
  return (
    <ul className={styles.chips} aria-label={strings.collections}>
      {asset.collections.map(({ id, name }) => (
        <li key={id} className={styles.chip}>
          <button
            type="button"
            className={styles.link}
            title={strings.showCollection(collectionPath(all, id) || name)}
            onClick={() => openView({ kind: 'collection', collectionId: id })}
          >
            {name}
          </button>
          {permanent.has(id) ? null : (
            <button
              type="button"
              className={styles.remove}
              aria-label={strings.removeFromCollection(name)}
              onClick={() => void removeFromCollection(id, row)}
            >
              <X aria-hidden="true" />
            </button>
          )}
        </li>
      ))}
      <li>
        <AddToCollection />
      </li>
    </ul>
  )
}
