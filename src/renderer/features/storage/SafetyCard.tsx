import { useEffect, useState } from 'react'
import type { CareStatus, ScrubRound } from '../../../shared/domain/cloudCare.ts'
import type { StorageUsage } from '../../../shared/domain/storage.ts'
import { reportError, reportFailedRead } from '../../actions/mutate.ts'
import { request } from '../../api/client.ts'
import { useLibrary } from '../../queries/library.ts'
import { originals as strings } from '../../strings/originals.ts'
import { Button } from '../../ui/Button.tsx'
import { Progress } from '../../ui/Progress.tsx'
import { Card } from './Card.tsx'
import styles from './SafetyCard.module.css'

/** Names of files that are drawn; the rest is counted. */
const NAMED = 5

/** How originals are kept on this computer, and what the last look at all files came to; looked up again with the usage. */
export function SafetyCard({ usage }: { readonly usage: StorageUsage }) {
  const care = useCare(usage)
  if (care === null) return null
  const { settings, bytesHere, pinned, toFetch, scrub } = care
  const { budgetBytes } = settings
  return (
    <Card title={strings.card}>
      <ul className={styles.facts}>
        <li>{budgetBytes === null ? strings.here(bytesHere) : strings.ofBudget(bytesHere, budgetBytes)}</li>
        {pinned.length === 0 ? null : <li>{strings.pinnedCount(pinned.length)}</li>}
        {toFetch === 0 ? null : <li>{strings.toFetch(toFetch)}</li>}
      </ul>
      <Check scrub={scrub} />
      <Button
        size="s"
        className={styles.check}
        disabled={scrub.state === 'running'}
        onClick={() => void request('scrub.start').catch(reportError)}
      >
        {strings.checkNow}
      </Button>
    </Card>
  )
}

/** What is told of is when care does something; how much is here changes with every import, too. */
function useCare(usage: StorageUsage): CareStatus | null {
  const told = useLibrary((library) => library.care)
  const [found, setFound] = useState<CareStatus | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each of them says that something is different
  useEffect(() => {
    let current = true
    request('care.status').then(
      (care) => current && setFound(care),
      (thrown: unknown) => current && reportFailedRead(thrown),
    )
    return () => {
      current = false
    }
  }, [usage, told])
  return found ?? told
}

function Check({ scrub: { state, message, checked, total, last, nextAt } }: Pick<CareStatus, 'scrub'>) {
  if (state === 'running' || state === 'held') {
    return (
      <div className={styles.running}>
        <Progress value={total === 0 ? null : checked / total} label={strings.checkProgress} />
        <p className={styles.text}>{message ?? strings.checking(checked, total)}</p>
      </div>
    )
  }
  return (
    <div className={styles.running}>
      {last === null ? <p className={styles.text}>{strings.neverChecked}</p> : <Outcome round={last} />}
      <p className={styles.text}>{nextAt === null ? strings.noChecks : strings.nextCheck(nextAt)}</p>
    </div>
  )
}

function Outcome({ round }: { readonly round: ScrubRound }) {
  const { finishedAt, files, found, repaired, unrepaired, troubles } = round
  return (
    <>
      <p className={styles.text}>
        {strings.lastCheck(finishedAt ?? round.startedAt, files)}{' '}
        {found === 0 ? strings.nothingWrong : strings.outcome(found, repaired)}
      </p>
      {unrepaired === 0 ? null : (
        <div className={styles.troubles}>
          <p>{strings.unrepaired(unrepaired)}</p>
          <ul>
            {troubles.slice(0, NAMED).map(({ id, path, problem }) => (
              <li key={`${id}${path}`} title={path}>
                {path.split('/').at(-1)}: {problem}
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  )
}
