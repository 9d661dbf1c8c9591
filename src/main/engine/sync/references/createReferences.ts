import { VitrineError } from '../../../../shared/contract/errors.ts'
import type { GenerationRequest } from '../../../../shared/domain/generationRequest.ts'
import type { Credentials } from '../../../../shared/domain/remote.ts'
import type { RequestMedia } from '../../../../shared/domain/requestMedia.ts'
import type { RemoteRow } from '../../catalog/remotes.repository.ts'
import type { Clock, ObjectStore } from '../../ports.ts'
import type { OpenStore } from '../testRemote.ts'
import { type MediaContext, referenceMedia } from './referenceMedia.ts'

export interface ReferencesOptions extends Omit<MediaContext, 'now'> {
  readonly clock: Clock
  readonly openStore: OpenStore
  readonly credentialsOf: (remote: RemoteRow) => Credentials | null
}

/** What generators are given to look at, in remotes of the role `references`. */
export interface References {
  /** Throws `not_found` without such a remote, `remote_no_credentials`, `invalid_request`, and what the store says. */
  media(request: GenerationRequest, expiresSeconds: number): Promise<RequestMedia>
  /** Removes copies that nobody needs any more. What can't be removed now goes another time. */
  tidy(): Promise<void>
  close(): Promise<void>
}

const DAY_MS = 24 * 3_600_000
const PAGE = 200

export function createReferences(options: ReferencesOptions): References {
  const { catalog, clock } = options
  let closed = false
  /** One thing at a time, so that nothing is removed that is just being asked for. */
  let last: Promise<unknown> = Promise.resolve()

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = last.then(work)
    last = turn.catch(() => undefined)
    return turn
  }

  const places = (): RemoteRow[] => catalog.remotes.list().filter(({ role }) => role === 'references')

  async function withStore<T>(remote: RemoteRow, work: (store: ObjectStore) => Promise<T>): Promise<T> {
    const credentials = options.credentialsOf(remote)
    if (remote.location.kind === 's3' && credentials === null) {
      throw new VitrineError(
        'remote_no_credentials',
        `The keys of “${remote.name}” are not known here. Enter them in the sync centre.`,
      )
    }
    const store = options.openStore(remote.location, credentials)
    try {
      return await work(store)
    } finally {
      store.close()
    }
  }

  async function tidyPlace(remote: RemoteRow): Promise<void> {
    const { retentionDays } = remote.policy
    const madeBefore = retentionDays === null ? 0 : clock.now() - retentionDays * DAY_MS
    const next = () => catalog.referenceCopies.unneeded(remote.id, madeBefore, PAGE)
    let copies = next()
    if (copies.length === 0) return
    await withStore(remote, async (store) => {
      for (; copies.length > 0 && !closed; copies = next()) {
        for (const copy of copies) {
          if (!catalog.referenceCopies.sharesObject(copy)) await store.delete(copy.key)
          catalog.referenceCopies.forget(copy)
        }
      }
    })
  }

  const tidy = (): Promise<void> =>
    inTurn(async () => {
      for (const remote of places()) {
        try {
          await tidyPlace(remote)
        } catch (error) {
          if (!(error instanceof VitrineError)) throw error
        }
      }
    })

  return {
    async media(request, expiresSeconds) {
      const [remote] = places()
      if (remote === undefined) {
        throw new VitrineError(
          'not_found',
          'This library has no remote for references. Add a bucket or folder that your generator can read.',
        )
      }
      if (request.status === 'cancelled') {
        throw new VitrineError('invalid_request', 'Nothing more is wanted of this request. Open it again first.')
      }
      const context: MediaContext = { ...options, now: () => clock.now() }
      return inTurn(() => withStore(remote, (store) => referenceMedia(context, remote, store, request, expiresSeconds)))
    },
    tidy,
    async close() {
      closed = true
      await last
    },
  }
}
