import type { RowId, TagId } from '../../../shared/domain/ids.ts'
import { ancestorsOf, parentsOf } from '../../../shared/domain/tree.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { MutationWriter } from '../catalog/mutations.ts'
import type { Steps } from '../catalog/stepDone.ts'
import { countAssets } from './countLabel.ts'
import { requireTag } from './editTags.ts'
import { inSteps } from './inParts.ts'
import { shortenTagPathsInQueries } from './rewriteQueries.ts'

/** Deletes tags in steps, never what they are on; tags below them move up. Undo brings back links too. Throws `not_found`. */
export function* deleteTags(catalog: Catalog, ids: readonly TagId[], now: number): Steps {
  const tags = [...new Set(ids)].map((id) => requireTag(catalog, id))
  const gone = new Set<string>(tags.map(({ id }) => id))
  const names = tags.length > 3 ? `${tags.length} tags` : `tag ${tags.map(({ name }) => `“${name}”`).join(', ')}`
  const label = (count: number) => `Deleted ${names}${count > 0 ? ` of ${countAssets(count)}` : ''}`
  const steps = tags.map(({ id }) => ({
    rows: catalog.tags.rowsWith(id),
    change: (writer: MutationWriter, rows: readonly RowId[]) => void writer.unlink('assetTag', id, rows),
  }))
  return yield* inSteps(catalog, { kind: 'tag-delete', label, undoable: true, now }, steps, (writer) => {
    const rows = catalog.tags.rows()
    const parents = parentsOf(rows)
    const moved = rows.filter(({ id, parent_id }) => !gone.has(id) && parent_id !== null && gone.has(parent_id))
    shortenTagPathsInQueries(
      catalog,
      writer,
      moved.map(({ name }) => name),
    )
    for (const { id } of moved) {
      writer.set('tag', id, 'parent_id', ancestorsOf(parents, id).find((ancestor) => !gone.has(ancestor)) ?? null)
    }
    for (const { id } of tags) {
      writer.unlink('assetTag', id, catalog.tags.rowsWith(id))
      writer.set('tag', id, 'deleted_at', now)
    }
  })
}
