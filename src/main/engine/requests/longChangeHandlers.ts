import type { longChangeRequests } from '../../../shared/contract/requests/longChangeRequests.ts'
import { longChangesOf } from '../library/longChanges.ts'
import type { EngineParts, Handlers } from './engineParts.ts'

/** Answers the requests of `longChangeRequests`. */
export function longChangeHandlers({ catalog }: EngineParts): Handlers<typeof longChangeRequests> {
  const changes = longChangesOf(catalog)
  return {
    'longChanges.list': () => [...changes.list()],
    'longChanges.cancel': ({ id }) => changes.cancel(id),
  }
}
