import { Sparkles } from 'lucide-react'
import type { GenerationJobId } from '../../../shared/domain/ids.ts'
import { useLibrary } from '../../queries/library.ts'
import { useRequest } from '../../queries/requests.ts'
import { pickRequest, showRequest } from '../../state/requests.ts'
import { requests as strings } from '../../strings/requests.ts'
import { Button } from '../../ui/Button.tsx'
import styles from './JobRequest.module.css'
import { NoticeStrip } from './NoticeStrip.tsx'

/** Which request the job that is shown is a run of, and the way to say so. */
export function JobRequest({ jobId }: { readonly jobId: GenerationJobId }) {
  const job = useLibrary(({ jobs }) => jobs.find(({ id }) => id === jobId))
  const request = useRequest(job?.request_id ?? null)
  if (job === undefined) return null
  const assigned = job.request_id !== null
  const assign = () => pickRequest({ kind: 'job', job: job.id, folder: job.folder, assigned })
  return (
    <NoticeStrip
      icon={<Sparkles aria-hidden="true" />}
      actions={
        <>
          {request === null ? null : (
            <Button size="s" variant="quiet" onClick={() => showRequest(request.id)}>
              {strings.show}
            </Button>
          )}
          <Button size="s" variant="quiet" onClick={assign}>
            {assigned ? strings.change : strings.assign}
          </Button>
        </>
      }
    >
      <p className={styles.prompt} title={request?.user_prompt.slice(0, 2000)}>
        {request === null ? (assigned ? '' : strings.runOfNone) : strings.runOf(request.user_prompt.slice(0, 300))}
      </p>
    </NoticeStrip>
  )
}
