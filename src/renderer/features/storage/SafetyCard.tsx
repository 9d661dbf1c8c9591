import type { CareStatus, ScrubRound } from '../../../shared/domain/cloudCare.ts'
import { reportError } from '../../actions/mutate.ts'
import { request } from '../../api/client.ts'
import { useLibrary } from '../../queries/library.ts'
import { originals as strings } from '../../strings/originals.ts'
import { Button } from '../../ui/Button.tsx'
import { Progress } from '../../ui/Progress.tsx'
import { Card } from './Card.tsx'
import styles from './SafetyCard.module.css'

/** Names of files that are drawn; the rest is counted. */
const NAMED = 5

/** How originals are kept on this computer, and what the last look at all files came to. */
export function SafetyCard() {
  const care = useLibrary((library) => library.care)
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
