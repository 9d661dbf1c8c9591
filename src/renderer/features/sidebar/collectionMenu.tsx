import { Archive, ArchiveRestore, CopyPlus, FolderPlus, Import, Pin, PinOff, Text } from 'lucide-react'
import type { Collection } from '../../../shared/domain/collection.ts'
import { archiveCollection, deleteCollection, duplicateCollection } from '../../actions/collections.ts'
import { chooseAndImport } from '../../actions/imports.ts'
import { pinCollection } from '../../actions/originals.ts'
import { useLibrary } from '../../queries/library.ts'
import { openView } from '../../state/browse.ts'
import { openOrganise } from '../../state/organise.ts'
import { actions } from '../../strings/actions.ts'
import { organise } from '../../strings/organise.ts'
import { originals } from '../../strings/originals.ts'
import type { MenuEntry } from '../../ui/menuEntry.ts'
import { smartEntries } from './smartEntries.tsx'
import { deleteEntry, moveEntry, renameEntry, separator } from './treeEntries.tsx'
import type { Naming } from './useNaming.ts'

/** The context menu of a collection. */
export function collectionMenu(
  collection: Collection,
  archived: boolean,
  startNaming: (what: Naming) => void,
): readonly MenuEntry[] {
  const { id, is_permanent: permanent } = collection
  const remove = deleteEntry(actions.deleteCollection, () => void deleteCollection(id))
  if (archived) {
    return [
      {
        kind: 'action',
        label: organise.fromArchive,
        icon: <ArchiveRestore />,
        onSelect: () => void archiveCollection(id, false),
      },
      separator,
      remove,
    ]
  }
  const importFiles: MenuEntry = {
    kind: 'action',
    label: actions.import,
    icon: <Import />,
    onSelect: () => {
      openView({ kind: 'collection', collectionId: id })
      void chooseAndImport()
    },
  }
  if (permanent) return [importFiles]
  return [
    ...(collection.kind === 'smart' ? smartEntries(collection) : [importFiles]),
    {
      kind: 'action',
      label: organise.newInside,
      icon: <FolderPlus />,
      onSelect: () => startNaming({ kind: 'new', parent: id }),
    },
    separator,
    renameEntry(() => startNaming({ kind: 'rename', id })),
    {
      kind: 'action',
      label: organise.describe,
      icon: <Text />,
      onSelect: () => openOrganise({ kind: 'describe-collection', id }),
    },
    moveEntry(() => openOrganise({ kind: 'move-collection', id })),
    { kind: 'action', label: organise.duplicate, icon: <CopyPlus />, onSelect: () => void duplicateCollection(id) },
    ...pinEntries(collection),
    separator,
    {
      kind: 'action',
      label: organise.toArchive,
      icon: <Archive />,
      onSelect: () => void archiveCollection(id, true),
    },
    remove,
  ]
}

/** Where there is a bucket, a collection can be kept from being only there. */
function pinEntries({ id, name }: Collection): readonly MenuEntry[] {
  const { sync, care } = useLibrary.getState()
  if (sync === null || sync.state === 'no-remote' || care === null) return []
  const pinned = care.pinned.includes(id)
  return [
    {
      kind: 'action',
      label: pinned ? originals.unpin : originals.pin,
      icon: pinned ? <PinOff /> : <Pin />,
      onSelect: () => void pinCollection(id, name, !pinned),
    },
  ]
}
