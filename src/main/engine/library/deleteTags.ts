import type { MutationResult } from '../../../shared/contract/requests/requestMap.ts'
import type { TagId } from '../../../shared/domain/ids.ts'
import { ancestorsOf, parentsOf } from '../../../shared/domain/tree.ts'
import type { Catalog } from '../catalog/catalog.ts'
import { countAssets } from './countLabel.ts'
import { requireTag } from './editTags.ts'

/** Deletes tags, never what they are on; tags below them move up. Undo brings back links too. Throws `not_found`. */
export function deleteTags(catalog: Catalog, ids: readonly TagId[], now: number): MutationResult {
  const tags = [...new Set(ids)].map((id) => requireTag(catalog, id))
  const gone = new Set<string>(tags.map(({ id }) => id))
  const names = tags.length > 3 ? `${tags.length} tags` : `tag ${tags.map(({ name }) => `“${name}”`).join(', ')}`
  const label = (count: number) => `Deleted ${names}${count > 0 ? ` of ${countAssets(count)}` : ''}`
  return catalog.mutate({ kind: 'tag-delete', label, undoable: true, now }, (writer) => {
    const rows = catalog.tags.rows()
    const parents = parentsOf(rows)
    for (const { id, parent_id } of rows) {
      if (gone.has(id) || parent_id === null || !gone.has(parent_id)) continue
      writer.set('tag', id, 'parent_id', ancestorsOf(parents, id).find((ancestor) => !gone.has(ancestor)) ?? null)
    }
    for (const { id } of tags) {
      writer.unlink('assetTag', id, catalog.tags.rowsWith(id))
      writer.set('tag', id, 'deleted_at', now)
    }
  })
}
