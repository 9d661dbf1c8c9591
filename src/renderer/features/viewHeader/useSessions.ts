import { useEffect } from 'react'
import { create } from 'zustand'
import type { WorkspaceSession } from '../../../shared/domain/lifecycle.ts'
import { reportFailedRead } from '../../actions/mutate.ts'
import { request, subscribe } from '../../api/client.ts'
import { LatestOnly } from '../../queries/latestOnly.ts'

/** Kept when the Workspace is left, so that nothing flickers when a person comes back. */
const useStore = create<{ readonly sessions: readonly WorkspaceSession[] }>()(() => ({ sessions: [] }))
const loading = new LatestOnly(async () => {
  useStore.setState({ sessions: await request('workspace.sessions') })
}, reportFailedRead)

/** What arrived in the Workspace together, the latest first; in step with the library while it is on screen. */
export function useSessions(): readonly WorkspaceSession[] {
  useEffect(() => {
    loading.request(true)
    return subscribe('catalog.changed', ({ membership }) => {
      if (membership) loading.request()
    })
  }, [])
  return useKnownSessions()
}

/** The same as they were last loaded, without asking for them. */
export function useKnownSessions(): readonly WorkspaceSession[] {
  return useStore((store) => store.sessions)
}
