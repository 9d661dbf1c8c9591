import { VitrineError } from '../../../shared/contract/errors.ts'
import type { EngineRequestName, RequestInput, RequestOutput } from '../../../shared/contract/requests.ts'
import type { RemoteId } from '../../../shared/domain/ids.ts'
import type { Credentials } from '../../../shared/domain/remote.ts'
import type { KeyInput } from '../../../shared/domain/remoteEncryption.ts'

/**
 * An engine keeps credentials in memory only, so they end with the owner of the library. What this process has handed
 * to one owner it hands to the next.
 */
export interface RememberedCredentials {
  /** Called with each request that succeeded. */
  note<N extends EngineRequestName>(name: N, input: RequestInput<N>, output: RequestOutput<N>): void
  replay(
    request: (name: 'remotes.setCredentials' | 'remotes.unlock', input: unknown) => Promise<unknown>,
  ): Promise<void>
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
  const keys = new Map<RemoteId, KeyInput>()

  return {
    note(name, input, output) {
      if (!name.startsWith('remotes.')) return
      const done = { name, input, output } as RemoteRequest
      if (done.name === 'remotes.add' && done.input.credentials) known.set(done.output.id, done.input.credentials)
      if (done.name === 'remotes.remove') {
        known.delete(done.input.id as RemoteId)
        keys.delete(done.input.id as RemoteId)
      }
      // What a passphrase has opened: the next owner can take it without asking the bucket.
      if (done.name === 'remotes.key' && done.output.key !== null) keys.set(done.input.id as RemoteId, done.output.key)
      if (done.name === 'remotes.setCredentials') {
        const id = done.input.id as RemoteId
        if (done.input.credentials) known.set(id, done.input.credentials)
        else known.delete(id)
      }
    },
    async replay(request) {
      const hand = async (id: RemoteId, name: 'remotes.setCredentials' | 'remotes.unlock', input: object) => {
        try {
          await request(name, { id, ...input })
        } catch (error) {
          // Somebody else removed the remote meanwhile; anything else is the link's end and found out there.
          if (!(error instanceof VitrineError) || error.code !== 'not_found') throw error
          known.delete(id)
          keys.delete(id)
        }
      }
      for (const [id, credentials] of known) await hand(id, 'remotes.setCredentials', { credentials })
      for (const [id, key] of keys) await hand(id, 'remotes.unlock', { key })
    },
  }
}
