import { randomUUID } from 'node:crypto'
import { VitrineError } from '../../../shared/contract/errors.ts'
import type { MutationResult } from '../../../shared/contract/requests/requestMap.ts'
import type { RowId } from '../../../shared/domain/ids.ts'
import type { Catalog } from '../catalog/catalog.ts'
import { countAssets } from './countLabel.ts'
import { othersFirst, slices } from './inParts.ts'

/** Assets that are purged in one transaction; between two, others have their turn. */
const BATCH = 100
/** Assets of which is looked up at once whether they are in Trash. */
const LOOKED_AT = 10_000

export interface Purged {
  readonly result: MutationResult
  /** Of the originals of what was purged. */
  readonly bytes: number
}

/**
 * Removes assets in Trash for good, and leaves a tombstone of each. There is no way back, so the person's own count of
 * them is asked for. What is not in Trash any more is left alone. The files are removed by whoever works on the removals
 * that each transaction leaves behind. `now` in ms. Rejects with `count_changed` when there are more than were confirmed.
 */
export async function purgeAssets(
  catalog: Catalog,
  rows: Iterable<RowId>,
  confirmed: number,
  now: number,
  label: (count: number) => string = (count) => `Removed ${countAssets(count)} for good`,
): Promise<Purged> {
  const chosen = Int32Array.from(rows)
  const trashed: RowId[] = []
  for (const some of slices({ rowIds: chosen }, LOOKED_AT)) {
    for (const { rowId, deletedAt } of catalog.assets.selected(some)) if (deletedAt !== null) trashed.push(rowId)
    if (chosen.length > LOOKED_AT) await othersFirst()
  }
  if (trashed.length > confirmed) {
    throw new VitrineError(
      'count_changed',
      `There are ${trashed.length} assets to remove now, not ${confirmed}. Nothing was removed; look again and confirm once more.`,
      { count: trashed.length },
    )
  }
  const groupId = `purge-${randomUUID()}`
  let [bytes, count] = [0, 0]
  let last: MutationResult = { count: 0, label: label(0), activityId: null, revision: catalog.revision }
  for (let at = 0; at < trashed.length; at += BATCH) {
    last = catalog.mutate({ kind: 'purge', label, undoable: false, now, groupId }, (writer) => {
      for (const row of trashed.slice(at, at + BATCH)) {
        const asset = catalog.assets.findByRow(row)
        if (asset === undefined || asset.deletedAt === null) continue
        if (!writer.set('asset', asset.id, 'purged', now)) continue
        bytes += asset.fileSizeBytes
        count++
      }
    })
    await othersFirst()
  }
  return { result: { ...last, count, label: label(count) }, bytes }
}
