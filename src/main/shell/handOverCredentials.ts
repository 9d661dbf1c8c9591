import { z } from 'zod'
import { remoteSchema } from '../../shared/domain/remote.ts'
import type { CredentialStore } from './credentials.ts'
import type { Log } from './log.ts'
import type { RemoteKeyStore } from './remoteKeys.ts'

interface Engine {
  request(name: string, input: unknown): Promise<unknown>
}

/**
 * Gives an engine that has just opened its library the keys of its remotes, and what opens those that are encrypted: it holds both in memory only. A remote
 * whose keys it does not take stays without, and says so itself; the others still get theirs.
 */
export async function handOverCredentials(
  engine: Engine,
  store: CredentialStore,
  keys: Pick<RemoteKeyStore, 'get'>,
  log: Log,
): Promise<void> {
  const hand = (id: string, name: string, input: object): Promise<unknown> =>
    engine
      .request(name, { id, ...input })
      .catch((error: unknown) => log.warn('credentials', `The keys of remote ${id} were not taken`, error))
  try {
    const remotes = z.array(remoteSchema).parse(await engine.request('remotes.list', undefined))
    for (const { id } of remotes) {
      const credentials = store.get(id)
      const key = keys.get(id)
      if (credentials !== undefined) await hand(id, 'remotes.setCredentials', { credentials })
      if (key !== undefined) await hand(id, 'remotes.unlock', { key })
    }
  } catch (error) {
    log.warn('credentials', 'The keys could not be handed to the engine', error)
  }
}
