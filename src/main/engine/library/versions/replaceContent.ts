import { VitrineError } from '../../../../shared/contract/errors.ts'
import type { MutationResult } from '../../../../shared/contract/requests/requestMap.ts'
import type { AssetId } from '../../../../shared/domain/ids.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import { changeContent, contentOf, requireAsset } from './changeContent.ts'

/**
 * Makes the content of one asset the new version of another; the one that gave it goes to Trash. `now` in ms. Throws
 * `not_found`, `invalid_request` for an asset and itself.
 */
export function replaceContent(
  catalog: Catalog,
  id: AssetId,
  by: AssetId,
  description: string | undefined,
  now: number,
): MutationResult {
  const asset = requireAsset(catalog, id)
  const giver = requireAsset(catalog, by)
  if (asset.id === giver.id || asset.sha256 === giver.sha256) {
    throw new VitrineError('invalid_request', 'An asset can’t be a new version of itself. Choose another one.')
  }
  const created = Date.parse(catalog.assets.get(by)?.created_at ?? '') || now
  return catalog.mutate(
    { kind: 'version', label: () => `Replaced “${asset.fileName}” by “${giver.fileName}”`, undoable: true, now },
    (writer) => {
      changeContent(catalog, writer, asset, contentOf(giver, created), description || null, now)
      if (giver.deletedAt === null) writer.set('asset', giver.id, 'deleted_at', now)
    },
  )
}
