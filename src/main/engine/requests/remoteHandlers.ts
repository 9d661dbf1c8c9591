import type { remoteRequests } from '../../../shared/contract/requests/remoteRequests.ts'
import type { workspaceRequests } from '../../../shared/contract/requests/workspaceRequests.ts'
import type { EngineParts, Handlers } from './engineParts.ts'

/** Answers the requests of `remoteRequests` and `workspaceRequests`. */
export function remoteHandlers({ sync }: EngineParts): Handlers<typeof remoteRequests & typeof workspaceRequests> {
  return {
    'remotes.list': () => sync.remotes.list(),
    'remotes.test': (draft) => sync.remotes.test(draft),
    'remotes.probe': ({ id }) => sync.remotes.probe(id),
    'remotes.add': (draft) => sync.remotes.add(draft),
    'remotes.onlyThere': ({ id }) => sync.remotes.onlyThere(id),
    'remotes.fetchOnlyThere': ({ id }) => sync.fetchOnlyThere(id),
    'remotes.remove': ({ id, leave }) => sync.remotes.remove(id, leave),
    'remotes.setCredentials': ({ id, credentials }) => sync.remotes.setCredentials(id, credentials),
    'remotes.unlock': ({ id, key }) => sync.remotes.unlock(id, key),
    'remotes.changePassphrase': ({ id, passphrase }) => sync.remotes.changePassphrase(id, passphrase),
    'remotes.key': ({ id }) => ({ key: sync.remotes.keyOf(id) }),
    'remotes.recovery': ({ id, path }) => sync.remotes.writeRecovery(id, path),
    'sync.status': () => sync.status(),
    'sync.now': () => sync.now(),
    'sync.pause': ({ paused }) => sync.pause(paused),
    'sync.retry': (input) => sync.retry(input.assets),
    'sync.once': () => sync.once(),
    'workspace.remotes': () => sync.workspaceRemotes(),
  }
}
