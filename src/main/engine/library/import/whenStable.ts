import { VitrineError } from '../../../../shared/contract/errors.ts'
import type { Clock } from '../../ports.ts'

/** Waits before a file that another program writes is tried again, milliseconds. */
const CHANGING_RETRY_MS = [200, 400, 800, 1600]

/** Reads a file again and again for a few seconds while another program still writes it. Rejects as `read` does. */
export async function whenStable<T>(clock: Clock, signal: AbortSignal, read: () => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await read()
    } catch (error) {
      const wait = CHANGING_RETRY_MS[attempt]
      const mayRetry = error instanceof VitrineError && error.code === 'file_changing' && wait !== undefined
      if (!mayRetry) throw error
      await pause(clock, wait, signal)
    }
  }
}

function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const stop = (): void => {
      cancel()
      resolve()
    }
    const cancel = clock.after(ms, () => {
      signal.removeEventListener('abort', stop)
      resolve()
    })
    signal.addEventListener('abort', stop, { once: true })
  })
}
