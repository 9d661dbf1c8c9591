import { setImmediate } from 'node:timers/promises'
import { VitrineError } from '../../../shared/contract/errors.ts'
import type { MutationResult } from '../../../shared/contract/requests/requestMap.ts'
import type { AssetPatch, AssetSelection } from '../../../shared/domain/asset.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { MutationWriter } from '../catalog/mutations.ts'
import { countAssets } from './countLabel.ts'
import { ensureTag, findTag } from './ensureTag.ts'
import { groupOf, type Part, slices } from './inParts.ts'

const LEAST_RATING = 0
const HIGHEST_RATING = 5
/** Assets that are looked at before others have the engine. */
const LOOKED_AT = 20_000

/**
 * Changes what a person may change, for any number of assets at once. Tags are made when they do not exist. A
 * `toggle_favorite` must have been decided before (`decideFavorite`). `now` in ms. Throws `invalid_request` for a patch that
 * contradicts itself.
 */
export function editAssets(
  catalog: Catalog,
  selection: AssetSelection,
  patch: AssetPatch,
  now: number,
  part?: Part,
): MutationResult {
  const { add_tags = [], remove_tags = [], rating_change, toggle_favorite, ...fields } = patch
  if (rating_change !== undefined && fields.rating !== undefined)
    throw new VitrineError('invalid_request', 'A rating is either set or changed, not both.')
  if (toggle_favorite !== undefined)
    throw new Error('Whether to add or to remove favourites is decided for all at once')
  const cells = Object.entries(fields).flatMap(([field, value]) =>
    value === undefined ? [] : [[field, toCell(value)] as const],
  )
  const label = (count: number) => editLabel(patch, count)
  return catalog.mutate({ kind: 'edit', label, undoable: true, now, ...groupOf(part) }, (writer) => {
    const added = add_tags.map((name) => ensureTag(catalog, writer, name, now))
    const removed = remove_tags.flatMap((name) => findTag(catalog, name) ?? [])
    const rows = catalog.assets.resolve(selection)
    for (const [field, value] of cells) writer.setMany(field, rows, value)
    if (rating_change !== undefined) changeRatings(writer, rows, rating_change)
    for (const tag of added) writer.link('assetTag', tag, rows, now)
    for (const tag of removed) writer.unlink('assetTag', tag, rows)
  })
}

/** From the end that is gone towards on, so that no asset is changed twice. */
function changeRatings(writer: MutationWriter, rows: Int32Array, change: 1 | -1): void {
  const highest = change === 1 ? HIGHEST_RATING - 1 : HIGHEST_RATING
  const lowest = change === 1 ? LEAST_RATING : LEAST_RATING + 1
  const ratings = Array.from({ length: highest - lowest + 1 }, (_, index) => lowest + index)
  for (const rating of change === 1 ? ratings.toReversed() : ratings)
    writer.setMany('rating', rows, rating + change, rating)
}

/**
 * The patch with `toggle_favorite` decided for the whole selection: as favourites, unless most of it are that already.
 * Rejects with `invalid_request` for a patch that contradicts itself.
 */
export async function decideFavorite(
  catalog: Catalog,
  selection: AssetSelection,
  { toggle_favorite, ...patch }: AssetPatch,
): Promise<AssetPatch> {
  if (toggle_favorite === undefined) return patch
  if (patch.is_favorite !== undefined)
    throw new VitrineError('invalid_request', 'A favourite is either set or toggled, not both.')
  let [assets, favorites] = [0, 0]
  for (const some of slices(selection, LOOKED_AT)) {
    const counted = catalog.assets.countFavorites(some)
    assets += counted.assets
    favorites += counted.favorites
    await setImmediate()
  }
  return { ...patch, is_favorite: favorites * 2 <= assets }
}

/** SQLite has no booleans, and an empty text is no text. */
function toCell(value: string | number | boolean | null): string | number | null {
  if (typeof value === 'boolean') return value ? 1 : 0
  return typeof value === 'string' && value.trim() === '' ? null : value
}

/** What was done, if it was one thing. */
function editLabel(patch: AssetPatch, count: number): string {
  const assets = countAssets(count)
  const { rating, rating_change, is_favorite, custom_title, description, color_label, add_tags, remove_tags } = patch
  if (Object.values(patch).filter((value) => value !== undefined).length !== 1) return `Edited ${assets}`
  if (is_favorite !== undefined)
    return is_favorite ? `Added ${assets} to Favourites` : `Removed ${assets} from Favourites`
  if (rating !== undefined)
    return rating === 0 ? `Cleared the rating of ${assets}` : `Rated ${assets} ${'★'.repeat(rating)}`
  if (rating_change !== undefined) return `${rating_change > 0 ? 'Raised' : 'Lowered'} the rating of ${assets}`
  if (custom_title !== undefined) return `${isNothing(custom_title) ? 'Removed' : 'Changed'} the title of ${assets}`
  if (description !== undefined) return `${isNothing(description) ? 'Removed' : 'Changed'} the notes of ${assets}`
  if (color_label !== undefined) return color_label === null ? `Removed the label of ${assets}` : `Labelled ${assets}`
  if (add_tags?.length) return `Tagged ${assets} “${add_tags.join('”, “')}”`
  if (remove_tags?.length) return `Removed “${remove_tags.join('”, “')}” from ${assets}`
  return `Edited ${assets}`
}

function isNothing(text: string | null): boolean {
  return text === null || text.trim() === ''
}
