import { syncWords as words } from '../../strings/remotes.ts'
import type { SyncLine } from './syncLine.ts'

/** One line for the state of synchronising. */
export function syncHeadline(line: SyncLine): string {
  switch (line.kind) {
    case 'none':
      return words.none
    case 'up-to-date':
      return words.upToDate
    case 'uploading':
      return words.uploading(line.left)
    case 'offline':
      return words.offline(line.waiting)
    case 'paused':
      return words.paused(line.waiting)
    case 'attention':
      return words.attention(line.count)
  }
}

/** What more there is to say about that state. */
export function syncDetail(line: SyncLine): string {
  switch (line.kind) {
    case 'none':
      return words.noneDetail
    case 'up-to-date':
      return line.lastSuccessAt === null
        ? words.upToDateDetail
        : `${words.upToDateDetail} ${words.lastChange(line.lastSuccessAt)}`
    case 'uploading': {
      const parts: string[] = []
      if (line.bytesPerSecond > 0) parts.push(words.rate(line.bytesPerSecond))
      if (line.secondsLeft !== null) parts.push(words.timeLeft(line.secondsLeft))
      return parts.length === 0 ? words.starting : parts.join(' · ')
    }
    case 'offline':
      return `${nextTry(line.secondsToNext)} ${words.offlineSafe}`
    case 'paused':
      return words.pausedDetail
    case 'attention':
      return line.waiting === 0 ? words.attentionRest : words.attentionWaiting(line.waiting)
  }
}

function nextTry(seconds: number | null): string {
  if (seconds === null) return words.tryLater
  return seconds < 1 ? words.tryingNow : words.nextTry(seconds)
}
