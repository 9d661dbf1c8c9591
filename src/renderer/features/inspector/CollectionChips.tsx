import { Folder, Plus, X } from 'lucide-react'
import type { AssetDetail } from '../../../shared/contract/requests/assetRequests.ts'
import { addToCollection, removeFromCollection } from '../../actions/collections.ts'
import { useLibrary } from '../../queries/library.ts'
import { openView } from '../../state/browse.ts'
import { inspector as strings } from '../../strings/inspector.ts'
import { Menu } from '../../ui/Menu.tsx'
import type { MenuEntry } from '../../ui/menuEntry.ts'
import styles from './Chips.module.css'

/** The collections an asset is in; one of them shows that collection, its cross takes the asset out. */
export function CollectionChips({ asset }: { readonly asset: AssetDetail }) {
  const all = useLibrary((library) => library.collections)
  const inside = new Set(asset.collections.map(({ id }) => id))
  const permanent = new Set(all.filter((collection) => collection.is_permanent).map(({ id }) => id))
  const others = all.filter((one) => one.kind === 'manual' && !one.is_permanent && !inside.has(one.id))
  const row = Int32Array.of(asset.row_id)
  const entries: readonly MenuEntry[] =
    others.length === 0
      ? [{ kind: 'heading', label: strings.noOtherCollections }]
      : others.map(({ id, name }) => ({
          kind: 'action',
          label: name,
          icon: <Folder aria-hidden="true" />,
          onSelect: () => void addToCollection(id, row),
        }))
  return (
    <ul className={styles.chips} aria-label={strings.collections}>
      {asset.collections.map(({ id, name }) => (
        <li key={id} className={styles.chip}>
          <button
            type="button"
            className={styles.link}
            title={strings.showCollection(name)}
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
        <Menu entries={entries}>
          <button type="button" className={styles.add} aria-label={strings.addToCollection}>
            <Plus aria-hidden="true" />
            {strings.collection}
          </button>
        </Menu>
      </li>
    </ul>
  )
}
