import type { MutationResult } from '../../../shared/contract/requests/requestMap.ts'
import type { AssetSelection } from '../../../shared/domain/asset.ts'
import type { Catalog } from '../catalog/catalog.ts'
import { countAssets } from './countLabel.ts'
import { selectedAssets } from './selectedAssets.ts'

/** Workspace → Trash. Kept assets in the selection are left alone: discarding never reaches the Library. `now` in ms. */
export function discardAssets(catalog: Catalog, selection: AssetSelection, now: number): MutationResult {
  return catalog.mutate(
    { kind: 'discard', label: (count) => `Discarded ${countAssets(count)}`, undoable: true, now },
    (writer) => {
      for (const asset of selectedAssets(catalog, selection)) {
        if (asset.space === 'workspace' && asset.deletedAt === null) writer.set('asset', asset.id, 'deleted_at', now)
      }
    },
  )
}

/** Any space → Trash. The file stays where it is. `now` in ms. */
export function trashAssets(catalog: Catalog, selection: AssetSelection, now: number): MutationResult {
  return catalog.mutate(
    { kind: 'trash', label: (count) => `Moved ${countAssets(count)} to Trash`, undoable: true, now },
    (writer) => {
      for (const asset of selectedAssets(catalog, selection)) {
        if (asset.deletedAt === null) writer.set('asset', asset.id, 'deleted_at', now)
      }
    },
  )
}

/** Trash → where the asset was. A Workspace asset expires at `expiresAt`, null for never. Times in ms. */
export function restoreAssets(
  catalog: Catalog,
  selection: AssetSelection,
  expiresAt: number | null,
  now: number,
): MutationResult {
  return catalog.mutate(
    { kind: 'restore', label: (count) => `Restored ${countAssets(count)}`, undoable: true, now },
    (writer) => {
      for (const asset of selectedAssets(catalog, selection)) {
        if (asset.deletedAt === null) continue
        writer.set('asset', asset.id, 'deleted_at', null)
        if (asset.space === 'workspace') writer.set('asset', asset.id, 'expires_at', expiresAt)
      }
    },
  )
}
