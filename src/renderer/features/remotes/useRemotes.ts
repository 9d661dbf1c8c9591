import { useCallback, useEffect, useState } from 'react'
import type { Remote } from '../../../shared/domain/remote.ts'
import { messageOf, request } from '../../api/client.ts'

export interface Remotes {
  /** Null until the first answer. */
  readonly list: readonly Remote[] | null
  readonly error: string | null
  reload(): Promise<void>
}

/** The remotes of the library, asked for when the sync centre opens and after each change made in it. */
export function useRemotes(): Remotes {
  const [list, setList] = useState<readonly Remote[] | null>(null)
  const [error, setError] = useState<string | null>(null)

  const reload = useCallback(async () => {
    try {
      setList(await request('remotes.list'))
      setError(null)
    } catch (thrown) {
      setError(messageOf(thrown))
    }
  }, [])

  useEffect(() => {
    void reload()
  }, [reload])

  return { list, error, reload }
}
