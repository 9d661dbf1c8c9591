import { VitrineError } from '../../../../shared/contract/errors.ts'
import type { MutationResult } from '../../../../shared/contract/requests/requestMap.ts'
import type { AssetSelection } from '../../../../shared/domain/asset.ts'
import { type GenerationRequestId, MOST_REFERENCES } from '../../../../shared/domain/generationRequest.ts'
import type { AssetId } from '../../../../shared/domain/ids.ts'
import { moveBefore, positionsBetween } from '../../../../shared/domain/manualOrder.ts'
import type { Catalog } from '../../catalog/catalog.ts'
import type { MutationWriter } from '../../catalog/mutations.ts'
import { promptLabel } from './promptLabel.ts'
import { requireRequest } from './requireRequest.ts'

/**
 * Adds references after those that there are, in the order given; one that is there already stays in its place. `now` in ms,
 * here and below. Throws `not_found`, and `invalid_request` for too many.
 */
export function addReferences(
  catalog: Catalog,
  id: GenerationRequestId,
  assets: readonly AssetId[],
  now: number,
): MutationResult {
  const { user_prompt } = requireRequest(catalog, id)
  const known = catalog.requests.references(id)
  const there = new Set(known.map(({ key }) => key))
  const added = requireReferences(
    catalog,
    assets.filter((asset) => !there.has(asset)),
    known.length,
  )
  const label = () => `Added ${countReferences(added.length)} to the request ${promptLabel(user_prompt)}`
  return catalog.mutate({ kind: 'request-references', label, undoable: true, now }, (writer) =>
    linkReferences(writer, id, added, known.at(-1)?.position ?? null, now),
  )
}

/** Takes references away; the assets stay. Throws `not_found` for the request. */
export function removeReferences(
  catalog: Catalog,
  id: GenerationRequestId,
  selection: AssetSelection,
  now: number,
): MutationResult {
  const { user_prompt, references } = requireRequest(catalog, id)
  const chosen = new Set<number>(catalog.assets.resolve(selection))
  const rows = references.flatMap(({ row_id }) => (chosen.has(row_id) ? [row_id] : []))
  const label = () => `Removed ${countReferences(rows.length)} from the request ${promptLabel(user_prompt)}`
  return catalog.mutate({ kind: 'request-references', label, undoable: true, now }, (writer) =>
    writer.unlink('requestReference', id, rows),
  )
}

/**
 * Moves references before another (null: to the end), in the order given; what is none is left out. Throws `not_found` for
 * the request, or for a `before` that is no reference of it.
 */
export function arrangeReferences(
  catalog: Catalog,
  id: GenerationRequestId,
  assets: readonly AssetId[],
  before: AssetId | null,
  now: number,
): MutationResult {
  const { user_prompt } = requireRequest(catalog, id)
  const order = catalog.requests.references(id)
  const there = new Set(order.map(({ key }) => key))
  if (before !== null && !there.has(before))
    throw new VitrineError('not_found', 'That asset is no reference of the request any more.', { before })
  const moved = [...new Set(assets)].filter((asset) => there.has(asset))
  const moving = new Set(moved)
  // Before one that moves itself: before the next that does not.
  const from = before === null ? order.length : order.findIndex(({ key }) => key === before)
  const target = order.slice(from).find(({ key }) => !moving.has(key))?.key ?? null
  const label = () => `Arranged the references of the request ${promptLabel(user_prompt)}`
  return catalog.mutate({ kind: 'request-references', label, undoable: true, now }, (writer) => {
    for (const [asset, position] of moveBefore(order, moved, target))
      writer.set('requestReference', `${id}/${asset}`, 'position', position)
  })
}

/** Those of the assets that are to be references, each once. Throws `not_found`, and `invalid_request` for too many. */
export function requireReferences(catalog: Catalog, assets: readonly AssetId[], known: number): readonly AssetId[] {
  const ids = [...new Set(assets)]
  if (ids.length + known > MOST_REFERENCES)
    throw new VitrineError('invalid_request', `A request has at most ${MOST_REFERENCES} references.`)
  for (const id of ids) {
    if (catalog.assets.findById(id) === undefined)
      throw new VitrineError('not_found', 'That asset does not exist any more.', { id })
  }
  return ids
}

/** Inside a mutation: makes links in the order given, after the place of the last one that there is. */
export function linkReferences(
  writer: MutationWriter,
  id: GenerationRequestId,
  assets: readonly AssetId[],
  last: number | null,
  now: number,
): void {
  const positions = positionsBetween(last, null, assets.length) ?? []
  for (const [index, asset] of assets.entries())
    writer.set('requestReference', `${id}/${asset}`, 'in', { at: now, position: positions[index] ?? 0 })
}

function countReferences(count: number): string {
  return count === 1 ? 'a reference' : `${count} references`
}
