import { Command } from 'cmdk'
import { Folder, Plus, Search } from 'lucide-react'
import { Dialog } from 'radix-ui'
import { useMemo, useState } from 'react'
import { collectionNameSchema } from '../../../shared/domain/collection.ts'
import type { CollectionId } from '../../../shared/domain/ids.ts'
import { keep } from '../../actions/assets.ts'
import { addToCollection, createCollection } from '../../actions/collections.ts'
import { targets } from '../../actions/targets.ts'
import { useLibrary } from '../../queries/library.ts'
import { useBrowse } from '../../state/browse.ts'
import { closeDialog, usePanels } from '../../state/panels.ts'
import { frame } from '../../strings/frame.ts'
import { picker } from '../../strings/picker.ts'
import { countText } from '../../strings/quantities.ts'
import styles from './CollectionPicker.module.css'

/** Finds a collection by typing, or makes one, and puts what is selected into it. */
export function CollectionPicker() {
  const open = usePanels((panels) => panels.dialog === 'collection-picker')
  return (
    <Dialog.Root open={open} onOpenChange={(next) => !next && closeDialog()}>
      <Dialog.Portal>
        <Dialog.Content className={styles.picker} aria-describedby={undefined}>
          <Choices />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function Choices() {
  const [text, setText] = useState('')
  const rowIds = useMemo(targets, [])
  const inWorkspace = useBrowse((browse) => browse.view.kind === 'workspace')
  const collections = useLibrary((library) => library.collections)
  const choices = collections.filter((collection) => !collection.is_permanent && collection.kind === 'manual')
  const name = collectionNameSchema.safeParse(text)
  const exists = choices.some((collection) => collection.name.toLowerCase() === text.trim().toLowerCase())

  const choose = (id: CollectionId) => {
    closeDialog()
    void (inWorkspace ? keep(rowIds, id) : addToCollection(id, rowIds))
  }
  const create = async () => {
    closeDialog()
    const collection = await createCollection(text)
    if (collection !== null) choose(collection.id)
  }

  return (
    <Command label={picker.search} loop>
      <div className={styles.head}>
        <Dialog.Title className={styles.title}>{inWorkspace ? picker.titleKeep : picker.titleAdd}</Dialog.Title>
        <span className={styles.count}>{frame.counted(rowIds.length)}</span>
      </div>
      <div className={styles.field}>
        <Search aria-hidden="true" />
        <Command.Input
          className={styles.input}
          value={text}
          onValueChange={setText}
          placeholder={picker.search}
          maxLength={255}
        />
      </div>
      <Command.List className={styles.list} label={frame.collections}>
        {choices.length === 0 && !name.success ? <p className={styles.none}>{picker.none}</p> : null}
        {choices.map((collection) => (
          <Command.Item
            key={collection.id}
            className={styles.item}
            value={collection.id}
            keywords={[collection.name]}
            onSelect={() => choose(collection.id)}
          >
            <Folder aria-hidden="true" />
            <span className={styles.name}>{collection.name}</span>
            <span className={styles.count}>{countText(collection.asset_count ?? 0)}</span>
          </Command.Item>
        ))}
        {name.success && !exists ? (
          <Command.Item className={styles.item} value="create" forceMount onSelect={() => void create()}>
            <Plus aria-hidden="true" />
            <span className={styles.name}>{picker.create(name.data)}</span>
          </Command.Item>
        ) : null}
      </Command.List>
    </Command>
  )
}
