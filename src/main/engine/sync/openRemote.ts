import type { RemoteId } from '../../../shared/domain/ids.ts'
import type { ObjectStore } from '../ports.ts'

/** A library's bucket that was shown to hold this library. */
export interface OpenRemote {
  readonly store: ObjectStore
  readonly remoteId: RemoteId
}
