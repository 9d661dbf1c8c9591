import { useMemo } from 'react'
import type { GenerationRequest } from '../../../shared/domain/generationRequest.ts'
import { useLibrary } from '../../queries/library.ts'
import { findEverywhere } from '../../state/browse.ts'
import { countText } from '../../strings/quantities.ts'
import { requests as strings } from '../../strings/requests.ts'
import { Spinner } from '../../ui/Spinner.tsx'
import styles from './Runs.module.css'

/** Runs that are shown by name. */
const SHOWN = 6

/** The jobs of the drop folder that are runs of a request, the one that changed last first. */
export function Runs({ request }: { readonly request: GenerationRequest }) {
  const jobs = useLibrary((library) => library.jobs)
  const own = useMemo(() => jobs.filter(({ request_id }) => request_id === request.id), [jobs, request.id])
  if (request.job_count === 0) return null
  const shown = own.slice(0, SHOWN)
  return (
    <ul className={styles.runs} aria-label={strings.jobs}>
      {shown.map((job) => (
        <li key={job.id}>
          <button
            type="button"
            className={styles.run}
            aria-label={strings.job(nameOf(job.folder, request), job.asset_count)}
            title={job.error ?? job.folder}
            data-failed={job.status === 'failed' || undefined}
            onClick={() => findEverywhere('job', job.id)}
          >
            {job.status === 'running' ? <Spinner /> : null}
            <span className={styles.name}>{nameOf(job.folder, request)}</span>
            <span className={styles.count}>{countText(job.asset_count)}</span>
          </button>
        </li>
      ))}
      {request.job_count > shown.length ? (
        <li className={styles.more}>{strings.moreJobs(request.job_count - shown.length)}</li>
      ) : null}
    </ul>
  )
}

/** The folder that has the request's id for its name says nothing to a person. */
function nameOf(folder: string, { id }: GenerationRequest): string {
  return folder.toLowerCase() === id ? strings.ownFolder : folder
}
