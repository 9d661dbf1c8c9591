import { TriangleAlert } from 'lucide-react'
import type { GenerationJob } from '../../../shared/domain/collection.ts'
import { useLibrary } from '../../queries/library.ts'
import { openView, useBrowse } from '../../state/browse.ts'
import { frame } from '../../strings/frame.ts'
import { countText } from '../../strings/quantities.ts'
import { Spinner } from '../../ui/Spinner.tsx'
import styles from './JobStrip.module.css'

/** The jobs of the Workspace: a batch for each subfolder of the drop folder. Absent while there is none. */
export function JobStrip() {
  const jobs = useLibrary((library) => library.jobs)
  const total = useLibrary((library) => library.counts?.workspace ?? 0)
  const current = useBrowse((browse) => (browse.view.kind === 'workspace' ? browse.view.jobId : undefined))
  const shown = jobs.filter((job) => job.asset_count > 0 || job.id === current || job.status === 'running')
  if (shown.length === 0) return null
  return (
    <fieldset className={styles.strip} aria-label={frame.jobs}>
      <button
        type="button"
        className={styles.chip}
        aria-pressed={current === undefined}
        onClick={() => openView({ kind: 'workspace' })}
      >
        {frame.allJobs}
        <span className={styles.count}>{countText(total)}</span>
      </button>
      {shown.map((job) => (
        <button
          key={job.id}
          type="button"
          className={styles.chip}
          aria-pressed={current === job.id}
          title={titleOf(job)}
          onClick={() => openView({ kind: 'workspace', jobId: job.id })}
        >
          <JobMark job={job} />
          <span className={styles.name}>{job.folder}</span>
          <span className={styles.count}>{countText(job.asset_count)}</span>
          {job.status === 'running' ? (
            <span className={styles.progress} style={{ transform: `scaleX(${job.progress})` }} aria-hidden="true" />
          ) : null}
        </button>
      ))}
    </fieldset>
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
