import type { libraryRequests } from '../../../shared/contract/requests/libraryRequests.ts'
import type { EngineParts, Handlers } from './engineParts.ts'

/** Answers the requests of `libraryRequests`. */
export function libraryHandlers(parts: EngineParts): Handlers<typeof libraryRequests> {
  const { catalog, now } = parts
  const { history } = catalog
  return {
    'library.info': () => parts.info(),
    'library.counts': () => catalog.counts(now()),
    'library.stats': () => catalog.stats(),
    'history.undo': () => history.undo(now()),
    'history.redo': () => history.redo(now()),
    'history.list': ({ limit }) => [...history.list(limit)],
  }
}
