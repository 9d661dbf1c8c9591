import { useCallback, useEffect, useState } from 'react'
import type { RequestInput } from '../../../shared/contract/requests.ts'
import type { Verification } from '../../../shared/domain/verification.ts'
import { messageOf, request } from '../../api/client.ts'

const LOOK_MS = 400

export interface CheckState {
  /** Null until the first answer. */
  readonly state: Verification | null
  readonly error: string | null
  start(options: RequestInput<'verify.start'>): void
  cancel(): void
}

/** How the check of the library stands, looked at while it runs. It goes on when nobody looks. */
export function useVerification(): CheckState {
  const [state, setState] = useState<Verification | null>(null)
  const [error, setError] = useState<string | null>(null)

  const follow = useCallback((asked: Promise<Verification>) => {
    asked.then(
      (answer) => {
        setState(answer)
        setError(null)
      },
      (thrown: unknown) => setError(messageOf(thrown)),
    )
  }, [])

  useEffect(() => follow(request('verify.state')), [follow])
  const running = state?.state === 'running'
  useEffect(() => {
    if (!running) return
    const timer = setInterval(() => follow(request('verify.state')), LOOK_MS)
    return () => clearInterval(timer)
  }, [running, follow])

  return {
    state,
    error,
    start: (options) => follow(request('verify.start', options)),
    cancel: () => follow(request('verify.cancel')),
  }
}
