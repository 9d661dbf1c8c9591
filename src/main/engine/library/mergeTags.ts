import { VitrineError } from '../../../shared/contract/errors.ts'
import type { RowId, TagId } from '../../../shared/domain/ids.ts'
import { tagKey } from '../../../shared/domain/tag.ts'
import { ancestorsOf, parentsOf } from '../../../shared/domain/tree.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { MutationWriter } from '../catalog/mutations.ts'
import type { Steps } from '../catalog/stepDone.ts'
import type { TagRow } from '../catalog/tags.repository.ts'
import { countAssets } from './countLabel.ts'
import { requireTag } from './editTags.ts'
import { inSteps } from './inParts.ts'

/**
 * Makes tags one, in steps: what had any of them has `into`; their names become its aliases, what was below them goes below
 * it. One step to undo. Throws `not_found`, `invalid_request` when there is nothing to merge.
 */
export function* mergeTags(catalog: Catalog, from: readonly TagId[], into: TagId, now: number): Steps {
  const target = requireTag(catalog, into)
  const merged = [...new Set(from)].filter((id) => id !== into).map((id) => requireTag(catalog, id))
  if (merged.length === 0) throw new VitrineError('invalid_request', 'Choose two different tags to merge.')
  const names = merged.map(({ name }) => `“${name}”`).join(', ')
  const label = (count: number) => `Merged ${names} into “${target.name}”${count > 0 ? ` (${countAssets(count)})` : ''}`
  const retag = (writer: MutationWriter, id: TagId, rows: readonly RowId[]): void => {
    writer.link('assetTag', into, rows, now)
    writer.unlink('assetTag', id, rows)
  }
  const steps = merged.map(({ id }) => ({
    rows: catalog.tags.rowsWith(id),
    change: (writer: MutationWriter, rows: readonly RowId[]) => retag(writer, id, rows),
  }))
  return yield* inSteps(catalog, { kind: 'tag-merge', label, undoable: true, now }, steps, (writer) => {
    for (const { id } of merged) retag(writer, id, catalog.tags.rowsWith(id))
    writer.set('tag', into, 'aliases', JSON.stringify(mergedAliases(target, merged)))
    moveChildren(catalog, writer, merged, target)
    for (const tag of merged) writer.set('tag', tag.id, 'deleted_at', now)
  })
}

function mergedAliases(target: TagRow, merged: readonly TagRow[]): readonly string[] {
  const aliases = new Map<string, string>()
  for (const name of [...target.aliases, ...merged.flatMap((tag) => [tag.name, ...tag.aliases])]) {
    const key = tagKey(name)
    if (key !== tagKey(target.name) && !aliases.has(key)) aliases.set(key, name)
  }
  return [...aliases.values()]
}

/** A target below one of the merged takes the place of the highest of them, so that nothing ends up below itself. */
function moveChildren(catalog: Catalog, writer: MutationWriter, merged: readonly TagRow[], target: TagRow): void {
  const gone = new Set<string>(merged.map(({ id }) => id))
  const tags = catalog.tags.rows()
  const parents = parentsOf(tags)
  const ancestors = ancestorsOf(parents, target.id)
  const highest = ancestors.findLast((id) => gone.has(id))
  if (highest !== undefined) writer.set('tag', target.id, 'parent_id', parents.get(highest) ?? null)
  for (const { id, parent_id } of tags) {
    if (id === target.id || gone.has(id) || parent_id === null || !gone.has(parent_id)) continue
    writer.set('tag', id, 'parent_id', target.id)
  }
}
