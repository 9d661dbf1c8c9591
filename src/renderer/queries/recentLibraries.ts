import { useEffect, useState } from 'react'
import type { RequestOutput } from '../../shared/contract/requests.ts'
import { request } from '../api/client.ts'

export type RecentLibraries = RequestOutput<'shell.recentLibraries'>

/** What was open lately, without the library at `except`; null until that is known. `version` asks again. */
export function useRecentLibraries(except: string | null, version: unknown = null): RecentLibraries | null {
  const [recent, setRecent] = useState<RecentLibraries | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version is what asks again
  useEffect(() => {
    let current = true
    request('shell.recentLibraries').then(
      (libraries) => current && setRecent(libraries.filter(({ path }) => path !== except)),
      () => current && setRecent([]),
    )
    return () => {
      current = false
    }
  }, [except, version])
  return recent
}
