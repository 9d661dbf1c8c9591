import { TriangleAlert } from 'lucide-react'
import type { GenerationJob } from '../../../shared/domain/collection.ts'
import { frame } from '../../strings/frame.ts'
import { countText } from '../../strings/quantities.ts'
import { Spinner } from '../../ui/Spinner.tsx'
import styles from './JobStrip.module.css'
import type { JobPart } from './workspaceParts.ts'

/** One job: its folder, how much of it is here, and how far it is. */
export function JobChip({
  part: { job, assets },
  pressed,
  onPress,
}: {
  readonly part: JobPart
  readonly pressed: boolean
  readonly onPress: () => void
}) {
  return (
    <button type="button" className={styles.chip} aria-pressed={pressed} title={titleOf(job)} onClick={onPress}>
      <JobMark job={job} />
      <span className={styles.name}>{job.folder}</span>
      <span className={styles.count}>{countText(assets)}</span>
      {job.status === 'running' ? (
        <span className={styles.progress} style={{ transform: `scaleX(${job.progress})` }} aria-hidden="true" />
      ) : null}
    </button>
  )
}

function titleOf({ folder, status, counts, error }: GenerationJob): string {
  const done = counts.imported + counts.failed
  const parts = [folder]
  if (status === 'running') parts.push(frame.jobProgress(done, done + counts.processing))
  if (counts.failed > 0) parts.push(frame.jobFailures(counts.failed))
  if (error !== null) parts.push(error)
  return parts.join(' · ')
}

function JobMark({ job }: { readonly job: GenerationJob }) {
  if (job.status === 'running') {
    return (
      <span className={styles.mark} role="img" aria-label={`${frame.jobRunning}, ${Math.round(job.progress * 100)} %`}>
        <Spinner />
      </span>
    )
  }
  if (job.status === 'failed') return <TriangleAlert className={styles.failed} aria-label={frame.jobFailed} />
  return null
}
