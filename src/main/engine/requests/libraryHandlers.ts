import type { libraryRequests } from '../../../shared/contract/requests/libraryRequests.ts'
import { stepwise } from '../library/inParts.ts'
import type { EngineParts, Handlers } from './engineParts.ts'

/** Answers the requests of `libraryRequests`. */
export function libraryHandlers(parts: EngineParts): Handlers<typeof libraryRequests> {
  const { catalog, now } = parts
  const { history } = catalog
  return {
    'library.info': () => parts.info(),
    'library.counts': () => parts.reader.counts(now()),
    'library.stats': () => parts.reader.stats(),
    'history.undo': () => stepwise(catalog, () => history.undoSteps(now()), 'undo'),
    'history.redo': () => stepwise(catalog, () => history.redoSteps(now()), 'redo'),
    'history.list': ({ limit }) => [...history.list(limit)],
  }
}
