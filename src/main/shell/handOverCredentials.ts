import { z } from 'zod'
import { remoteSchema } from '../../shared/domain/remote.ts'
import type { CredentialStore } from './credentials.ts'
import type { Log } from './log.ts'

interface Engine {
  request(name: string, input: unknown): Promise<unknown>
}

/**
 * Gives an engine that has just opened its library the keys of its remotes: it holds them in memory only. A remote
 * whose keys it does not take stays without, and says so itself; the others still get theirs.
 */
export async function handOverCredentials(engine: Engine, store: CredentialStore, log: Log): Promise<void> {
  try {
    const remotes = z.array(remoteSchema).parse(await engine.request('remotes.list', undefined))
    for (const { id } of remotes) {
      const credentials = store.get(id)
      if (credentials === undefined) continue
      await engine
        .request('remotes.setCredentials', { id, credentials })
        .catch((error: unknown) => log.warn('credentials', `The keys of remote ${id} were not taken`, error))
    }
  } catch (error) {
    log.warn('credentials', 'The keys could not be handed to the engine', error)
  }
}
