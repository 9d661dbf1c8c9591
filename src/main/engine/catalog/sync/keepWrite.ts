import type { CellValue, Operation } from '../journal/operation.ts'
import { parseStamp } from '../journal/stamp.ts'
import { same } from '../setValues.ts'
import type { CellRule } from './cellRules.ts'
import { inOrder, mergeWrite } from './mergeWrites.ts'
import type { KeptWrite, Merging } from './merging.ts'

/**
 * Takes a write into what is kept of a cell. Returns the write that the cell is to show now, null if that is what it
 * shows already or if there is nothing that the cell belongs to. `readShown` is asked only for concurrent writes.
 */
export function keepWrite(
  merging: Merging,
  operation: Operation,
  rule: CellRule,
  readShown: () => CellValue | undefined,
): KeptWrite | null {
  const { entity, id, field, value, stamp } = operation
  const { origin } = merging
  const shown = merging.shownStamp(entity, id, field)
  if (shown?.stamp === stamp) return null
  const others = shown === undefined ? [] : merging.unshown(entity, id, field)
  const incoming: KeptWrite = {
    value,
    stamp,
    device: origin.device,
    place: origin.place,
    outbox: origin.outbox,
    foundAt: origin.now,
  }
  const shownBy = shown === undefined ? '' : parseStamp(shown.stamp).device
  if (shown === undefined || (others.length === 0 && origin.knows(shownBy, shown.place))) {
    if (readShown() === undefined) return null
    merging.keepUnshown(entity, id, field, [])
    merging.saveStamp(operation)
    return incoming
  }
  const shownValue = readShown()
  if (shownValue === undefined) return null
  const current: KeptWrite = { ...incoming, ...shown, device: shownBy, value: shownValue }
  // What this device wrote between two parts of a segment is shown, whatever the cell favours.
  const before = inOrder([current, ...others], rule.favours)
  const kept = mergeWrite<KeptWrite>(before, incoming, origin.knows, rule.favours)
  const [winner, ...rest] = kept
  if (winner === undefined) return null
  merging.keepUnshown(
    entity,
    id,
    field,
    rest.map((write) => write.stamp),
  )
  for (const write of rest) {
    const isListed = rule.listed && !same(write.value, winner.value)
    if (isListed && !others.some((other) => other.stamp === write.stamp)) merging.tally.conflicts++
    merging.hide(entity, id, field, write, isListed)
  }
  if (winner.stamp === shown.stamp) return null
  merging.door.saveStamp(entity, id, field, winner.stamp, winner.place)
  return winner
}
