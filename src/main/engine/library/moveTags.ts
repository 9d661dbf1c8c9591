import { VitrineError } from '../../../shared/contract/errors.ts'
import type { MutationResult } from '../../../shared/contract/requests/requestMap.ts'
import type { TagId } from '../../../shared/domain/ids.ts'
import { moveBefore } from '../../../shared/domain/manualOrder.ts'
import { parentsOf, placementBelow } from '../../../shared/domain/tree.ts'
import type { Catalog } from '../catalog/catalog.ts'
import { requireTag } from './editTags.ts'
import { tooDeep } from './ensureTag.ts'
import { shortenTagPathsInQueries } from './rewriteQueries.ts'

/**
 * Moves a tag below another (null: to the root), with all that is below it, and there before one of its new siblings
 * (`before` null: to the end; undefined: wherever its name and position put it). Throws `inside_itself`, `too_deep`, `not_found`.
 */
export function moveTag(
  catalog: Catalog,
  id: TagId,
  parentId: TagId | null,
  before: TagId | null | undefined,
  now: number,
): MutationResult {
  const tag = requireTag(catalog, id)
  const parent = parentId === null ? null : requireTag(catalog, parentId)
  const placement = placementBelow(parentsOf(catalog.tags.rows()), id, parentId)
  if (placement === 'inside_itself')
    throw new VitrineError('inside_itself', `“${tag.name}” can’t be moved below itself.`, { id, parent: parentId })
  if (placement === 'too_deep') throw tooDeep()
  const isMoved = tag.parent_id !== parentId
  const label = () => {
    if (!isMoved) return `Moved tag “${tag.name}”`
    return parent === null ? `Moved tag “${tag.name}” to the top` : `Moved tag “${tag.name}” below “${parent.name}”`
  }
  return catalog.mutate({ kind: 'tag-move', label, undoable: true, now }, (writer) => {
    if (isMoved) {
      shortenTagPathsInQueries(catalog, writer, [tag.name])
      writer.set('tag', id, 'parent_id', parentId)
    }
    if (before === undefined) return
    const siblings = catalog.tags
      .list()
      .filter((other) => other.parent_id === parentId)
      .map((other) => ({ key: other.id, position: other.position }))
    for (const [key, position] of moveBefore(siblings, [id], before)) writer.set('tag', key, 'position', position)
  })
}
