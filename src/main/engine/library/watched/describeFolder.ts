import type { WatchedFolder } from '../../../../shared/domain/watchedFolder.ts'
import type { WatchedFolderRow } from '../../catalog/watchedFolders.repository.ts'

/**
 * A watched folder as a person is shown it. `seen`: files that a scan has looked at so far, null while none is under way.
 */
export function describeFolder(
  row: WatchedFolderRow,
  count: { readonly files: number; readonly missing: number } = { files: 0, missing: 0 },
  seen: number | null,
): WatchedFolder {
  const atRest = row.problem !== null ? 'away' : row.lastScanAt === null ? 'waiting' : 'up-to-date'
  return {
    ...count,
    id: row.folderId,
    path: row.path,
    space: row.space,
    state: seen !== null ? 'scanning' : atRest,
    progress: seen === null ? null : { seen, of: count.files },
    problem: row.problem,
    addedAt: new Date(row.addedAt).toISOString(),
    lastScanAt: row.lastScanAt === null ? null : new Date(row.lastScanAt).toISOString(),
  }
}
