import { randomUUID } from 'node:crypto'
import { VitrineError } from '../../../shared/contract/errors.ts'
import type { MutationResult } from '../../../shared/contract/requests/requestMap.ts'
import type { RowId } from '../../../shared/domain/ids.ts'
import type { Catalog } from '../catalog/catalog.ts'
import { countAssets } from './countLabel.ts'
import { othersFirst, slices } from './inParts.ts'
import { longChangesOf } from './longChanges.ts'

/** Assets that are purged in one transaction; between two, others have their turn. */
const BATCH = 1000
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
 * that each transaction leaves behind. Whoever cancels it keeps what is left. `now` in ms. Rejects with `count_changed` when there are more than were confirmed.
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
  const running = trashed.length > BATCH ? longChangesOf(catalog).begin('purge', trashed.length) : null
  try {
    for (let at = 0; at < trashed.length && running?.cancelled !== true; at += BATCH) {
      const rowIds = trashed.slice(at, at + BATCH)
      last = catalog.mutate({ kind: 'purge', label, undoable: false, now, groupId }, (writer) => {
        // Looked at again in the transaction that writes: what was restored a moment ago stays.
        const gone = catalog.assets.selected({ rowIds }).filter(({ deletedAt }) => deletedAt !== null)
        writer.purge(
          gone.map(({ rowId }) => rowId),
          now,
        )
        bytes += gone.reduce((sum, asset) => sum + asset.bytes, 0)
        count += gone.length
      })
      running?.advance(at + rowIds.length)
      await othersFirst()
    }
    const ended = running?.cancelled === true && count < trashed.length
    return { result: { ...last, count, label: label(count), ...(ended && { cancelled: true }) }, bytes }
  } finally {
    running?.end()
  }
}
