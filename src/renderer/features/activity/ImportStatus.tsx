import { CircleCheck, X } from 'lucide-react'
import type { ImportSummary } from '../../../shared/domain/import.ts'
import { cancelImport, dismissImport } from '../../actions/imports.ts'
import { importStrings as strings } from '../../strings/imports.ts'
import { spanText } from '../../strings/quantities.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { Progress } from '../../ui/Progress.tsx'
import { FailuresPopover } from './FailuresPopover.tsx'
import { importProgress } from './importProgress.ts'
import styles from './Status.module.css'

/** One import: how far it is, how fast, what went wrong, and how to stop it. */
export function ImportStatus({ summary, others }: { readonly summary: ImportSummary; readonly others: number }) {
  const progress = importProgress(summary)
  const active = summary.finishedAt === null
  return (
    <div className={styles.status}>
      {active || summary.processing > 0 ? null : <CircleCheck className={styles.done} aria-hidden="true" />}
      <span className={styles.title} role="status">
        {titleOf(summary, progress.handled)}
      </span>
      {active || summary.processing > 0 ? (
        <span className={styles.track}>
          <Progress value={progress.share} label={strings.progressLabel} />
        </span>
      ) : null}
      {summary.problem === null ? null : (
        <span className={styles.problem} role="alert">
          {summary.problem.message}
        </span>
      )}
      <span className={styles.facts}>{factsOf(summary, progress.secondsLeft, others).join(' · ')}</span>
      {summary.failed > 0 ? <FailuresPopover summary={summary} /> : null}
      {active ? (
        <IconButton
          label={strings.cancel}
          size="s"
          disabled={summary.state === 'cancelling'}
          onClick={() => cancelImport(summary.id)}
        >
          <X />
        </IconButton>
      ) : (
        <IconButton label={strings.dismiss} size="s" onClick={() => dismissImport(summary.id)}>
          <X />
        </IconButton>
      )}
    </div>
  )
}

function titleOf(summary: ImportSummary, handled: number): string {
  switch (summary.state) {
    case 'counting':
      return strings.counting(summary.found)
    case 'running':
      return strings.running(handled, summary.found)
    case 'cancelling':
      return strings.cancelling
    case 'done':
      return strings.done(summary.imported)
    case 'cancelled':
      return strings.cancelled(summary.imported)
    case 'failed':
      return strings.failedWhole
  }
}

function factsOf(summary: ImportSummary, secondsLeft: number | null, others: number): string[] {
  const facts: string[] = []
  if (summary.state === 'running' && summary.filesPerSecond > 0) facts.push(strings.rate(summary.filesPerSecond))
  if (secondsLeft !== null) facts.push(strings.left(spanText(secondsLeft)))
  if (summary.processing > 0) facts.push(strings.thumbnails(summary.processing))
  if (summary.duplicates > 0) facts.push(strings.duplicates(summary.duplicates))
  if (summary.skipped > 0) facts.push(strings.skipped(summary.skipped))
  if (others > 0) facts.push(strings.others(others))
  return facts
}
