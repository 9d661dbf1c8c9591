import { useState } from 'react'
import type { WatchedFolder, WatchedRemoval } from '../../../shared/domain/watchedFolder.ts'
import { reportError } from '../../actions/mutate.ts'
import { request } from '../../api/client.ts'
import { watchedFolders as strings } from '../../strings/watchedFolders.ts'
import { Button } from '../../ui/Button.tsx'
import { QuestionDialog } from '../../ui/QuestionDialog.tsx'

/** Asks what becomes of the assets when a folder is no longer watched. Its files stay in any case. */
export function RemoveWatchedFolder({
  folder,
  onDone,
}: {
  readonly folder: WatchedFolder
  readonly onDone: () => void
}) {
  const [busy, setBusy] = useState(false)
  const remove = async (assets: WatchedRemoval) => {
    setBusy(true)
    try {
      await request('watchedFolders.remove', { id: folder.id, assets })
    } catch (thrown) {
      reportError(thrown)
    }
    onDone()
  }
  return (
    <QuestionDialog
      title={strings.removeTitle}
      description={strings.removeText(folder.path)}
      onCancel={onDone}
      answers={
        <>
          <Button variant="danger" disabled={busy} onClick={() => void remove('trash')}>
            {strings.trashAssets}
          </Button>
          <Button variant="primary" disabled={busy} onClick={() => void remove('keep')}>
            {strings.keepAssets}
          </Button>
        </>
      }
    />
  )
}
