import { VitrineError } from '../../../shared/contract/errors.ts'
import type { MutationResult } from '../../../shared/contract/requests/requestMap.ts'
import type { AssetSelection } from '../../../shared/domain/asset.ts'
import type { CollectionId, RowId } from '../../../shared/domain/ids.ts'
import { moveBefore, positionsBetween } from '../../../shared/domain/manualOrder.ts'
import { parentsOf, placementBelow } from '../../../shared/domain/tree.ts'
import type { Catalog } from '../catalog/catalog.ts'
import { countAssets } from './countLabel.ts'
import { requireEditable, requireFreeName, requireManual } from './editCollections.ts'
import { tooDeep } from './ensureTag.ts'

/**
 * Moves a collection below another (null: to the top), with all that is below it, and there before one of its new siblings
 * (null: to the end). Throws `inside_itself`, `too_deep`, `collection_name_taken`, `collection_permanent`, `not_found`.
 */
export function moveCollection(
  catalog: Catalog,
  id: CollectionId,
  parentId: CollectionId | null,
  before: CollectionId | null,
  now: number,
): MutationResult {
  const collection = requireEditable(catalog, id, 'moved')
  const parent = parentId === null ? null : requireEditable(catalog, parentId, 'given collections below it')
  const placement = placementBelow(parentsOf(catalog.collections.nodes()), id, parentId)
  if (placement === 'inside_itself')
    throw new VitrineError('inside_itself', `“${collection.name}” can’t be moved into itself.`, {
      id,
      parent: parentId,
    })
  if (placement === 'too_deep') throw tooDeep()
  if (collection.parent_id !== parentId) requireFreeName(catalog, collection.name, parentId, id)
  const label = () => {
    if (collection.parent_id === parentId) return `Moved collection “${collection.name}”`
    return parent === null
      ? `Moved collection “${collection.name}” to the top`
      : `Moved collection “${collection.name}” into “${parent.name}”`
  }
  return catalog.mutate({ kind: 'collection-move', label, undoable: true, now }, (writer) => {
    if (collection.parent_id !== parentId) writer.set('collection', id, 'parent_id', parentId)
    const siblings = catalog.collections
      .list(true)
      .filter((other) => other.parent_id === parentId && !other.is_permanent)
      .map((other) => ({ key: other.id, position: other.position }))
    for (const [key, position] of moveBefore(siblings, [id], before))
      writer.set('collection', key, 'position', position)
  })
}

/**
 * Moves members of a collection before one of its others (null: to the end), in the order that they have; what is no
 * member is left out. Throws `collection_permanent`, `collection_smart`, `not_found`.
 */
export function arrangeCollection(
  catalog: Catalog,
  id: CollectionId,
  selection: AssetSelection,
  before: RowId | null,
  now: number,
): MutationResult {
  const collection = requireManual(catalog, id, 'put in order by hand')
  const { collections } = catalog
  const moved = collections.membersAmong(id, [...catalog.assets.resolve(selection)])
  const moving = new Set(moved.map(({ row }) => row))
  const target = before !== null && moving.has(before) ? followingOf(catalog, id, before, moving) : before
  const high = target === null ? null : collections.positionOf(id, target)
  if (high === undefined)
    throw new VitrineError('not_found', 'That asset is not in the collection any more.', { before })
  const low = collections.positionBefore(id, target, moving)
  const label = (count: number) => `Arranged ${countAssets(count)} in “${collection.name}”`
  return catalog.mutate({ kind: 'collection-arrange', label, undoable: true, now }, (writer) => {
    const positions = positionsBetween(low, high, moved.length)
    if (positions !== null) {
      for (const [index, { id: asset }] of moved.entries())
        writer.set('membership', `${id}/${asset}`, 'position', positions[index] ?? 0)
      return
    }
    // No room between the two: their neighbours move as well.
    const members = collections.members(id)
    const ids = new Map(members.map((member) => [member.row, member.id]))
    const order = members.map(({ row, position }) => ({ key: row, position }))
    for (const [row, position] of moveBefore(order, [...moving], target))
      writer.set('membership', `${id}/${ids.get(row)}`, 'position', position)
  })
}

/** The first member behind a place that does not move itself; null at the end. */
function followingOf(catalog: Catalog, id: CollectionId, row: RowId, moving: ReadonlySet<RowId>): RowId | null {
  const members = catalog.collections.members(id)
  const from = members.findIndex((member) => member.row === row)
  return members.slice(from).find((member) => !moving.has(member.row))?.row ?? null
}
