import { useEffect, useState } from 'react'
import type { RemoteId } from '../../../shared/domain/ids.ts'
import type { WorkspaceRemoteState } from '../../../shared/domain/workspaceRemote.ts'
import { reportFailedRead } from '../../actions/mutate.ts'
import { request } from '../../api/client.ts'
import { useLibrary } from '../../queries/library.ts'

const LOOK_MS = 5000

/** The buckets that generators write to, by remote. Looked at again while it is shown, and whenever sync says something. */
export function useWorkspaceRemotes(remotes: unknown): ReadonlyMap<RemoteId, WorkspaceRemoteState> {
  const [states, setStates] = useState<ReadonlyMap<RemoteId, WorkspaceRemoteState>>(new Map())
  const sync = useLibrary((library) => library.sync)
  // biome-ignore lint/correctness/useExhaustiveDependencies: they say when to look, not at what.
  useEffect(() => {
    let current = true
    const look = () =>
      request('workspace.remotes').then(
        (found) => current && setStates(new Map(found.map((state) => [state.id, state]))),
        (thrown: unknown) => current && reportFailedRead(thrown),
      )
    void look()
    const timer = setInterval(() => void look(), LOOK_MS)
    return () => {
      current = false
      clearInterval(timer)
    }
  }, [sync, remotes])
  return states
}
