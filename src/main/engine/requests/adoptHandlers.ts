import type { adoptRequests } from '../../../shared/contract/requests/adoptRequests.ts'
import type { EngineParts, Handlers } from './engineParts.ts'

/** Answers the requests of `adoptRequests`. */
export function adoptHandlers({ sync, importer, startMedia }: EngineParts): Handlers<typeof adoptRequests> {
  return {
    'remotes.survey': ({ id }) => sync.adoption.survey(id),
    'remotes.adopt': ({ id, keep, organise }) => {
      startMedia()
      // What is read goes on to thumbnails in the bucket and makes room for the next.
      sync.start()
      return importer.adopt(id, { keep, organise })
    },
  }
}
