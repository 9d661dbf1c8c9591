import { remainsOf } from './mergePurge.ts'
import type { Merging } from './merging.ts'

/**
 * What this device has to say to a segment that it has just merged, as changes of its own: what was kept on one side and
 * deleted on the other stays, and what was removed for good by somebody who did not know all of it comes back. Returns
 * whether it said anything. `segmentOf`: which own segment holds a number of the outbox; `name`: of the device.
 */
export function answer(merging: Merging, segmentOf: (outbox: number) => number, name: string | null): boolean {
  const { door, origin, tally, reader } = merging
  const where = name === null ? 'another device' : `“${name}”`
  const label = (count: number): string =>
    `Brought back ${count === 1 ? '1 asset' : `${count} assets`} deleted without knowing of a change, here or on ${where}`
  const spec = { kind: 'bring-back', label, undoable: false, now: origin.now }
  const isUndeleted = door.answer(spec, (writer) => {
    for (const id of tally.undelete) {
      if (reader.read('asset', id, 'space') === 'library') writer.set('asset', id, 'deleted_at', null)
    }
  })
  const isBroughtBack = door.answer({ ...spec, recordChanges: false }, (writer) => {
    for (const id of tally.bringBack) {
      if (writer.assetRow(id) !== undefined) writer.confirm('asset', id, 'restored', remainsOf(merging, id, segmentOf))
    }
  })
  return isUndeleted || isBroughtBack
}
