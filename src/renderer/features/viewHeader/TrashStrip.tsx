import { Clock, TriangleAlert } from 'lucide-react'
import { askToEmptyTrash } from '../../actions/lifecycle.ts'
import { useLibrary } from '../../queries/library.ts'
import { useNow } from '../../queries/now.ts'
import { openDialog } from '../../state/panels.ts'
import { lifecycle as strings } from '../../strings/lifecycle.ts'
import { spanText } from '../../strings/quantities.ts'
import { Button } from '../../ui/Button.tsx'
import { DeletedCollections } from './DeletedCollections.tsx'
import { NoticeStrip } from './NoticeStrip.tsx'

/** How long things stay in Trash, and the way to end that sooner. */
export function TrashStrip() {
  const status = useLibrary((library) => library.lifecycle)
  const now = useNow(30_000)
  if (status === null) return null
  const { policy, trash, removals } = status
  const kept = policy.trashDays === null ? strings.trashKeptAlways : strings.trashKept(policy.trashDays)
  const seconds = trash.nextPurgeAt === null ? null : (Date.parse(trash.nextPurgeAt) - now) / 1000
  const next = seconds === null ? null : seconds < 60 ? strings.trashNextNow : strings.trashNext(spanText(seconds))
  return (
    <>
      <NoticeStrip
        icon={<Clock aria-hidden="true" />}
        actions={
          <>
            <DeletedCollections />
            <Button size="s" variant="quiet" onClick={() => openDialog('settings')}>
              {strings.changePolicy}
            </Button>
            <Button size="s" disabled={trash.assets === 0} onClick={() => void askToEmptyTrash()}>
              {strings.emptyTrash}
            </Button>
          </>
        }
      >
        {next === null ? kept : `${kept}; ${next}`}.
      </NoticeStrip>
      {removals.problem === null ? null : (
        <NoticeStrip tone="warn" icon={<TriangleAlert aria-hidden="true" />}>
          {strings.filesLeft(removals.files, removals.problem)}
        </NoticeStrip>
      )}
    </>
  )
}
