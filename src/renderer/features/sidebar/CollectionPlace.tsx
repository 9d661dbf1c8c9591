import { Folder, FolderDot, Import, Pencil, Sparkle, Trash2 } from 'lucide-react'
import { type DragEvent, useState } from 'react'
import type { Collection } from '../../../shared/domain/collection.ts'
import { addToCollection, deleteCollection, renameCollection } from '../../actions/collections.ts'
import { droppedPaths } from '../../actions/droppedPaths.ts'
import { chooseAndImport, collectionTarget, importPaths, libraryTarget } from '../../actions/imports.ts'
import { ASSET_DRAG_TYPE, useAssetDrag } from '../../state/assetDrag.ts'
import { openView } from '../../state/browse.ts'
import { actions } from '../../strings/actions.ts'
import { frame } from '../../strings/frame.ts'
import { countText } from '../../strings/quantities.ts'
import { ContextMenu } from '../../ui/ContextMenu.tsx'
import type { MenuEntry } from '../../ui/menuEntry.ts'
import { NameField } from './NameField.tsx'
import { type AssetDropTarget, PlaceButton } from './PlaceButton.tsx'
import styles from './Sidebar.module.css'
import { SmartCount } from './SmartCount.tsx'
import { smartEntries } from './smartEntries.tsx'

/** A collection in the sidebar: opened, renamed, deleted, and filled by dropping assets or files onto it. */
export function CollectionPlace({ collection }: { readonly collection: Collection }) {
  const [renaming, setRenaming] = useState(false)
  const { id, name, is_permanent: permanent } = collection
  const isSmart = collection.kind === 'smart'

  if (renaming) {
    return (
      <NameField
        label={frame.collectionName}
        initial={name}
        onCommit={async (next) => {
          await renameCollection(id, next)
          setRenaming(false)
        }}
        onCancel={() => setRenaming(false)}
      />
    )
  }

  const importHere: MenuEntry = {
    kind: 'action',
    label: actions.import,
    icon: <Import />,
    onSelect: () => {
      openView({ kind: 'collection', collectionId: id })
      void chooseAndImport()
    },
  }
  const entries = (): readonly MenuEntry[] => [
    ...(isSmart ? smartEntries(collection) : [importHere]),
    { kind: 'separator' },
    {
      kind: 'action',
      label: actions.rename,
      icon: <Pencil />,
      shortcut: 'F2',
      disabled: permanent,
      onSelect: () => setRenaming(true),
    },
    {
      kind: 'action',
      label: actions.deleteCollection,
      icon: <Trash2 />,
      danger: true,
      disabled: permanent,
      onSelect: () => void deleteCollection(id),
    },
  ]

  return (
    <ContextMenu entries={entries}>
      <div>
        <PlaceButton
          view={{ kind: 'collection', collectionId: id }}
          icon={isSmart ? <Sparkle /> : permanent ? <FolderDot /> : <Folder />}
          name={name}
          indent={collection.parent_id !== null}
          {...(isSmart ? {} : { target: dropTarget(collection) })}
          {...(permanent ? {} : { onRename: () => setRenaming(true) })}
        >
          {isSmart ? (
            <SmartCount id={id} />
          ) : !collection.asset_count ? null : (
            <span className={styles.count}>{countText(collection.asset_count)}</span>
          )}
        </PlaceButton>
      </div>
    </ContextMenu>
  )
}

/** Assets join the collection; files from outside are imported into it. Assets can't be put into "Unsorted" by hand. */
function dropTarget(collection: Collection): AssetDropTarget {
  const carriesAssets = (event: DragEvent) => event.dataTransfer.types.includes(ASSET_DRAG_TYPE)
  return {
    accepts: (event) => (carriesAssets(event) ? !collection.is_permanent : event.dataTransfer.types.includes('Files')),
    drop: (event) => {
      if (carriesAssets(event)) {
        const { rowIds } = useAssetDrag.getState()
        if (rowIds !== null) void addToCollection(collection.id, rowIds)
      } else {
        const target = collection.is_permanent ? libraryTarget : collectionTarget(collection)
        void importPaths(droppedPaths(event.dataTransfer), target)
      }
    },
  }
}
