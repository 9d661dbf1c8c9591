import { useCallback, useEffect, useState } from 'react'
import { VitrineError } from '../../../shared/contract/errors.ts'
import { messageOf, request, subscribe } from '../../api/client.ts'
import { useFirstRun } from './firstRunState.ts'

export interface OpenFailure {
  readonly code: string
  readonly message: string
  readonly path: string | null
}

interface OpenLibrary {
  /** What is being done now; the component goes away once the library is open. */
  readonly doing: 'creating' | 'opening' | null
  readonly failure: OpenFailure | null
  open(path: string, create: boolean): Promise<void>
  fail(failure: OpenFailure): void
}

/** Asks the shell for a library. A refusal may come as the answer or, once the engine has tried, as its new state. */
export function useOpenLibrary(before: OpenFailure | null): OpenLibrary {
  const [doing, setDoing] = useState<OpenLibrary['doing']>(null)
  const [failure, setFailure] = useState(before)

  const fail = useCallback((next: OpenFailure) => {
    setDoing(null)
    setFailure(next)
  }, [])

  useEffect(
    () =>
      subscribe('engine.state', (engine) => {
        if (engine.state === 'failed') fail({ code: engine.code, message: engine.message, path: engine.path })
      }),
    [fail],
  )

  // The window goes on to the library once there is one, and with that this question is answered.
  useEffect(() => () => useFirstRun.setState({ choosing: false }), [])

  const open = useCallback(
    async (path: string, create: boolean) => {
      useFirstRun.setState({ choosing: true })
      setFailure(null)
      setDoing(create ? 'creating' : 'opening')
      try {
        await request('shell.openLibrary', { path, create })
      } catch (thrown) {
        const code = thrown instanceof VitrineError ? thrown.code : 'internal'
        fail({ code, message: messageOf(thrown), path })
      }
    },
    [fail],
  )

  return { doing, failure, open, fail }
}
