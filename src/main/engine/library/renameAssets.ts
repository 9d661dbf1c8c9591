import { VitrineError } from '../../../shared/contract/errors.ts'
import type { MutationResult } from '../../../shared/contract/requests/requestMap.ts'
import type { AssetSelection } from '../../../shared/domain/asset.ts'
import type { RowId } from '../../../shared/domain/ids.ts'
import { fillPattern, unknownField } from '../../../shared/domain/namePattern.ts'
import type { Catalog } from '../catalog/catalog.ts'
import { countAssets } from './countLabel.ts'
import { nameFactsOf } from './export/nameFactsOf.ts'
import { groupOf, type Part } from './inParts.ts'
import { rowsInOrder } from './rowsInOrder.ts'

/** A name that an asset would get. */
export interface NewName {
  readonly from: string
  readonly to: string
}

/**
 * Gives assets names by a pattern (`fillPattern`), numbered in the order of the selection; endings stay. The files in the
 * library are not moved: their own names say what they hold, for ever. `now` in ms. Throws `invalid_request` for a pattern
 * that can't be understood.
 */
export function renameAssets(
  catalog: Catalog,
  selection: AssetSelection,
  pattern: string,
  now: number,
  part?: Part,
): MutationResult {
  requireKnown(pattern)
  const label = (count: number) => `Renamed ${countAssets(count)}`
  return catalog.mutate({ kind: 'rename', label, undoable: true, now, ...groupOf(part) }, (writer) => {
    const names = newNames(catalog, rowsInOrder(catalog, selection), pattern, part?.offset ?? 0)
    writer.setEach(
      'file_name',
      [...names].map(([row, { to }]) => [row, to] as const),
    )
  })
}

/** What `renameAssets` would make of the first `most` of a selection. Throws as it does. */
export function previewNames(
  catalog: Catalog,
  selection: AssetSelection,
  pattern: string,
  most: number,
): readonly NewName[] {
  requireKnown(pattern)
  return [...newNames(catalog, rowsInOrder(catalog, selection).slice(0, most), pattern, 0).values()]
}

function newNames(catalog: Catalog, rows: readonly RowId[], pattern: string, offset: number): Map<RowId, NewName> {
  const names = new Map<RowId, NewName>()
  for (const [index, row] of rows.entries()) {
    const found = catalog.assets.findByRow(row)
    const asset = found && catalog.assets.get(found.id)
    if (asset === undefined || names.has(row)) continue
    const ending = /\.[^.]{1,20}$/.exec(asset.file_name)?.[0] ?? ''
    const to = `${fillPattern(pattern, nameFactsOf(asset), offset + index + 1)}${ending}`
    names.set(row, { from: asset.file_name, to })
  }
  return names
}

function requireKnown(pattern: string): void {
  const unknown = unknownField(pattern)
  if (unknown !== null) throw new VitrineError('invalid_request', `“${unknown}” is no field of a name.`)
}
