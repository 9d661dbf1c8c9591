import type { shareRequests } from '../../../shared/contract/requests/shareRequests.ts'
import type { EngineParts, Handlers } from './engineParts.ts'

/** Answers the requests of `shareRequests`. */
export function shareHandlers({ sync: { shares } }: EngineParts): Handlers<typeof shareRequests> {
  return {
    'shares.check': ({ id }) => shares.check(id),
    'shares.create': (input) => shares.create(input),
    'shares.list': ({ id }) => [...shares.list(id)],
    'shares.revoke': ({ id }) => shares.revoke(id),
  }
}
