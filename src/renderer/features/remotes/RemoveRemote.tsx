import { useEffect, useState } from 'react'
import type { RequestOutput } from '../../../shared/contract/requests.ts'
import type { Remote } from '../../../shared/domain/remote.ts'
import { reportFailedRead } from '../../actions/mutate.ts'
import { request } from '../../api/client.ts'
import { remotes as strings } from '../../strings/remotes.ts'
import { Button } from '../../ui/Button.tsx'
import { QuestionDialog } from '../../ui/QuestionDialog.tsx'
import { FilesOnlyThere } from './FilesOnlyThere.tsx'
import styles from './RemoteList.module.css'
import { useAttempt } from './useAttempt.ts'

type OnlyThere = RequestOutput<'remotes.onlyThere'>

/** Asks before a remote is forgotten, and says what stays; what is only there can be fetched first, or is left on purpose. */
export function RemoveRemote({
  remote,
  onCancel,
  onRemoved,
}: {
  readonly remote: Remote
  readonly onCancel: () => void
  readonly onRemoved: () => void
}) {
  const [found, setFound] = useState<OnlyThere | null>(null)
  const [leave, setLeave] = useState(false)
  const [fetching, setFetching] = useState(false)
  const { busy, error, start } = useAttempt(() => request('remotes.remove', { id: remote.id, leave }), onRemoved)
  useEffect(() => {
    request('remotes.onlyThere', { id: remote.id }).then(setFound, reportFailedRead)
  }, [remote.id])
  const isSafe = found?.count === 0 || leave

  return (
    <QuestionDialog
      title={strings.removeTitle(remote.name)}
      description={strings.removeText}
      onCancel={onCancel}
      answers={
        <Button variant="danger" disabled={busy || fetching || !isSafe} onClick={start}>
          {strings.remove}
        </Button>
      }
    >
      {found === null || found.count === 0 ? null : (
        <FilesOnlyThere
          remote={remote}
          found={found}
          leave={leave}
          onLeave={setLeave}
          onFound={setFound}
          onFetching={setFetching}
        />
      )}
      {error === null ? null : (
        <p className={styles.error} role="alert">
          {error}
        </p>
      )}
    </QuestionDialog>
  )
}
