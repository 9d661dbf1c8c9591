import { links } from '../cellColumns.ts'
import type { CellValue, Operation } from '../journal/operation.ts'
import { keepMove, latestMove, placeOf } from '../linkPlaces.ts'
import { same } from '../setValues.ts'
import type { Merging } from './merging.ts'

/** Shows a link as the write with this value and stamp made it, in the place that it has now; or that it does not stand. */
export function showLink(
  merging: Merging,
  { entity, id, field }: Pick<Operation, 'entity' | 'id' | 'field'>,
  value: CellValue,
  stamp: string,
): void {
  const before = merging.reader.read(entity, id, field) ?? null
  const link = inPlace(merging, entity, id, value, stamp)
  if (same(before, link)) return
  // A link that stands is not written anew by a cell, so that it is taken away first.
  if (before !== null && link !== null) merging.write(entity, id, field, null, stamp, false)
  merging.write(entity, id, field, link, stamp, (before === null) !== (link === null))
}

/** The value of a link, with the place that it has by all moves that are known. */
export function inPlace(merging: Merging, entity: string, id: string, value: CellValue, stamp: string): CellValue {
  if (value === null || !links[entity as keyof typeof links].ordered) return value
  const link = value as { readonly at: number; readonly position: number }
  return { ...link, position: placeOf({ stamp, position: link.position }, latestMove(merging.get, entity, id)) }
}

/** Takes a move of a link. One that does not stand now keeps it, should it come to stand again. */
export function mergeMove(merging: Merging, operation: Operation, place: number): void {
  const { entity, id, field, value, stamp } = operation
  if (!keepMove(merging.get, operation, { stamp, position: Number(value) }, place)) return
  merging.door.saveStamp(entity, id, field, stamp, place)
  const made = merging.shownStamp(entity, id, 'in')
  if (made === undefined || made.stamp < stamp) merging.write(entity, id, field, value, stamp, false)
}
