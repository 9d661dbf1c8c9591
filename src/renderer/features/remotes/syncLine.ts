import type { SyncStatus } from '../../../shared/domain/remote.ts'

/** The state of synchronising in the terms a person asks in; the words are in strings/remotes.ts. */
export type SyncLine =
  | { readonly kind: 'none' }
  | { readonly kind: 'up-to-date'; readonly lastSuccessAt: string | null }
  | {
      readonly kind: 'uploading'
      readonly left: number
      readonly bytesPerSecond: number
      /** Null while the rate is not known yet. */
      readonly secondsLeft: number | null
      /** From 0 to 1; null while nothing has been sent. */
      readonly share: number | null
    }
  | { readonly kind: 'offline'; readonly waiting: number; readonly secondsToNext: number | null }
  | { readonly kind: 'paused'; readonly waiting: number }
  | { readonly kind: 'attention'; readonly count: number; readonly waiting: number }

/** Below this rate an estimate says nothing. */
const SLOWEST_BYTES_PER_SECOND = 100

/** What the sync centre says at `now` (ms since the epoch). */
export function syncLine(status: SyncStatus, now: number): SyncLine {
  const left = status.waiting + status.uploading
  switch (status.state) {
    case 'no-remote':
      return { kind: 'none' }
    case 'up-to-date':
      return { kind: 'up-to-date', lastSuccessAt: status.lastSuccessAt }
    case 'working': {
      const known = status.bytesPerSecond >= SLOWEST_BYTES_PER_SECOND && status.bytesWaiting > 0
      const secondsLeft = known ? status.bytesWaiting / status.bytesPerSecond : null
      const share = status.bytesSent > 0 ? status.bytesSent / (status.bytesSent + status.bytesWaiting) : null
      return { kind: 'uploading', left, bytesPerSecond: status.bytesPerSecond, secondsLeft, share }
    }
    case 'offline': {
      const next = status.nextAttemptAt === null ? null : (Date.parse(status.nextAttemptAt) - now) / 1000
      return { kind: 'offline', waiting: left, secondsToNext: next === null ? null : Math.max(0, next) }
    }
    case 'paused':
      return { kind: 'paused', waiting: left }
    case 'attention':
      return { kind: 'attention', count: status.attention + status.conflicts + status.stopped, waiting: left }
  }
}
