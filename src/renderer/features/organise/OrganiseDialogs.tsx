import { ArrowUpToLine } from 'lucide-react'
import { useMemo } from 'react'
import { type CollectionId, collectionIdSchema, type TagId, tagIdSchema } from '../../../shared/domain/ids.ts'
import { moveCollection } from '../../actions/collections.ts'
import { mergeTags, moveTag } from '../../actions/tags.ts'
import { useLibrary } from '../../queries/library.ts'
import { collectionPicks, tagPicks, withBelow } from '../../queries/picks.tsx'
import { closeOrganise, useOrganise } from '../../state/organise.ts'
import { organise } from '../../strings/organise.ts'
import { Button } from '../../ui/Button.tsx'
import { type Pick, PlacePicker } from '../../ui/PlacePicker.tsx'
import { QuestionDialog } from '../../ui/QuestionDialog.tsx'
import { DescribeCollection } from './DescribeCollection.tsx'
import { EditTag } from './EditTag.tsx'

const TOP = 'top'
const top: Pick = { id: TOP, name: organise.topLevel, within: '', icon: <ArrowUpToLine aria-hidden="true" /> }

/** The dialogs about one collection or tag. At most one is open. */
export function OrganiseDialogs() {
  const dialog = useOrganise((state) => state.dialog)
  if (dialog === null) return null
  switch (dialog.kind) {
    case 'describe-collection':
      return <DescribeCollection key={dialog.id} id={dialog.id} />
    case 'move-collection':
      return <MoveCollection id={dialog.id} />
    case 'edit-tag':
      return <EditTag key={dialog.id} id={dialog.id} />
    case 'move-tag':
      return <PickTag id={dialog.id} merge={false} />
    case 'merge-tag':
      return <PickTag id={dialog.id} merge />
    case 'name-taken':
      return (
        <QuestionDialog
          title={organise.takenTitle(dialog.name)}
          description={organise.takenText(dialog.path, dialog.name)}
          onCancel={closeOrganise}
          answers={
            <Button
              variant="primary"
              onClick={() => {
                closeOrganise()
                void mergeTags([dialog.id], dialog.other)
              }}
            >
              {organise.merge}
            </Button>
          }
        />
      )
  }
}

function MoveCollection({ id }: { readonly id: CollectionId }) {
  const all = useLibrary((library) => library.collections)
  const moved = all.find((one) => one.id === id)
  const picks = useMemo(() => {
    const inside = withBelow(all, id)
    return [top, ...collectionPicks(all, (one) => !one.is_permanent && !inside.has(one.id))]
  }, [all, id])
  if (moved === undefined) return null
  return (
    <PlacePicker
      title={organise.moveTitle(moved.name)}
      search={organise.findCollection}
      picks={picks}
      none={organise.nothingFound}
      more={organise.tooMany}
      onClose={closeOrganise}
      onPick={(to) => {
        closeOrganise()
        void moveCollection(id, to === TOP ? null : collectionIdSchema.parse(to), null)
      }}
    />
  )
}

function PickTag({ id, merge }: { readonly id: TagId; readonly merge: boolean }) {
  const all = useLibrary((library) => library.tags)
  const tag = all.find((one) => one.id === id)
  const picks = useMemo(() => {
    const inside = withBelow(all, id)
    return merge ? tagPicks(all, (one) => one.id !== id) : [top, ...tagPicks(all, (one) => !inside.has(one.id))]
  }, [all, id, merge])
  if (tag === undefined) return null
  return (
    <PlacePicker
      title={merge ? organise.mergeTitle(tag.name) : organise.moveTitle(tag.name)}
      search={organise.findTag}
      picks={picks}
      none={organise.nothingFound}
      more={organise.tooMany}
      onClose={closeOrganise}
      onPick={(to) => {
        closeOrganise()
        if (merge) void mergeTags([id], tagIdSchema.parse(to))
        else void moveTag(id, to === TOP ? null : tagIdSchema.parse(to))
      }}
    />
  )
}
