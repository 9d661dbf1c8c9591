import { VitrineError } from '../../../../shared/contract/errors.ts'

/** Lets so many in at a time, in the order in which they came. */
export interface Room {
  /** Resolves, when there is room, with what makes room again. Rejects with `cancelled`. */
  enter(signal: AbortSignal | undefined): Promise<() => void>
}

export function roomFor(most: number): Room {
  let free = most
  const waiting = new Set<() => void>()

  /** The place of whoever leaves is the next one's at once, so nobody can slip in between. */
  function leave(): void {
    const [next] = waiting
    if (next === undefined) free++
    else next()
  }

  function wait(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const enter = (): void => {
        waiting.delete(enter)
        signal?.removeEventListener('abort', giveUp)
        resolve()
      }
      const giveUp = (): void => {
        waiting.delete(enter)
        reject(cancelled())
      }
      waiting.add(enter)
      signal?.addEventListener('abort', giveUp, { once: true })
    })
  }

  return {
    async enter(signal) {
      if (signal?.aborted) throw cancelled()
      if (free > 0) free--
      else await wait(signal)
      let left = false
      return () => {
        if (!left) leave()
        left = true
      }
    },
  }
}

function cancelled(): VitrineError {
  return new VitrineError('cancelled', 'The transfer was stopped.')
}
