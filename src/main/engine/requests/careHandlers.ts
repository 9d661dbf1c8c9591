import type { careRequests } from '../../../shared/contract/requests/careRequests.ts'
import { changeCareSettings } from '../sync/care/careSettings.ts'
import type { EngineParts, Handlers } from './engineParts.ts'

/** Answers the requests of `careRequests`. */
export function careHandlers({ catalog, sync, scrubber }: EngineParts): Handlers<typeof careRequests> {
  const status = () => ({ ...sync.care.status(), scrub: scrubber.state() })
  return {
    'care.status': status,
    'care.configure': (change) => {
      changeCareSettings(catalog, change)
      sync.care.changed()
      scrubber.poke()
      return status()
    },
    'originals.evict': ({ ids }) => sync.care.evict(ids),
    'originals.shrink': ({ budgetBytes }) => sync.care.shrink(budgetBytes),
    'originals.used': ({ ids }) => sync.care.noteUse(ids),
    'collections.pin': ({ id, pinned }) => {
      sync.care.setPinned(id, pinned)
      return status()
    },
    'scrub.start': () => scrubber.begin(),
  }
}
