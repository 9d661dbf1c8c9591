import { useState } from 'react'
import { createCollection } from '../../actions/collections.ts'
import { useLibrary } from '../../queries/library.ts'
import { openView } from '../../state/browse.ts'
import { stopNamingCollection, usePanels } from '../../state/panels.ts'
import { frame } from '../../strings/frame.ts'
import { CollectionPlace } from './CollectionPlace.tsx'
import { NameField } from './NameField.tsx'
import styles from './Sidebar.module.css'

/** All collections, "Unsorted" first, and the field for a new one while it is being named. */
export function CollectionList() {
  const collections = useLibrary((library) => library.collections)
  const naming = usePanels((panels) => panels.namingCollection)
  const [draft, setDraft] = useState(0)

  const create = async (name: string) => {
    const collection = await createCollection(name)
    if (collection === null) {
      // Refused: a person has been told why, and the field stays for another name.
      setDraft(draft + 1)
      return
    }
    stopNamingCollection()
    openView({ kind: 'collection', collectionId: collection.id })
  }

  return (
    <>
      {collections.map((collection) => (
        <CollectionPlace key={collection.id} collection={collection} />
      ))}
      {naming ? (
        <NameField key={draft} label={frame.collectionName} onCommit={create} onCancel={stopNamingCollection} />
      ) : null}
      {collections.length <= 1 && !naming ? <p className={styles.note}>{frame.noCollections}</p> : null}
    </>
  )
}
