import { useCallback, useEffect, useState } from 'react'
import type { StorageUsage } from '../../../shared/domain/storage.ts'
import { request, subscribe } from '../../api/client.ts'

/** Adding up takes seconds in a very large library: after a change it is done again once nothing more changes. */
const SETTLE_MS = 2_000

export interface StorageState {
  /** Null until the first answer; stays while the next one is on its way. */
  readonly usage: StorageUsage | null
  readonly error: unknown
  readonly looking: boolean
  look(): void
}

/** What takes how much, kept in step with the library while it is on screen. */
export function useStorage(): StorageState {
  const [usage, setUsage] = useState<StorageUsage | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [looking, setLooking] = useState(true)
  const [turn, setTurn] = useState(0)
  const look = useCallback(() => setTurn((last) => last + 1), [])

  // biome-ignore lint/correctness/useExhaustiveDependencies: each turn is another look
  useEffect(() => {
    let current = true
    setLooking(true)
    request('storage.usage').then(
      (answer) => {
        if (!current) return
        setUsage(answer)
        setError(null)
        setLooking(false)
      },
      (thrown: unknown) => {
        if (!current) return
        setError(thrown)
        setLooking(false)
      },
    )
    return () => {
      current = false
    }
  }, [turn])

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const later = () => {
      clearTimeout(timer)
      timer = setTimeout(look, SETTLE_MS)
    }
    const stops = [
      subscribe('catalog.changed', later),
      subscribe('storage.changed', later),
      subscribe('lifecycle.changed', later),
    ]
    return () => {
      clearTimeout(timer)
      for (const stop of stops) stop()
    }
  }, [look])

  return { usage, error, looking, look }
}
