import { VitrineError } from '../../../../shared/contract/errors.ts'
import type { LogPosition } from '../../catalog/sync/remoteLog.ts'
import { readSmall } from '../libraryManifest.ts'
import { logKey } from '../objectKeys.ts'
import { LARGEST_SEGMENT, type PublishContext } from '../publishContext.ts'
import { recoverPublication } from '../recoverPublication.ts'
import { sayRetired } from '../sayHowFar.ts'

/**
 * Ends what this device does under a name that was retired: it publishes nothing more, and says that it has heard of it, so
 * that nobody waits for it. Returns the last segment that this device and the bucket both have; what comes after it goes on
 * under another name. Throws what the store says.
 */
export async function leaveRetired(context: PublishContext): Promise<LogPosition> {
  const { catalog, store, owner, remoteId } = context
  const { publication, journal } = catalog
  journal.seal()
  if (publication.position(remoteId) === null) {
    const common = await recoverPublication(context)
    if (common !== null) return common
  }
  const outgoing = publication.outgoing(remoteId)
  if (outgoing !== null) {
    // Its answer may have been lost.
    const there = await readSmall(store, logKey(owner, catalog.deviceId, outgoing.seq), LARGEST_SEGMENT).catch(absent)
    if (there?.equals(outgoing.bytes)) publication.confirmed(remoteId)
  }
  await sayRetired(context)
  return publication.position(remoteId) ?? { seq: 0, sha256: null }
}

/** One that is not there, or is only there in part, is not in the bucket. */
function absent(error: unknown): null {
  if (error instanceof VitrineError && (error.code === 'not_found' || error.code === 'remote_checksum')) return null
  throw error
}
