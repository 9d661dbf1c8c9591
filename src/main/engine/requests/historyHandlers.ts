import type { historyRequests } from '../../../shared/contract/requests/historyRequests.ts'
import { assetActivity, undoEntry } from '../library/history/assetActivity.ts'
import type { EngineParts, Handlers } from './engineParts.ts'

/** Answers the requests of `historyRequests`. */
export function historyHandlers({ catalog, folder, now }: EngineParts): Handlers<typeof historyRequests> {
  return {
    'history.forAsset': ({ id, before, limit }) => assetActivity(catalog, folder, id, limit, before ?? null),
    'history.undoEntry': ({ id, activityId }) => undoEntry(catalog, id, activityId, now()),
  }
}
