import type { RemoteId } from '../../../../shared/domain/ids.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import type { RemoteRow } from '../../catalog/remotes.repository.ts'
import type { Arrivals, Clock } from '../../ports.ts'
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
  readonly onDefect: (error: unknown) => void
}

/** The beginning of the keys of a workspace remote: its owner's, unless its prefix is theirs alone. */
export function baseOf({ owner }: Pick<RemoteRow, 'owner'>, library: Owner): string {
  const named = owner ?? library
  return named === '' ? '' : `${named}/`
}
