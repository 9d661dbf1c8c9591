import { isDeepStrictEqual } from 'node:util'
import { assetLine } from '../catalog/journal/lineAssets.ts'
import type { SegmentHeader } from '../catalog/journal/operation.ts'
import { segmentHash } from '../catalog/journal/segment.ts'
import type { HeldLine } from '../catalog/publication.repository.ts'
import type { LogPosition } from '../catalog/sync/remoteLog.ts'
import { readSmall } from './libraryManifest.ts'
import { logPrefix, seqOfKey } from './objectKeys.ts'
import { LARGEST_SEGMENT, linesIfSound, ownSegment, type PublishContext } from './publishContext.ts'
import { linesOf } from './publishSegment.ts'

/**
 * Takes this device's log up where the bucket has it, for a catalogue that knows nothing of it: after a rebuild, or when a
 * remote is added again. What the log tells is read there, and held is what it does not tell. False if the log is not that of
 * this device's journal: another copy of the library has written it, or the journal has lost its end.
 */
export async function recoverPublication(context: PublishContext): Promise<boolean> {
  const { catalog, store, owner, remoteId } = context
  const device = catalog.deviceId
  const assetOfVersion = (id: string) => catalog.publication.assetOfVersion(id)
  const madeHere = new Set<string>()
  const known = new Set<string>()
  const held: HeldLine[] = []
  let position: LogPosition = { seq: 0, sha256: null }
  for await (const { key } of store.list(logPrefix(owner, device))) {
    const seq = position.seq + 1
    if (seqOfKey(owner, device, key) !== seq) continue
    const bytes = await readSmall(store, key, LARGEST_SEGMENT)
    const told = linesIfSound(bytes)
    const own = ownSegment(context, seq)
    if (told === null || own === null || !isTheSame(told.header, own.header, position)) return false
    for (const asset of assetsWith('', told.lines, assetOfVersion)) known.add(asset)
    for (const asset of assetsWith('', own.lines, assetOfVersion)) madeHere.add(asset)
    for (const asset of assetsWith('purged', own.lines, assetOfVersion)) known.add(asset)
    held.push(...linesOf(seq, own.lines, (asset) => madeHere.has(asset), assetOfVersion))
    position = { seq, sha256: segmentHash(bytes) }
  }
  const unknown = held.filter(({ assetId }) => !known.has(assetId))
  catalog.publication.begin(remoteId, position, unknown)
  return true
}

/** Published segments differ from the journal's own in what is held, and so in the hash of the one before. */
function isTheSame(told: SegmentHeader, own: SegmentHeader, previous: LogPosition): boolean {
  return isDeepStrictEqual(told, { ...own, prevSha: previous.sha256 })
}

/** Assets of which a segment sets a field. */
function assetsWith(field: string, lines: readonly string[], assetOfVersion: (id: string) => string | null): string[] {
  return lines.flatMap((text) => {
    const line = assetLine(text, assetOfVersion)
    if (line === null || line.entity !== 'asset' || line.field !== field) return []
    return line.kind === 'one' ? [line.asset] : line.assets
  })
}
