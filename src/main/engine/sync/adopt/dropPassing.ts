import type { EvictionReport, KeptReason } from '../../../../shared/domain/cloudCare.ts'
import type { AssetId } from '../../../../shared/domain/ids.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import type { OpenRemote } from '../openRemote.ts'

/** Originals that are looked at in one go. */
const AT_ONCE = 200
/** They are still being read, sent or told of. */
const PASSING: ReadonlySet<KeptReason> = new Set<KeptReason>(['busy', 'unsynced'])

export interface DropContext {
  readonly catalog: Catalog
  readonly remote: OpenRemote
  /** Removes originals from this device that the bucket is shown to hold in this moment. */
  readonly evict: (remote: OpenRemote, ids: readonly AssetId[]) => Promise<EvictionReport>
  readonly signal: AbortSignal
}

/**
 * Removes originals from this device that came only to be read, as soon as everything is made of them and other devices know
 * of them. What has become of use here meanwhile stays, and so does what could not be read: it can be looked at again.
 */
export async function dropPassing({ catalog, remote, evict, signal }: DropContext): Promise<void> {
  const { remoteId } = remote
  const passing = catalog.adopted.passing(remoteId)
  for (let at = 0; at < passing.length && !signal.aborted; at += AT_ONCE) {
    const { evicted, kept, failed } = await evict(remote, passing.slice(at, at + AT_ONCE))
    const staying = kept.filter(({ id, reason }) => !PASSING.has(reason) || isGivenUp(catalog, id)).map(({ id }) => id)
    for (const id of [...evicted, ...staying]) catalog.adopted.passed(remoteId, id)
    if (failed.length > 0) return
  }
}

function isGivenUp(catalog: Catalog, id: AssetId): boolean {
  const status = catalog.assets.findById(id)?.status
  return (status === 'error' || status === 'quarantined') && catalog.queue.find('media', id) === undefined
}
