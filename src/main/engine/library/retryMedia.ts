import type { MutationResult } from '../../../shared/contract/requests/requestMap.ts'
import type { AssetSelection, AssetStatus } from '../../../shared/domain/asset.ts'
import type { Catalog } from '../catalog/catalog.ts'

const RETRIED: ReadonlySet<AssetStatus> = new Set(['error', 'quarantined', 'missing'])
/** Before everything that nobody is waiting for. */
const PRIORITY = 10

/** Puts assets whose file could not be read or drawn back into the media queue; others of the selection stay as they are. */
export function retryMedia(catalog: Catalog, selection: AssetSelection, now: number): MutationResult {
  const assets = [...catalog.assets.resolve(selection)]
    .map((rowId) => catalog.assets.findByRow(rowId))
    .filter((asset) => asset !== undefined)
    .filter(({ status }) => RETRIED.has(status))
  const result = catalog.mutate(
    { kind: 'retry', label: (count) => `Read ${count} ${count === 1 ? 'file' : 'files'} again`, undoable: false, now },
    (writer) => {
      for (const { id } of assets) {
        writer.set('asset', id, 'status', 'processing')
        writer.set('asset', id, 'error_code', null)
        writer.set('asset', id, 'error_message', null)
      }
    },
  )
  catalog.queue.enqueue(
    assets.map(({ id }) => ({ kind: 'media', key: id, payload: null, priority: PRIORITY, runAt: now })),
  )
  return result
}
