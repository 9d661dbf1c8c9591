import { VitrineError } from '../../../shared/contract/errors.ts'
import type { RequestOutput } from '../../../shared/contract/requests.ts'
import type { AssetId } from '../../../shared/domain/ids.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { BringHere } from '../ports.ts'

/**
 * What is asked before an original is read. Only one that is known to be in the bucket is fetched: a file that is merely
 * missing stays a missing file, and whoever reads it says so.
 */
export function bringHereWith(
  { assets }: Pick<Catalog, 'assets'>,
  fetch: (ids: readonly AssetId[]) => Promise<RequestOutput<'sync.fetch'>>,
): BringHere {
  return async (id) => {
    const asset = assets.findById(id)
    const [card] = asset === undefined ? [] : assets.cards([asset.rowId])
    if (card?.sync_state !== 'cloud-only' && card?.sync_state !== 'downloading') return
    const { failed } = await fetch([id])
    const [failure] = failed
    if (failure) throw new VitrineError(failure.code, failure.message, { id })
  }
}
