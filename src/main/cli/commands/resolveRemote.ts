import { VitrineError } from '../../../shared/contract/errors.ts'
import type { Remote, RemoteRole } from '../../../shared/domain/remote.ts'
import type { SharedEngine } from '../../engine/host/openOrJoin.ts'
import { startsWithId } from '../resolveReferences.ts'

/**
 * The remote that a person means, by name or the beginning of its id, or the only one of a role.
 *
 * @throws {VitrineError} `not_found`, or `invalid_request` when several fit.
 */
export async function resolveRemote(
  engine: SharedEngine,
  reference: string | undefined,
  role: RemoteRole | undefined,
): Promise<Remote> {
  const remotes = await engine.request('remotes.list', undefined)
  const fitting = remotes.filter(
    (remote) =>
      (role === undefined || remote.role === role) &&
      (reference === undefined || remote.name === reference || startsWithId(remote.id, reference)),
  )
  if (fitting.length > 1) {
    const names = fitting.map(({ id, name }) => `${id} (${name})`).join(', ')
    throw new VitrineError('invalid_request', `Which one? ${names}`)
  }
  if (!fitting[0]) throw new VitrineError('not_found', 'This library has no such remote. See: vitrine remote list')
  return fitting[0]
}
