import { VitrineError } from '../../../../shared/contract/errors.ts'
import type { WorkspaceRemoteState } from '../../../../shared/domain/workspaceRemote.ts'
import type { WorkspaceObject } from '../../catalog/workspaceObjects.repository.ts'
import type { ObjectStore } from '../../ports.ts'
import { backoffMs, judge, type Verdict } from '../retryPolicy.ts'
import { wakeableAlarm } from '../wakeableAlarm.ts'
import { evictUndecided } from './evictUndecided.ts'
import { lookAtBucket } from './lookAtBucket.ts'
import type { MirrorContext } from './mirrorContext.ts'
import { removeObjects } from './removeObjects.ts'
import { takeObjects } from './takeObjects.ts'

/** Between two looks while things change, and when nothing has changed for long, ms. */
const SHORTEST_LOOK_MS = 5_000
const LONGEST_LOOK_MS = 60_000
/** `once` waits for jobs that are due within this time, ms, and leaves later ones in the queue. */
const ONCE_HORIZON_MS = 20_000
/** How long changes of the library are gathered, ms. */
const GATHER_MS = 500
const PAGE = 500

export interface MirrorLoopOptions extends MirrorContext {
  /** Opens the bucket. Throws `remote_no_credentials`. */
  readonly open: () => ObjectStore
  readonly isPaused: () => boolean
  readonly onChanged: () => void
}

/** Keeps the Workspace and one bucket in step: look → take → remove, and sleep until something changes or is due. */
export interface MirrorLoop {
  start(): void
  /** A person asks: looks again at once, and tries again what has failed. */
  now(): void
  /** Assets may have been kept, discarded or removed. */
  changed(): void
  /** What may be taken is another now. */
  policyChanged(): void
  /** Runs until nothing is left that can be done now. Returns how many objects came. */
  once(): Promise<{ readonly arrived: number; readonly problem: VitrineError | null }>
  state(): Pick<WorkspaceRemoteState, 'state' | 'message' | 'lastLookAt' | 'nextAttemptAt'>
  close(): Promise<void>
}

type Link =
  | { readonly state: 'fine' }
  | { readonly state: 'offline'; readonly error: VitrineError; readonly nextAt: number; readonly attempt: number }
  | { readonly state: 'stopped'; readonly error: VitrineError }

