import { Plus } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useLibrary } from '../../queries/library.ts'
import { setFold } from '../../state/folds.ts'
import { startNamingCollection, stopNamingCollection, usePanels } from '../../state/panels.ts'
import { frame } from '../../strings/frame.ts'
import { organise } from '../../strings/organise.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { CollectionTree } from './CollectionTree.tsx'
import { Section } from './Section.tsx'
import styles from './Sidebar.module.css'
import { TreeFilter } from './TreeFilter.tsx'
import { filterTree } from './tree/treeRows.ts'
import { useNaming } from './useNaming.ts'

/** With more of them than this there is a field to find one. */
export const FILTER_FROM = 30

/** All collections, "Unsorted" first, and under a heading of their own those in the archive. */
export function Collections() {
  const collections = useLibrary((library) => library.collections)
  const archived = useLibrary((library) => library.archived)
  const asked = usePanels((panels) => panels.namingCollection)
  const naming = useNaming()
  const namingArchived = useNaming()
  const [text, setText] = useState('')
  const { start } = naming
  useEffect(() => {
    if (!asked) return
    setFold('folded:collections', false)
    setText('')
    start({ kind: 'new', parent: null })
    stopNamingCollection()
  }, [asked, start])

  const wanted = text.trim().toLowerCase()
  const filtered = wanted !== '' && collections.length > FILTER_FROM
  const shown = filtered ? filterTree(collections, ({ name }) => name.toLowerCase().includes(wanted)) : collections
  return (
    <>
      <Section
        name={frame.collections}
        fold="collections"
        action={
          <IconButton label={frame.newCollection} size="s" onClick={startNamingCollection}>
            <Plus />
          </IconButton>
        }
      >
        {collections.length > FILTER_FROM ? (
          <TreeFilter label={organise.filterCollections} text={text} onChange={setText} />
        ) : null}
        <CollectionTree collections={shown} filtered={filtered} names={naming} />
        {filtered && shown.length === 0 ? <p className={styles.note}>{organise.noMatch(text)}</p> : null}
        {collections.length <= 1 && naming.naming === null ? (
          <p className={styles.note}>{frame.noCollections}</p>
        ) : null}
      </Section>
      {archived.length === 0 ? null : (
        <Section name={organise.archive} fold="archive" usuallyOpen={false}>
          <CollectionTree collections={archived} archived names={namingArchived} />
        </Section>
      )}
    </>
  )
}
