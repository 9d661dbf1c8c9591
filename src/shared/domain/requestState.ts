import type { GenerationJob } from './collection.ts'
import type { GenerationRequest, RequestStatus } from './generationRequest.ts'

/**
 * Where a request stands. A person's word counts first: what they have cancelled is cancelled, whatever still comes. Then
 * its jobs decide, and without jobs whether anything has come of it. `own` is what is written down of it, `outputs` how
 * many assets came without a job. A job counts for as much of the progress as it has files.
 */
export function requestState(
  own: RequestStatus,
  jobs: readonly Pick<GenerationJob, 'status' | 'progress' | 'counts' | 'error'>[],
  outputs: number,
): Pick<GenerationRequest, 'status' | 'progress' | 'error'> {
  const status = own === 'cancelled' ? own : followed(own, jobs, outputs)
  const failed = status === 'failed' ? jobs.find((job) => job.status === 'failed') : undefined
  return { status, progress: progressOf(status, jobs), error: failed?.error ?? null }
}

function followed(own: RequestStatus, jobs: readonly Pick<GenerationJob, 'status'>[], outputs: number): RequestStatus {
  const has = (status: GenerationJob['status']) => jobs.some((job) => job.status === status)
  if (jobs.length === 0) return own === 'pending' && outputs > 0 ? 'completed' : own
  if (has('running')) return 'running'
  if (has('pending')) return has('completed') || has('failed') ? 'running' : 'pending'
  if (has('completed') || outputs > 0) return 'completed'
  return has('failed') ? 'failed' : 'cancelled'
}

function progressOf(status: RequestStatus, jobs: readonly Pick<GenerationJob, 'progress' | 'counts'>[]): number {
  if (jobs.length === 0) return status === 'completed' || status === 'failed' ? 1 : 0
  let [done, all] = [0, 0]
  for (const { progress, counts } of jobs) {
    const files = Math.max(1, counts.imported + counts.processing + counts.failed)
    done += progress * files
    all += files
  }
  return Math.min(1, done / all)
}
