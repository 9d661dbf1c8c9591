import { VitrineError } from '../../../../shared/contract/errors.ts'
import type { MutationResult } from '../../../../shared/contract/requests/requestMap.ts'
import type { AssetId } from '../../../../shared/domain/ids.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import { countAssets } from '../countLabel.ts'
import { keepOne } from '../keepAssets.ts'

/**
 * Keeps one of several alike assets and moves the others to Trash, after the kept one has received their collections and
 * tags, the best rating, the heart, and title and notes where it has none of its own. One step to undo. `now` in ms.
 * Throws `not_found` if the one to keep does not exist.
 */
export function resolveDuplicates(
  catalog: Catalog,
  keep: AssetId,
  remove: readonly AssetId[],
  now: number,
): MutationResult {
  const keeper = catalog.assets.get(keep)
  if (keeper === undefined) throw new VitrineError('not_found', 'That asset does not exist any more.', { id: keep })
  const others = remove.filter((id) => id !== keep).flatMap((id) => catalog.assets.get(id) ?? [])
  const tagIds = new Map(catalog.tags.list().map(({ id, name }) => [name, id]))
  const label = () =>
    `Moved ${countAssets(others.length)} that “${keeper.custom_title ?? keeper.file_name}” replaces to Trash`
  return catalog.mutate({ kind: 'resolve-duplicates', label, undoable: true, now }, (writer) => {
    if (keeper.deleted_at !== null) writer.set('asset', keep, 'deleted_at', null)
    // What one of them was kept for, the one that stays is kept for.
    if (keeper.space === 'workspace' && others.some(({ space }) => space === 'library')) keepOne(writer, keep)
    let position = now
    for (const other of others) {
      for (const { id } of other.collections)
        writer.set('membership', `${id}/${keep}`, 'in', { at: now, position: position++ })
      for (const name of other.tags) {
        const tag = tagIds.get(name)
        if (tag !== undefined) writer.set('assetTag', `${tag}/${keep}`, 'in', { at: now })
      }
    }
    const rating = Math.max(keeper.rating, ...others.map((other) => other.rating))
    if (rating > keeper.rating) writer.set('asset', keep, 'rating', rating)
    if (!keeper.is_favorite && others.some(({ is_favorite }) => is_favorite))
      writer.set('asset', keep, 'is_favorite', 1)
    for (const field of ['custom_title', 'description', 'color_label'] as const) {
      const known = others.find((other) => other[field] !== null)?.[field] ?? null
      if (keeper[field] === null && known !== null) writer.set('asset', keep, field, known)
    }
    for (const { id, deleted_at } of others) if (deleted_at === null) writer.set('asset', id, 'deleted_at', now)
  })
}
