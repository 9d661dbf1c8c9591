import { useEffect, useState } from 'react'
import type { WatchedFolder } from '../../../shared/domain/watchedFolder.ts'
import { reportFailedRead } from '../../actions/mutate.ts'
import { request, subscribe } from '../../api/client.ts'

/** The watched folders, in step with the engine while they are on screen. Null until the first answer. */
export function useWatchedFolders(): readonly WatchedFolder[] | null {
  const [folders, setFolders] = useState<readonly WatchedFolder[] | null>(null)
  useEffect(() => {
    const stop = subscribe('watchedFolders.changed', setFolders)
    request('watchedFolders.list').then(setFolders, reportFailedRead)
    return stop
  }, [])
  return folders
}
