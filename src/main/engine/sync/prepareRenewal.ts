import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { VitrineError } from '../../../shared/contract/errors.ts'
import { deviceIdSchema } from '../../../shared/domain/ids.ts'
import { segmentHash, segmentName } from '../catalog/journal/segment.ts'
import { beginRenewal, type RenewalReason, writePlan } from '../catalog/renewal/renewalPlan.ts'
import type { LogPosition } from '../catalog/sync/remoteLog.ts'
import { fileError } from '../disk/fileError.ts'
import { writeFileDurably } from '../disk/writeFileDurably.ts'
import { readSmall } from './libraryManifest.ts'
import { logKey } from './objectKeys.ts'
import { LARGEST_SEGMENT, linesIfSound, type PublishContext } from './publishContext.ts'

/**
 * Prepares that this copy of the library becomes a device of its own, at the next opening: brings what the bucket has of its
 * log here, up to the last segment that both have, which will be the log of another device. Nothing is changed by it. Throws
 * what the store says, `cancelled`, `disk_full` and its like, and `remote_server` if the log in the bucket is damaged.
 * `newId` gives the UUID of the new device.
 */
export async function prepareRenewal(
  context: PublishContext,
  common: LogPosition,
  why: RenewalReason,
  newId: () => string = randomUUID,
): Promise<void> {
  const { catalog, store, owner, root, signal } = context
  const { told } = beginRenewal(root)
  let sha256: string | null = null
  for (let seq = 1; seq <= common.seq; seq++) {
    if (signal.aborted) throw new VitrineError('cancelled', 'Sync was stopped.')
    const bytes = await readSmall(store, logKey(owner, catalog.deviceId, seq), LARGEST_SEGMENT)
    if (linesIfSound(bytes)?.header.prevSha !== sha256) throw damaged(seq, why)
    sha256 = segmentHash(bytes)
    try {
      writeFileDurably(join(told, segmentName(seq)), bytes)
    } catch (error) {
      throw fileError(error, told)
    }
  }
  if (sha256 !== common.sha256) throw damaged(common.seq, why)
  const to = deviceIdSchema.parse(newId())
  writePlan(root, { format: 1, from: catalog.deviceId, to, ...common, why, stage: 'fetched' })
}

function damaged(seq: number, why: RenewalReason): VitrineError {
  const cause =
    why === 'retired'
      ? 'This computer was retired on another device'
      : 'Another copy of this library has synced under the name of this one'
  return new VitrineError(
    'remote_server',
    `${cause}, and part ${seq} of what it had published before is damaged in the bucket. Nothing was changed. Put that object back from a backup of the bucket to go on syncing.`,
  )
}
