import { isDeepStrictEqual } from 'node:util'
import { VitrineError } from '../../../shared/contract/errors.ts'
import { followLog } from '../catalog/journal/followLog.ts'
import type { SegmentHeader } from '../catalog/journal/operation.ts'
import { segmentHash } from '../catalog/journal/segment.ts'
import type { LogPosition } from '../catalog/sync/remoteLog.ts'
import { readSmall } from './libraryManifest.ts'
import { logKey, logPrefix, seqOfKey } from './objectKeys.ts'
import { isWhole, LARGEST_SEGMENT, linesIfSound, ownSegment, type PublishContext } from './publishContext.ts'

/**
 * Takes this device's log up where the bucket has it, for a catalogue that knows nothing of it: after a rebuild, or when a
 * remote is added again. What the log tells is read there, and held is what it does not tell. Returns where the log and this
 * device's journal part: another copy of the library has written it, or the journal has lost its end; null if they don't.
 * Throws what the store says, and `remote_server` for a segment that is damaged there.
 */
export async function recoverPublication(context: PublishContext): Promise<LogPosition | null> {
  const { catalog, store, owner, remoteId } = context
  const device = catalog.deviceId
  const seqs: number[] = []
  for await (const { key } of store.list(logPrefix(owner, device))) seqs.push(seqOfKey(owner, device, key) ?? 0)
  seqs.sort((a, b) => a - b)
  const log = followLog((id) => catalog.publication.assetOfVersion(id))
  let position: LogPosition = { seq: 0, sha256: null }
  for (const seq of seqs) {
    if (seq !== position.seq + 1) continue
    const bytes = await readSmall(store, logKey(owner, device, seq), LARGEST_SEGMENT)
    const told = linesIfSound(bytes)
    if (told === null && !isWhole(bytes)) throw damaged(seq)
    const own = ownSegment(context, seq)
    if (told === null || own === null || !isTheSame(told.header, own.header, position)) return position
    if (!log.add(seq, own.lines, told.lines)) return position
    position = { seq, sha256: segmentHash(bytes) }
  }
  catalog.publication.begin(remoteId, position, log.held())
  return null
}

/** Published segments differ from the journal's own in what is held, and so in the hash of the one before. */
function isTheSame(told: SegmentHeader, own: SegmentHeader, previous: LogPosition): boolean {
  return isDeepStrictEqual(told, { ...own, prevSha: previous.sha256 })
}

function damaged(seq: number): VitrineError {
  return new VitrineError(
    'remote_server',
    `Part ${seq} of what this computer has published is damaged in the bucket. Put the object back from a backup of the bucket to go on syncing.`,
  )
}
