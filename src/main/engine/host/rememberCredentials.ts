import { VitrineError } from '../../../shared/contract/errors.ts'
import type { EngineRequestName, RequestInput, RequestOutput } from '../../../shared/contract/requests.ts'
import type { RemoteId } from '../../../shared/domain/ids.ts'
import type { Credentials } from '../../../shared/domain/remote.ts'

/**
 * An engine keeps credentials in memory only, so they end with the owner of the library. What this process has handed
 * to one owner it hands to the next.
 */
export interface RememberedCredentials {
  /** Called with each request that succeeded. */
  note<N extends EngineRequestName>(name: N, input: RequestInput<N>, output: RequestOutput<N>): void
  replay(request: (name: 'remotes.setCredentials', input: unknown) => Promise<unknown>): Promise<void>
}

type RemoteRequest = {
  readonly [N in Extract<EngineRequestName, `remotes.${string}`>]: {
    readonly name: N
    readonly input: RequestInput<N>
    readonly output: RequestOutput<N>
  }
}[Extract<EngineRequestName, `remotes.${string}`>]

export function rememberCredentials(): RememberedCredentials {
  const known = new Map<RemoteId, Credentials>()

  return {
    note(name, input, output) {
      if (!name.startsWith('remotes.')) return
      const done = { name, input, output } as RemoteRequest
      if (done.name === 'remotes.add' && done.input.credentials) known.set(done.output.id, done.input.credentials)
      if (done.name === 'remotes.remove') known.delete(done.input.id as RemoteId)
      if (done.name === 'remotes.setCredentials') {
        const id = done.input.id as RemoteId
        if (done.input.credentials) known.set(id, done.input.credentials)
        else known.delete(id)
      }
    },
    async replay(request) {
      for (const [id, credentials] of known) {
        try {
          await request('remotes.setCredentials', { id, credentials })
        } catch (error) {
          // Somebody else removed the remote meanwhile; anything else is the link's end and found out there.
          if (error instanceof VitrineError && error.code === 'not_found') known.delete(id)
          else throw error
        }
      }
    },
  }
}
