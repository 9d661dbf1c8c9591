import type { lifecycleRequests } from '../../../shared/contract/requests/lifecycleRequests.ts'
import type { EngineParts, Handlers } from './engineParts.ts'

/** Answers the requests of `lifecycleRequests`. */
export function lifecycleHandlers({ lifecycle }: EngineParts): Handlers<typeof lifecycleRequests> {
  return {
    'lifecycle.policy': () => lifecycle.policy(),
    'lifecycle.configure': (change) => lifecycle.configure(change),
    'lifecycle.status': () => lifecycle.status(),
    'workspace.expire': ({ now, force }) =>
      lifecycle.expire({ force, ...(now !== undefined && { at: Date.parse(now) }) }),
    'workspace.keepLonger': ({ assets, days }) => lifecycle.keepLonger(assets, days),
    'workspace.sessions': () => [...lifecycle.sessions()],
    'workspace.discardRest': (of) => lifecycle.discardRest(of),
    'trash.empty': ({ confirmed }) => lifecycle.emptyTrash(confirmed),
    'trash.purge': ({ assets, confirmed }) => lifecycle.purge(assets, confirmed),
  }
}
