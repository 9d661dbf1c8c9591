import type { AssetId, RemoteId } from '../../../../shared/domain/ids.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import type { RemoteRow } from '../../catalog/remotes.repository.ts'
import type { Arrivals, Clock } from '../../ports.ts'
import type { EvictContext } from '../care/evictOriginal.ts'
import type { Owner } from '../objectKeys.ts'
import type { Transfers } from '../transfer/transfers.ts'

/** What all parts of the mirror of one workspace remote need. */
export interface MirrorContext {
  readonly catalog: Catalog
  readonly clock: Clock
  /** In [0, 1). */
  readonly random: () => number
  /** Folder of the library. */
  readonly root: string
  readonly remoteId: RemoteId
  /** What the keys of its objects begin with, '' for nothing. */
  readonly base: string
  readonly arrivals: Arrivals
  readonly transfers: Transfers
  /** The remote that kept assets are uploaded to. */
  readonly libraryRemote: () => RemoteRow | undefined
  /** So many bytes of originals may be on this device, null for any number. */
  readonly budgetBytes: () => number | null
  /** Runs work while no import places or counts on the same bytes. */
  readonly exclusively: EvictContext['exclusively']
  /** Brings an original here that is only in a workspace bucket. Rejects with why it can't. */
  readonly bringHere: (id: AssetId) => Promise<void>
  readonly onDefect: (error: unknown) => void
}

/** The beginning of the keys of a workspace remote: its owner's, unless its prefix is theirs alone. */
export function baseOf({ owner }: Pick<RemoteRow, 'owner'>, library: Owner): string {
  const named = owner ?? library
  return named === '' ? '' : `${named}/`
}
