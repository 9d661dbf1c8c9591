import type { EngineState } from '../../shared/contract/requests/shellRequests.ts'
import type { CareStatus } from '../../shared/domain/cloudCare.ts'
import type { ImportSummary } from '../../shared/domain/import.ts'
import type { SyncStatus } from '../../shared/domain/remote.ts'

/** What a person who looks at something else should know. */
export interface Notice {
  readonly title: string
  readonly body: string
  /** The command of the window that leads to where something can be done; null when showing it is enough. */
  readonly command: string | null
}

/**
 * What there is to say of imports: those that have just ended with failures, and those that can't go on.
 * @param since when this program began to listen (milliseconds)
 */
export function importNotices(
  before: readonly ImportSummary[],
  now: readonly ImportSummary[],
  since: number,
): Notice[] {
  const notices: Notice[] = []
  for (const current of now) {
    const last = before.find(({ id }) => id === current.id)
    // One that began before this program listened and was over when it first heard of it is old news; a short one is not.
    if (last === undefined && Date.parse(current.startedAt) < since) continue
    if (
      (last === undefined || isRunning(last)) &&
      !isRunning(current) &&
      current.state !== 'cancelled' &&
      current.failed > 0
    ) {
      const { failed, imported } = current
      notices.push({
        title: `${files(failed)} could not be taken in`,
        body: `${files(imported)} ${imported === 1 ? 'is' : 'are'} in the library. The list in Vitrine gives the reasons.`,
        command: null,
      })
    }
    if (current.problem !== null && last?.problem?.code !== current.problem.code) {
      notices.push({ title: 'An import has to wait', body: current.problem.message, command: null })
    }
  }
  return notices
}

/** What there is to say of synchronising: that it has come to need a person. */
export function syncNotices(before: SyncStatus | null, now: SyncStatus): Notice[] {
  if (before === null || before.state === 'attention' || now.state !== 'attention') return []
  const { attention, conflicts, stopped, message } = now
  const things = attention + conflicts + stopped
  return [
    {
      title: things > 1 ? `Sync needs you: ${things} things` : 'Sync needs you',
      body: message ?? 'The sync centre says what to do.',
      command: 'remotes',
    },
  ]
}

/** What there is to say of the files: that a round of looking at all of them found what it could not repair. */
export function careNotices(before: CareStatus | null, now: CareStatus): Notice[] {
  const { last, round } = now.scrub
  const hasEnded = before !== null && before.scrub.round !== null && round === null
  if (!hasEnded || last === null || last.unrepaired === 0) return []
  return [
    {
      title: `${files(last.unrepaired)} could not be repaired`,
      body: 'Neither this computer nor the bucket has a sound copy. The storage view names them.',
      command: 'view-storage',
    },
  ]
}

/** What there is to say of the library: that it went away, or can't be opened again. */
export function engineNotices(before: EngineState, now: EngineState): Notice[] {
  const worked = before.state === 'ready' || before.state === 'restarting'
  if (!worked) return []
  if (now.state === 'missing') {
    return [
      {
        title: 'The library is not there any more',
        body: `Connect its disk again, and Vitrine goes on by itself: ${now.path}`,
        command: null,
      },
    ]
  }
  if (now.state === 'failed') return [{ title: 'The library had to be closed', body: now.message, command: null }]
  return []
}

function isRunning({ state }: ImportSummary): boolean {
  return state === 'counting' || state === 'running' || state === 'cancelling'
}

function files(count: number): string {
  return count === 1 ? '1 file' : `${count} files`
}
