import { useEffect, useState } from 'react'
import type { BucketSurvey } from '../../../shared/domain/adoption.ts'
import type { Remote } from '../../../shared/domain/remote.ts'
import { messageOf, request } from '../../api/client.ts'
import { adopting as strings } from '../../strings/adopting.ts'
import { Button } from '../../ui/Button.tsx'
import { QuestionDialog } from '../../ui/QuestionDialog.tsx'
import styles from './RemoteList.module.css'
import { useAttempt } from './useAttempt.ts'

interface Props {
  readonly remote: Remote
  /** It was just added: where there is nothing to take in, nothing is asked. */
  readonly isNew: boolean
  readonly onDone: () => void
}

/** Asks whether files that other programs put into the library's bucket are to be taken in where they are. */
export function AdoptFiles({ remote, isNew, onDone }: Props) {
  const [survey, setSurvey] = useState<BucketSurvey | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const { busy, error, start } = useAttempt(() => request('remotes.adopt', { id: remote.id }), onDone)
  const { id } = remote

  useEffect(() => {
    let isShown = true
    request('remotes.survey', { id }).then(
      (found) => isShown && setSurvey(found),
      (thrown: unknown) => isShown && setFailure(messageOf(thrown)),
    )
    return () => {
      isShown = false
    }
  }, [id])

  const isNothing = survey?.files === 0
  if (isNew && (survey === null || isNothing)) return null
  const problem = failure ?? error
  return (
    <QuestionDialog
      title={strings.title(remote.name)}
      description={survey === null ? strings.looking : isNothing ? strings.none : textOf(survey)}
      onCancel={onDone}
      answers={
        survey === null || isNothing ? null : (
          <Button variant="primary" disabled={busy} onClick={start}>
            {strings.take}
          </Button>
        )
      }
    >
      {problem === null ? null : (
        <p className={styles.error} role="alert">
          {problem}
        </p>
      )}
    </QuestionDialog>
  )
}

function textOf({ files, bytes, more }: BucketSurvey): string {
  return strings.found(files, bytes, more)
}
