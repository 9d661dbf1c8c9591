import type { transferRequests } from '../../../shared/contract/requests/transferRequests.ts'
import type { EngineParts, Handlers } from './engineParts.ts'

/** Answers the requests of `transferRequests`. */
export function transferHandlers({ sync: { transfers } }: EngineParts): Handlers<typeof transferRequests> {
  return {
    'transfers.list': () => [...transfers.list()],
    'transfers.cancel': ({ id }) => transfers.cancel(id),
    'transfers.settings': () => transfers.settings(),
    'transfers.configure': (change) => transfers.configure(change),
    'transfers.conditions': (conditions) => transfers.setConditions(conditions),
  }
}
