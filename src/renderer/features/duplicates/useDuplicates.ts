import { useCallback, useEffect, useState } from 'react'
import type { DuplicateGroup, Duplicates } from '../../../shared/domain/duplicate.ts'
import { request, subscribe } from '../../api/client.ts'

/** After a change of the library the groups are asked for again, but not while one change follows the other. */
const SETTLE_MS = 800

export interface FoundDuplicates {
  /** Null until the first answer. */
  readonly found: Duplicates | null
  readonly error: unknown
  /** Takes a group from sight at once; the engine's next answer has it or not. */
  hide(group: DuplicateGroup): void
  look(): void
}

/** The groups of duplicates, kept in step with the library while they are on screen. */
export function useDuplicates(): FoundDuplicates {
  const [found, setFound] = useState<Duplicates | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [turn, setTurn] = useState(0)
  const look = useCallback(() => setTurn((last) => last + 1), [])

  // biome-ignore lint/correctness/useExhaustiveDependencies: each turn is another look
  useEffect(() => {
    let current = true
    request('duplicates.find').then(
      (answer) => {
        if (!current) return
        setFound(answer)
        setError(null)
      },
      (thrown: unknown) => current && setError(thrown),
    )
    return () => {
      current = false
    }
  }, [turn])

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const stop = subscribe('catalog.changed', () => {
      clearTimeout(timer)
      timer = setTimeout(look, SETTLE_MS)
    })
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [look])

  const hide = useCallback((group: DuplicateGroup) => {
    setFound((last) =>
      last === null
        ? null
        : { ...last, total: last.total - 1, groups: last.groups.filter(({ key }) => key !== group.key) },
    )
  }, [])
  return { found, error, hide, look }
}
