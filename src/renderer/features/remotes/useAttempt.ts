import { useState } from 'react'
import { messageOf } from '../../api/client.ts'

export interface Attempt {
  readonly busy: boolean
  /** What went wrong the last time, for a person to read; null when nothing did. */
  readonly error: string | null
  start(): void
}

/** Does what a dialog asked about. A failure leaves the dialog open, so that it can be tried again. */
export function useAttempt(work: () => Promise<unknown>, onDone: () => void): Attempt {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const attempt = async () => {
    setBusy(true)
    try {
      await work()
      onDone()
    } catch (thrown) {
      setBusy(false)
      setError(messageOf(thrown))
    }
  }
  return { busy, error, start: () => void attempt() }
}
