import { Plus } from 'lucide-react'
import { useMemo } from 'react'
import { collectionNameSchema } from '../../../shared/domain/collection.ts'
import { type CollectionId, collectionIdSchema } from '../../../shared/domain/ids.ts'
import { keep } from '../../actions/assets.ts'
import { addToCollection, createCollection } from '../../actions/collections.ts'
import { targets } from '../../actions/targets.ts'
import { useLibrary } from '../../queries/library.ts'
import { collectionPicks } from '../../queries/picks.tsx'
import { useBrowse } from '../../state/browse.ts'
import { closeDialog, usePanels } from '../../state/panels.ts'
import { frame } from '../../strings/frame.ts'
import { organise } from '../../strings/organise.ts'
import { picker } from '../../strings/picker.ts'
import { PlacePicker } from '../../ui/PlacePicker.tsx'

/** Finds a collection by typing, or makes one, and puts what is selected into it. */
export function CollectionPicker() {
  const open = usePanels((panels) => panels.dialog === 'collection-picker')
  return open ? <Choices /> : null
}

function Choices() {
  const rowIds = useMemo(targets, [])
  const inWorkspace = useBrowse((browse) => browse.view.kind === 'workspace')
  const collections = useLibrary((library) => library.collections)
  const picks = useMemo(
    () => collectionPicks(collections, (one) => !one.is_permanent && one.kind === 'manual'),
    [collections],
  )

  const choose = (id: CollectionId) => {
    closeDialog()
    void (inWorkspace ? keep(rowIds, id) : addToCollection(id, rowIds))
  }
  return (
    <PlacePicker
      title={inWorkspace ? picker.titleKeep : picker.titleAdd}
      aside={frame.counted(rowIds.length)}
      search={picker.search}
      picks={picks}
      none={picks.length === 0 ? picker.none : organise.nothingFound}
      more={organise.tooMany}
      create={(text) => {
        const name = collectionNameSchema.safeParse(text)
        if (!name.success || picks.some((one) => one.name.toLowerCase() === name.data.toLowerCase())) return null
        return {
          label: picker.create(name.data),
          icon: <Plus aria-hidden="true" />,
          run: async () => {
            closeDialog()
            const collection = await createCollection(name.data)
            if (collection !== null) choose(collection.id)
          },
        }
      }}
      onPick={(id) => choose(collectionIdSchema.parse(id))}
      onClose={closeDialog}
    />
  )
}
