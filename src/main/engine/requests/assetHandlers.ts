import { VitrineError } from '../../../shared/contract/errors.ts'
import type { assetRequests } from '../../../shared/contract/requests/assetRequests.ts'
import type { AssetCard } from '../../../shared/domain/asset.ts'
import { describeAsset } from '../library/describeAsset.ts'
import { resolveDuplicates } from '../library/duplicates/resolveDuplicates.ts'
import { decideFavorite, editAssets } from '../library/editAssets.ts'
import { findAssets } from '../library/findAssets.ts'
import { inParts } from '../library/inParts.ts'
import { keepAssets } from '../library/keepAssets.ts'
import { expiryOf } from '../library/lifecyclePolicy.ts'
import { previewNames, renameAssets } from '../library/renameAssets.ts'
import { expandSmartCollections } from '../library/smartQuery.ts'
import { discardAssets, restoreAssets, trashAssets } from '../library/trashAssets.ts'
import type { EngineParts, Handlers } from './engineParts.ts'

/** Its thumbnails are still to be made. */
function isUndrawn({ has_thumbnail, status, error_code }: AssetCard): boolean {
  return !has_thumbnail && error_code === null && (status === 'processing' || status === 'available')
}

/** Its thumbnail may still be where its original is. */
function isAway({ sync_state: state }: AssetCard): boolean {
  return state === 'cloud-only' || state === 'downloading'
}

/** Answers the requests of `assetRequests`. */
export function assetHandlers(parts: EngineParts): Handlers<typeof assetRequests> {
  const { catalog, folder, now } = parts
  const { assets } = catalog
  return {
    'assets.query': (query) => parts.reader.query(expandSmartCollections(catalog, query), now()),
    'assets.cards': ({ rowIds }) => {
      const cards = assets.cards(rowIds)
      parts.preferMedia(cards.filter(isUndrawn).map(({ id }) => id))
      parts.sync.preferThumbnails(cards.filter(isAway).map(({ row_id }) => row_id))
      parts.sync.prefer(cards.filter(({ sync_state }) => sync_state === 'queued').map(({ id }) => id))
      return [...cards]
    },
    'assets.get': (input) => {
      const found =
        'id' in input
          ? assets.findById(input.id)
          : 'rowId' in input
            ? assets.findByRow(input.rowId)
            : assets.findByPath(input.path)
      if (!found) throw new VitrineError('not_found', 'There is no such asset in this library.')
      return describeAsset(catalog, folder, found.id)
    },
    'assets.find': ({ reference }) =>
      findAssets(catalog, reference).map(({ id, fileName }) => ({ id, file_name: fileName })),
    'assets.read': ({ rowIds }) =>
      rowIds.flatMap((rowId) => {
        const found = assets.findByRow(rowId)
        return (found && assets.get(found.id)) ?? []
      }),
    'assets.edit': async ({ assets: selection, patch }) => {
      const decided = await decideFavorite(catalog, selection, patch)
      return await inParts(catalog, selection, (some, part) => editAssets(catalog, some, decided, now(), part))
    },
    'assets.rename': ({ assets: selection, pattern }) =>
      inParts(catalog, selection, (some, part) => renameAssets(catalog, some, pattern, now(), part)),
    'assets.previewNames': ({ assets: selection, pattern }) => previewNames(catalog, selection, pattern, 10),
    'assets.keep': ({ assets: selection, collectionId }) =>
      inParts(catalog, selection, (some, part) => keepAssets(catalog, some, collectionId, now(), undefined, part)),
    'assets.discard': (input) =>
      inParts(catalog, input.assets, (some, part) => discardAssets(catalog, some, now(), part)),
    'assets.trash': (input) => inParts(catalog, input.assets, (some, part) => trashAssets(catalog, some, now(), part)),
    'assets.restore': (input) =>
      inParts(catalog, input.assets, (some, part) =>
        restoreAssets(catalog, some, expiryOf(catalog, now()), now(), part),
      ),
    'assets.retry': (input) => {
      const result = parts.retryMedia(input.assets)
      parts.startMedia()
      return result
    },
    'duplicates.find': () => parts.duplicates.find(),
    'duplicates.resolve': ({ keep, remove }) => resolveDuplicates(catalog, keep, remove, now()),
    'duplicates.dismiss': ({ key, dismissed }) => parts.duplicates.dismiss(key, dismissed, now()),
  }
}
