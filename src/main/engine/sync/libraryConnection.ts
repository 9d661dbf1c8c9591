import { VitrineError } from '../../../shared/contract/errors.ts'
import type { RemoteId } from '../../../shared/domain/ids.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { RemoteRow } from '../catalog/remotes.repository.ts'
import type { ObjectStore } from '../ports.ts'
import { connect } from './connection.ts'
import type { LibraryIdentity } from './libraryManifest.ts'
import type { OpenRemote } from './openRemote.ts'
import type { Remotes } from './remotes.ts'
import type { OpenStore } from './testRemote.ts'

export interface LibraryConnectionOptions {
  readonly catalog: Catalog
  readonly library: LibraryIdentity
  readonly openStore: OpenStore
  readonly remotes: Pick<Remotes, 'libraryRemote' | 'credentialsOf'>
  /** The connection that sync has, null while it has none. */
  readonly present: () => OpenRemote | null
  /** What is done with a new connection before others work with it. */
  readonly prepare: (store: ObjectStore, remote: RemoteId) => Promise<ObjectStore>
}

/** Work with the library's remote that somebody waits for. */
export interface LibraryConnection {
  /** With a connection of its own, which is closed after it. Null if there is no remote; throws what the store says. */
  withStore<T>(work: (store: ObjectStore, remote: RemoteRow) => Promise<T>): Promise<T | null>
  /** With the present connection, or with one of its own. Throws `not_found` if there is no remote. */
  withRemote<T>(work: (remote: OpenRemote) => Promise<T>): Promise<T>
}

export function libraryConnection(options: LibraryConnectionOptions): LibraryConnection {
  const { catalog, library, openStore, remotes, present, prepare } = options

  async function withStore<T>(work: (store: ObjectStore, remote: RemoteRow) => Promise<T>): Promise<T | null> {
    const remote = remotes.libraryRemote()
    if (remote === undefined) return null
    const ignore = (): void => {}
    const store = await connect(remote, remotes.credentialsOf(remote), catalog, library, openStore, ignore)
    try {
      return await work(store, remote)
    } finally {
      store.close()
    }
  }

  async function withRemote<T>(work: (remote: OpenRemote) => Promise<T>): Promise<T> {
    const open = present()
    if (open !== null) return work(open)
    const done = await withStore(async (plain, { id: remoteId }) => {
      const store = await prepare(plain, remoteId)
      return { result: await work({ store, remoteId }) }
    })
    if (done === null) throw new VitrineError('not_found', 'This library has no remote. What is here is nowhere else.')
    return done.result
  }

  return { withStore, withRemote }
}
