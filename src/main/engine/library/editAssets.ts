import type { MutationResult } from '../../../shared/contract/requests/requestMap.ts'
import type { AssetPatch, AssetSelection } from '../../../shared/domain/asset.ts'
import type { Catalog } from '../catalog/catalog.ts'
import { countAssets } from './countLabel.ts'
import { ensureTag, findTag } from './ensureTag.ts'
import { groupOf, type Part } from './inParts.ts'

/** Changes what a person may change, for any number of assets at once. Tags are made when they do not exist. `now` in ms. */
export function editAssets(
  catalog: Catalog,
  selection: AssetSelection,
  patch: AssetPatch,
  now: number,
  part?: Part,
): MutationResult {
  const { add_tags = [], remove_tags = [], ...fields } = patch
  const cells = Object.entries(fields).flatMap(([field, value]) =>
    value === undefined ? [] : [[field, toCell(value)] as const],
  )
  const label = (count: number) => editLabel(patch, count)
  return catalog.mutate({ kind: 'edit', label, undoable: true, now, ...groupOf(part) }, (writer) => {
    const added = add_tags.map((name) => ensureTag(catalog, writer, name, now))
    const removed = remove_tags.flatMap((name) => findTag(catalog, name) ?? [])
    const rows = catalog.assets.resolve(selection)
    for (const [field, value] of cells) writer.setMany(field, rows, value)
    for (const tag of added) writer.link('assetTag', tag, rows, now)
    for (const tag of removed) writer.unlink('assetTag', tag, rows)
  })
}

/** SQLite has no booleans, and an empty text is no text. */
function toCell(value: string | number | boolean | null): string | number | null {
  if (typeof value === 'boolean') return value ? 1 : 0
  return typeof value === 'string' && value.trim() === '' ? null : value
}

function editLabel(patch: AssetPatch, count: number): string {
  const assets = countAssets(count)
  const fields = Object.keys(patch).length
  if (fields === 1) {
    if (patch.is_favorite !== undefined)
      return patch.is_favorite ? `Added ${assets} to Favourites` : `Removed ${assets} from Favourites`
    if (patch.rating !== undefined)
      return patch.rating === 0 ? `Cleared the rating of ${assets}` : `Rated ${assets} ${'★'.repeat(patch.rating)}`
    if (patch.custom_title !== undefined) return `Changed the title of ${assets}`
    if (patch.add_tags !== undefined) return `Tagged ${assets} “${patch.add_tags.join('”, “')}”`
    if (patch.remove_tags !== undefined) return `Removed “${patch.remove_tags.join('”, “')}” from ${assets}`
    if (patch.color_label !== undefined) return `Labelled ${assets}`
    if (patch.description !== undefined) return `Changed the notes of ${assets}`
  }
  return `Edited ${assets}`
}
