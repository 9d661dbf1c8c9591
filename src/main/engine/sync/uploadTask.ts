import type { AssetId, RemoteId } from '../../../shared/domain/ids.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { Lanes, ObjectStore, Pace } from '../ports.ts'
import type { Owner } from './objectKeys.ts'
import type { CopyKept } from './workspace/copyKept.ts'

/** Where uploads go, and what they share. */
export interface UploadContext {
  readonly catalog: Catalog
  readonly store: ObjectStore
  readonly remoteId: RemoteId
  readonly owner: Owner
  /** Folder of the library; storage paths are relative to it. */
  readonly root: string
  readonly now: () => number
  /** Calls back once after so many ms; what it returns cancels. */
  readonly after: (ms: number, callback: () => void) => () => void
  /** Does what changes an asset only in how its upload stands, of which nothing follows. */
  readonly quietly: (change: () => void) => void
  /** Bytes of uploads that began before this one and are not over. */
  readonly reservedBytes: () => number
  readonly pace: Pace
  /** The remote began empty, and everything in it came from here: what is sent for the first time can't be there. */
  readonly isFresh: boolean
  /** Gets what came from a workspace bucket into this one without sending it, where that can be. */
  readonly copyKept?: CopyKept | undefined
}

/** One asset to be uploaded. */
export interface UploadTask {
  readonly assetId: AssetId
  readonly signal: AbortSignal
  readonly lanes: Lanes
  /** Counts this one. */
  readonly attempt: number
  /** Whether a part that failed is to be sent again now. */
  readonly again: (error: unknown, attempt: number) => Promise<boolean>
  /** Bytes sent since the last call; negative for some that have to be sent again. */
  readonly onBytes: (bytes: number) => void
}
