import { toErrorData, VitrineError } from '../../../../shared/contract/errors.ts'
import type { RemoteId } from '../../../../shared/domain/ids.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import type { NewQueueJob, QueueJob, QueueKind } from '../../catalog/queue.repository.ts'
import type { ObjectStore } from '../../ports.ts'
import { backoffMs, judge, type Verdict } from '../retryPolicy.ts'
import type { MirrorContext } from './mirrorContext.ts'

type WorkspaceWork = 'workspace-take' | 'workspace-remove'

export interface WorkspaceJobsOptions {
  readonly context: MirrorContext
  readonly what: WorkspaceWork
  readonly atOnce: number
  /** Does the job of one key. `done`: it is over. `later`: its time has not come; it is not counted as an attempt. */
  readonly work: (store: ObjectStore, key: string, signal: AbortSignal) => Promise<'done' | { readonly later: number }>
  /** What is written down of a key whose job only a person can bring further. True: the job is over with that. */
  readonly onParked: (key: string, error: VitrineError) => boolean
  /** A job has ended; null when it went well. */
  readonly onEnded: (failure: { readonly error: VitrineError; readonly verdict: Verdict } | null) => void
}

/** Jobs of one kind about objects of one workspace remote, out of the durable queue. */
export interface WorkspaceJobs {
  readonly size: number
  /** Whether there is a job about a key. */
  has(key: string): boolean
  enqueue(keys: readonly { readonly key: string; readonly priority: number }[]): void
  /** Starts what is due, as far as there is room. */
  fill(store: ObjectStore): void
  /** When the next one is due, ms; null when none is, or there is no room for it. */
  nextAt(): number | null
  /** Why jobs wait for a person, for a person; null when none does. */
  whyParked(): string | null
  /** Jobs that waited for a person are tried again, and those that wait for their time now. */
  retry(): void
  /** Stops all; they are given back to the queue. */
  stopAll(): Promise<void>
}

export function workspaceJobs(options: WorkspaceJobsOptions): WorkspaceJobs {
  const { context, atOnce } = options
  const { catalog, clock } = context
  const kind = kindOf(options.what, context.remoteId)
  const running = new Map<string, Promise<void>>()
  let stop = new AbortController()

  async function run(store: ObjectStore, job: QueueJob, key: string): Promise<void> {
    try {
      const outcome = await options.work(store, key, stop.signal)
      if (outcome === 'done') catalog.queue.complete([job.id])
      else catalog.queue.postpone([job.id], outcome.later)
      ended(key, null)
    } catch (thrown) {
      const error = thrown instanceof VitrineError ? thrown : defect(thrown)
      const verdict = judge(error, job.attempts, context.random())
      if (verdict.kind === 'park' && options.onParked(key, error)) catalog.queue.complete([job.id])
      else catalog.queue.fail(job.id, error, dueAt(verdict, job.attempts))
      ended(key, { error, verdict })
    }
  }

  function ended(key: string, failure: Parameters<WorkspaceJobsOptions['onEnded']>[0]): void {
    running.delete(key)
    options.onEnded(failure)
  }

  function dueAt(verdict: Verdict, attempts: number): number | null {
    const now = clock.now()
    switch (verdict.kind) {
      case 'park':
        return null
      case 'hold':
        return now + verdict.ms
      case 'retry':
      case 'offline':
        return now + backoffMs(attempts, context.random())
      case 'interrupted':
        return now
      case 'stop':
        // Keys that may not remove may still read: only what can't be done waits for a person.
        return options.what === 'workspace-remove' ? null : now
    }
  }

  function defect(thrown: unknown): VitrineError {
    context.onDefect(thrown)
    const { code } = toErrorData(thrown)
    return new VitrineError(code, 'This failed because of a mistake in Vitrine. The log has the details.')
  }

  return {
    get size() {
      return running.size
    },
    has: (key) => catalog.queue.find(kind, key) !== undefined,
    enqueue(keys) {
      const runAt = clock.now()
      const jobs = keys.map(({ key, priority }): NewQueueJob => {
        return { kind, key, payload: null, priority, runAt }
      })
      if (jobs.length > 0) catalog.queue.enqueue(jobs)
    },
    fill(store) {
      while (running.size < atOnce) {
        const jobs = catalog.queue.claim(kind, atOnce - running.size, clock.now())
        if (jobs.length === 0) return
        for (const job of jobs) {
          const { key } = job
          // Begun a turn later, so that one that ends at once does not hide from the count.
          running.set(
            key,
            Promise.resolve().then(() => run(store, job, key)),
          )
        }
      }
    },
    nextAt: () => (running.size < atOnce ? catalog.queue.nextRunAt(kind) : null),
    whyParked: () => catalog.queue.parked(kind)[0]?.error?.message ?? null,
    retry() {
      catalog.queue.retry(kind, '', clock.now())
      catalog.queue.wake(kind, clock.now())
    },
    async stopAll() {
      stop.abort()
      await Promise.all(running.values())
      stop = new AbortController()
    },
  }
}

/** Forgets the jobs of a remote that is removed. */
export function forgetWorkspaceJobs({ queue }: Pick<Catalog, 'queue'>, remoteId: RemoteId): void {
  queue.remove(kindOf('workspace-take', remoteId), '')
  queue.remove(kindOf('workspace-remove', remoteId), '')
}

/** Each remote has queues of its own: one that is offline holds up no other. */
function kindOf(what: WorkspaceWork, remoteId: RemoteId): QueueKind {
  return `${what}:${remoteId}`
}
