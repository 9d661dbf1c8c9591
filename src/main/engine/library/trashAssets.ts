import type { MutationResult } from '../../../shared/contract/requests/requestMap.ts'
import type { AssetSelection } from '../../../shared/domain/asset.ts'
import type { RowId } from '../../../shared/domain/ids.ts'
import type { SelectedAsset } from '../catalog/assetRecords.ts'
import type { Catalog } from '../catalog/catalog.ts'
import { countAssets } from './countLabel.ts'
import { groupOf, type Part } from './inParts.ts'

/**
 * Workspace → Trash. Kept assets in the selection are left alone: discarding never reaches the Library. `now` in ms, here
 * and below; `part` says which of several transactions it is.
 */
export function discardAssets(catalog: Catalog, selection: AssetSelection, now: number, part?: Part): MutationResult {
  return catalog.mutate(
    { kind: 'discard', label: (count) => `Discarded ${countAssets(count)}`, undoable: true, now, ...groupOf(part) },
    (writer) => {
      const discarded = catalog.assets.selected(selection).filter(({ space }) => space === 'workspace')
      writer.setMany('deleted_at', rowsOf(discarded), now, null)
    },
  )
}

/** Any space → Trash. The file stays where it is. `now` in ms. */
export function trashAssets(catalog: Catalog, selection: AssetSelection, now: number, part?: Part): MutationResult {
  return catalog.mutate(
    {
      kind: 'trash',
      label: (count) => `Moved ${countAssets(count)} to Trash`,
      undoable: true,
      now,
      ...groupOf(part),
    },
    (writer) => writer.setMany('deleted_at', rowsOf(catalog.assets.selected(selection)), now, null),
  )
}

/** Trash → where the asset was. A Workspace asset expires at `expiresAt`, null for never. Times in ms. */
export function restoreAssets(
  catalog: Catalog,
  selection: AssetSelection,
  expiresAt: number | null,
  now: number,
  part?: Part,
): MutationResult {
  return catalog.mutate(
    { kind: 'restore', label: (count) => `Restored ${countAssets(count)}`, undoable: true, now, ...groupOf(part) },
    (writer) => {
      const restored = catalog.assets.selected(selection).filter(({ deletedAt }) => deletedAt !== null)
      writer.setMany('deleted_at', rowsOf(restored), null)
      writer.setMany('expires_at', rowsOf(restored.filter(({ space }) => space === 'workspace')), expiresAt)
    },
  )
}

function rowsOf(assets: readonly SelectedAsset[]): RowId[] {
  return assets.map(({ rowId }) => rowId)
}
