import { z } from 'zod'
import type { JoinedRemote } from '../../shared/contract/requests/remoteRequests.ts'
import { remoteSchema } from '../../shared/domain/remote.ts'
import type { CredentialStore } from './credentials.ts'
import { keepKeyOf, type RemoteKeyStore } from './remoteKeys.ts'

/** Keeps what a library was joined with: its remote has got its id only then. The engine has it already. */
export async function keepSecretsOfJoined(
  engine: { request(name: string, input: unknown): Promise<unknown> },
  credentials: CredentialStore,
  keys: RemoteKeyStore,
  joined: Pick<JoinedRemote, 'credentials' | 'encryption'>,
): Promise<void> {
  if (joined.credentials === undefined && joined.encryption === undefined) return
  const remotes = z.array(remoteSchema).parse(await engine.request('remotes.list', undefined))
  const remote = remotes.find(({ role }) => role === 'library')
  if (remote === undefined) return
  if (joined.credentials !== undefined) await credentials.set(remote.id, joined.credentials)
  if (joined.encryption !== undefined) await keepKeyOf(engine, keys, remote.id)
}
