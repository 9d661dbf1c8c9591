import type { FromEngine } from '../../../shared/contract/wire.ts'
import type { PosterFrame } from '../../../shared/domain/posterFrame.ts'
import type { PosterFrames } from '../ports.ts'

/** The shell has a limit of its own; past this it is not there any more, or does not know the question. */
const PATIENCE_MS = 120_000

/** Frames that the shell's hidden window draws, asked for over the channel to the shell. */
export interface ShellPosterFrames extends PosterFrames {
  /** An answer has come; one to a question that nobody waits for is dropped. */
  receive(id: number, frame: PosterFrame): void
}

export function createShellPosterFrames(send: (message: FromEngine) => void): ShellPosterFrames {
  const waiting = new Map<number, (frame: PosterFrame) => void>()
  let lastId = 0
  return {
    capture(assetId) {
      const id = ++lastId
      return new Promise((resolve) => {
        const timer = setTimeout(() => end({ ok: false, reason: 'unavailable', message: 'No answer.' }), PATIENCE_MS)
        timer.unref()
        const end = (frame: PosterFrame) => {
          clearTimeout(timer)
          waiting.delete(id)
          resolve(frame)
        }
        waiting.set(id, end)
        send({ type: 'capture', id, assetId })
      })
    },
    receive: (id, frame) => waiting.get(id)?.(frame),
  }
}