export function mirrorLoop(options: MirrorLoopOptions): MirrorLoop {
  const { catalog, clock, remoteId } = options
  const alarm = wakeableAlarm(clock)
  let link: Link = { state: 'fine' }
  let store: ObjectStore | null = null
  let lookAt = 0
  let pauseMs = SHORTEST_LOOK_MS
  let lastLookAt: number | null = null
  let holdUntil = 0
  let resumed = false
  /** When it is looked next which objects may go, ms; null when nothing has changed. */
  let departuresAt: number | null = 0
  let arrived = 0
  let closed = false
  let running: Promise<void> | null = null
  const idleWaiters: (() => void)[] = []

  const takes = takeObjects(options, (failure) => {
    if (failure === null) arrived++
    ended(failure)
  })
  const removals = removeObjects(options, (failure) => {
    // What can't be removed is told of and keeps nothing else waiting.
    if (failure?.verdict.kind !== 'stop') ended(failure)
    else {
      options.onChanged()
      alarm.ring()
    }
  })

  function ended(failure: { readonly error: VitrineError; readonly verdict: Verdict } | null): void {
    departuresAt = clock.now()
    if (failure !== null) heed(failure.error, failure.verdict)
    options.onChanged()
    alarm.ring()
  }

  function heed(error: VitrineError, verdict: Verdict): void {
    if (verdict.kind === 'hold') holdUntil = Math.max(holdUntil, clock.now() + verdict.ms)
    if (verdict.kind === 'stop' || (verdict.kind === 'park' && error.code === 'internal'))
      link = { state: 'stopped', error }
    // Looked at once: one lost connection is not yet being offline.
    if (verdict.kind === 'offline' && link.state === 'fine') {
      link = { state: 'offline', error, nextAt: clock.now(), attempt: 0 }
    }
  }

  /** The whole remote can't be used now. */
  function failed(thrown: unknown): void {
    const error = thrown instanceof VitrineError ? thrown : defect(thrown)
    const attempt = link.state === 'offline' ? link.attempt : 0
    const verdict = judge(error, attempt + 1, options.random())
    if (verdict.kind === 'stop' || verdict.kind === 'park') link = { state: 'stopped', error }
    else if (verdict.kind !== 'interrupted') {
      const pause = verdict.kind === 'hold' ? verdict.ms : backoffMs(attempt, options.random())
      link = { state: 'offline', error, nextAt: clock.now() + pause, attempt: attempt + 1 }
    }
    options.onChanged()
  }

  function defect(thrown: unknown): VitrineError {
    options.onDefect(thrown)
    return new VitrineError('internal', 'This failed because of a mistake in Vitrine. The log has the details.')
  }

  async function look(): Promise<void> {
    store ??= options.open()
    const { changed, unsettled } = await lookAtBucket(options, store)
    const budget = options.budgetBytes()
    if (budget !== null && !closed) await evictUndecided(options, store, budget)
    if (closed) return
    const now = clock.now()
    enqueueWaiting()
    // What asks for attention often is looked at often; a bucket where nothing happens costs a request a minute.
    pauseMs = changed || unsettled ? SHORTEST_LOOK_MS : Math.min(LONGEST_LOOK_MS, pauseMs * 2)
    lookAt = now + pauseMs
    lastLookAt = now
    if (link.state !== 'fine') link = { state: 'fine' }
    options.onChanged()
  }

  /** Every object that waits has a job, whatever a kill has left. */
  function enqueueWaiting(): void {
    for (const [state, jobs] of [
      ['waiting', takes],
      ['leaving', removals],
    ] as const) {
      for (let after: string | undefined = ''; after !== undefined; ) {
        const page: readonly WorkspaceObject[] = catalog.workspaceObjects.ofState(remoteId, state, after, PAGE)
        jobs.enqueue(page.filter(({ key }) => !jobs.has(key)).map(jobOf))
        after = page.length < PAGE ? undefined : page.at(-1)?.key
      }
    }
  }

  /** One look at everything. Returns when to look again, null for "when something changes". */
  async function turn(): Promise<number | null> {
    if (options.isPaused() || link.state === 'stopped') return null
    if (link.state === 'offline' && link.nextAt > clock.now()) return link.nextAt
    if (!resumed) {
      await options.arrivals.resume()
      resumed = true
    }
    if (lookAt <= clock.now() || link.state === 'offline') await look()
    if (store === null || closed) return null
    const now = clock.now()
    if (departuresAt !== null && departuresAt <= now) departuresAt = (await removals.plan()) ? now : null
    if (holdUntil > now) return holdUntil
    takes.fill(store)
    removals.fill(store)
    return Math.min(lookAt, ...[departuresAt, takes.nextAt(), removals.nextAt()].filter((at) => at !== null))
  }

  function isIdle(): boolean {
    if (takes.size + removals.size > 0) return false
    if (link.state !== 'fine' || options.isPaused()) return link.state !== 'offline' || link.attempt > 0
    if (departuresAt !== null || lookAt <= clock.now()) return false
    const soon = clock.now() + ONCE_HORIZON_MS
    if (holdUntil > clock.now()) return holdUntil > soon
    return [takes.nextAt(), removals.nextAt()].every((at) => at === null || at > soon)
  }

  async function run(): Promise<void> {
    while (!closed) {
      alarm.arm()
      let next: number | null = null
      try {
        next = await turn()
      } catch (thrown) {
        failed(thrown)
        next = link.state === 'offline' ? link.nextAt : null
      }
      if (!alarm.rung && isIdle()) for (const resolve of idleWaiters.splice(0)) resolve()
      if (!closed) await alarm.sleepUntil(next)
    }
  }

  function start(): void {
    if (!closed) running ??= run()
  }

  function now(): void {
    link = { state: 'fine' }
    holdUntil = 0
    lookAt = 0
    pauseMs = SHORTEST_LOOK_MS
    departuresAt = clock.now()
    // Names and rules have not changed by being asked again.
    catalog.workspaceObjects.reconsider(remoteId, ['name_invalid', 'remote_policy'], 'others')
    takes.retry()
    removals.retry()
    alarm.ring()
  }

  function jobOf({ key, modifiedAt }: WorkspaceObject): { readonly key: string; readonly priority: number } {
    // The newest first: it is what somebody waits for.
    return { key, priority: Math.floor((modifiedAt ?? 0) / 1000) }
  }

  return {
    start,
    now,
    changed() {
      // While much is changed, not after each of it.
      if (departuresAt !== null) return
      departuresAt = clock.now() + GATHER_MS
      alarm.ring()
    },
    policyChanged() {
      catalog.workspaceObjects.reconsider(remoteId, ['remote_policy'], 'these')
      lookAt = 0
      alarm.ring()
    },
    async once() {
      const before = arrived
      start()
      now()
      if (!closed) {
        await new Promise<void>((resolve) => {
          idleWaiters.push(resolve)
        })
      }
      return { arrived: arrived - before, problem: link.state === 'fine' ? null : link.error }
    },
    state() {
      const parked = removals.whyParked()
      const message = link.state === 'fine' ? parked : link.error.message
      const busy = takes.size + removals.size > 0
      return {
        state: options.isPaused()
          ? 'paused'
          : link.state === 'fine'
            ? parked !== null
              ? 'attention'
              : busy
                ? 'working'
                : 'up-to-date'
            : link.state === 'offline'
              ? 'offline'
              : 'attention',
        message,
        lastLookAt: lastLookAt === null ? null : new Date(lastLookAt).toISOString(),
        nextAttemptAt: link.state === 'offline' ? new Date(link.nextAt).toISOString() : null,
      }
    },
    async close() {
      closed = true
      store?.close()
      await Promise.all([takes.stopAll(), removals.stopAll()])
      alarm.ring()
      await running
      for (const resolve of idleWaiters.splice(0)) resolve()
    },
  }
}
