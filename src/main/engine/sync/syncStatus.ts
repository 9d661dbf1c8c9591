import type { SyncState } from '../../../shared/domain/asset.ts'
import type { SyncStatus } from '../../../shared/domain/remote.ts'

/** How the loop stands with the remote. Times are milliseconds since the Unix epoch. */
export type Link =
  | { readonly state: 'no-remote' }
  /** Not looked at since the start, since credentials changed, or since "sync now". */
  | { readonly state: 'unchecked' }
  | { readonly state: 'ready' }
  | { readonly state: 'offline'; readonly message: string; readonly nextAt: number; readonly attempt: number }
  | { readonly state: 'stopped'; readonly message: string }

export interface StatusFacts {
  readonly link: Link
  readonly paused: boolean
  /** Library assets that are not deleted, by state. */
  readonly counts: Readonly<Partial<Record<SyncState, { readonly assets: number; readonly bytes: number }>>>
  /** Uploads under way in this moment. */
  readonly inFlight: number
  /** Until when the server asked to wait, null when it did not. */
  readonly holdUntil: number | null
  /** When the next job is due, null when none is. */
  readonly nextJobAt: number | null
  readonly now: number
  readonly bytesPerSecond: number
  readonly bytesDownPerSecond: number
  /** Of the uploads under way, sent already. */
  readonly bytesUnderWay: number
  /** Sent since there was last nothing to send. */
  readonly bytesSent: number
  /** Why large files wait, null when they don't. */
  readonly largeWait: string | null
  readonly lastSuccessAt: number | null
  /** Edits that lost against one of another device. */
  readonly conflicts: number
  /** Changes of other devices that were taken over by the run that is under way, null when there is nothing to tell. */
  readonly reading: number | null
}

/** What the window shows about sync, from what the loop knows. Pure. */
export function syncStatus(facts: StatusFacts): SyncStatus {
  const of = (state: SyncState) => facts.counts[state] ?? { assets: 0, bytes: 0 }
  const hasRemote = facts.link.state !== 'no-remote'
  // Only what is really under way counts as uploading; the rest of it waits, whatever a crash left behind.
  const pending = of('queued').assets + of('uploading').assets + (hasRemote ? of('local').assets : 0)
  const uploading = Math.min(facts.inFlight, pending)
  const waiting = hasRemote ? pending - uploading : 0
  const bytesPending = hasRemote ? of('queued').bytes + of('uploading').bytes + of('local').bytes : 0
  const attention = of('error').assets + of('blocked').assets
  return {
    state: overall(facts, waiting + uploading, attention + facts.conflicts),
    waiting,
    uploading,
    synced: of('synced').assets + of('cloud-only').assets,
    attention,
    conflicts: facts.conflicts,
    // What is known of other devices is added where that is.
    stopped: 0,
    reading: facts.reading,
    bytesPerSecond: facts.inFlight > 0 ? Math.round(facts.bytesPerSecond) : 0,
    bytesDownPerSecond: Math.round(facts.bytesDownPerSecond),
    bytesWaiting: Math.max(0, bytesPending - facts.bytesUnderWay),
    bytesSent: waiting + uploading > 0 ? facts.bytesSent : 0,
    lastSuccessAt: facts.lastSuccessAt === null ? null : new Date(facts.lastSuccessAt).toISOString(),
    nextAttemptAt: nextAttempt(facts),
    message: message(facts, attention, waiting),
  }
}

function overall(facts: StatusFacts, unfinished: number, attention: number): SyncStatus['state'] {
  if (facts.link.state === 'no-remote') return 'no-remote'
  if (facts.paused) return 'paused'
  if (facts.link.state === 'stopped') return 'attention'
  if (facts.link.state === 'offline') return 'offline'
  if (unfinished > 0) return 'working'
  return attention > 0 ? 'attention' : 'up-to-date'
}

function nextAttempt({ link, paused, holdUntil, nextJobAt, inFlight, now }: StatusFacts): string | null {
  if (paused) return null
  const at = (time: number | null) => (time !== null && time > now ? new Date(time).toISOString() : null)
  if (link.state === 'offline') return at(link.nextAt)
  if (link.state !== 'ready') return null
  if (holdUntil !== null && holdUntil > now) return at(holdUntil)
  return inFlight === 0 ? at(nextJobAt) : null
}

function message(
  { link, paused, holdUntil, now, largeWait, conflicts }: StatusFacts,
  attention: number,
  waiting: number,
) {
  if (link.state === 'no-remote' || paused) return null
  if (link.state === 'offline' || link.state === 'stopped') return link.message
  if (holdUntil !== null && holdUntil > now) return 'The server asked to slow down.'
  if (largeWait !== null && waiting > 0) return largeWait
  if (attention === 0 && conflicts > 0)
    return conflicts === 1
      ? '1 edit lost against one of another device.'
      : `${conflicts} edits lost against those of another device.`
  if (attention === 0) return null
  return attention === 1 ? '1 asset could not be uploaded.' : `${attention} assets could not be uploaded.`
}
