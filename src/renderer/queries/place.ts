import type { View } from '../../shared/domain/query.ts'
import { MISSING, useBrowse } from '../state/browse.ts'
import { frame } from '../strings/frame.ts'
import { type LibraryState, useLibrary } from './library.ts'

/** What a person calls a view. */
export function placeName(
  view: View,
  { collections, archived, jobs }: Pick<LibraryState, 'collections' | 'archived' | 'jobs'>,
): string {
  switch (view.kind) {
    case 'workspace':
      return view.jobId === undefined
        ? frame.workspace
        : (jobs.find(({ id }) => id === view.jobId)?.folder ?? frame.workspace)
    case 'library':
      return frame.allAssets
    case 'favorites':
      return frame.favorites
    case 'recent':
      return frame.recent
    case 'untagged':
      return frame.untagged
    case 'trash':
      return frame.trash
    case 'everything':
      return frame.everything
    case 'collection':
      return [...collections, ...archived].find(({ id }) => id === view.collectionId)?.name ?? frame.collections
  }
}

/** The name of the place that the window shows. */
export function usePlaceName(): string {
  const view = useBrowse((browse) => browse.view)
  const missing = useBrowse((browse) => browse.view.kind === 'everything' && browse.text.trim() === MISSING)
  const name = useLibrary((library) => placeName(view, library))
  return missing ? frame.missing : name
}
