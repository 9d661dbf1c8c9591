import { VitrineError } from '../../../shared/contract/errors.ts'
import { type AssetId, assetIdSchema } from '../../../shared/domain/ids.ts'
import type { OutgoingSegment } from '../catalog/publication.repository.ts'
import type { LogPosition } from '../catalog/sync/remoteLog.ts'
import type { ObjectStore } from '../ports.ts'
import { readSmall } from './libraryManifest.ts'
import { logKey } from './objectKeys.ts'
import { isKept, isOnRemote } from './planUploads.ts'
import { isWhole, LARGEST_SEGMENT, ownSegment, type PublishContext } from './publishContext.ts'
import { type PublicationView, publishSegment, type ReleasedLines, releaseLines } from './publishSegment.ts'
import { recoverPublication } from './recoverPublication.ts'
import { sayHowFar } from './sayHowFar.ts'

const SEGMENT_TYPE = 'application/gzip'

/** Assets that are told of with one segment at most, and characters of their lines after which no more are added. */
const MOST_RELEASED = 1000
const FULL = 1024 * 1024

export type PublishOutcome =
  /** Everything that others may know is in the bucket. */
  | { readonly kind: 'done'; readonly segments: number }
  /** The next segment needs an upload that is under way. */
  | { readonly kind: 'waits'; readonly segments: number }
  | Cloned

/** Another copy of this library writes as this device; `common` is the last segment that both have. */
export interface Cloned {
  readonly kind: 'cloned'
  readonly common: LogPosition
}

/**
 * Finds out what the bucket holds of this device's log: where that is not known, and whether a segment arrived that was on its
 * way. Until then nobody can tell what others know who have seen some of it.
 */
export async function settlePublication(context: PublishContext): Promise<Cloned | null> {
  const { catalog, remoteId } = context
  const { publication } = catalog
  if (publication.position(remoteId) === null) {
    catalog.journal.seal()
    const common = await recoverPublication(context)
    if (common !== null) return { kind: 'cloned', common }
  }
  const outgoing = publication.outgoing(remoteId)
  if (outgoing === null) return null
  if (!(await put(context, outgoing))) return clonedAt(context)
  publication.confirmed(remoteId)
  return null
}

/** What this copy and the bucket have both, when the bucket's log goes on in another way. */
export function clonedAt({ catalog, remoteId }: PublishContext): Cloned {
  return { kind: 'cloned', common: catalog.publication.position(remoteId) ?? { seq: 0, sha256: null } }
}

/**
 * Brings this device's log in the bucket up to its journal, segment by segment in order, then says how far it is in
 * `devices/<device>.json`. A segment's bytes are kept until the bucket is shown to hold them, so a crash or a lost answer
 * anywhere ends with the same bytes there. Throws what the store says, `cancelled`, and `io_error` for a damaged journal.
 */
export async function publishLog(context: PublishContext): Promise<PublishOutcome> {
  const { catalog, remoteId, signal } = context
  const { publication } = catalog
  catalog.journal.seal()
  const cloned = await settlePublication(context)
  if (cloned !== null) return cloned
  let segments = 0
  for (let isSettled = false; !isSettled; ) {
    if (signal.aborted) throw new VitrineError('cancelled', 'Sync was stopped.')
    const next = composeNext(context)
    if (next === 'waits') return { kind: 'waits', segments }
    if (next === null) break
    // Uploads that end meanwhile are told of together with the next run: else each few would get a segment of their own.
    isSettled = next.isLast
    if (!(await put(context, next.segment))) return clonedAt(context)
    publication.confirmed(remoteId)
    segments++
  }
  await sayHowFar(context)
  return { kind: 'done', segments }
}

/** Stores a segment unless it is there already. False if another one has its name. */
async function put({ store, owner, catalog }: PublishContext, { seq, bytes }: OutgoingSegment): Promise<boolean> {
  const key = logKey(owner, catalog.deviceId, seq)
  if (await store.createBytes(key, bytes, SEGMENT_TYPE)) return true
  // An answer that was cut off looks like an object that is damaged: only what reads alike twice is one.
  let before: Buffer | null | undefined
  for (let isSure = false; !isSure; ) {
    const there = await readThere(store, key)
    if (there?.equals(bytes)) return true
    if (there !== null && isWhole(there)) return false
    isSure = there === null ? before === null : before?.equals(there) === true
    before = there
  }
  // Half of what was sent once, or rot.
  await store.putBytes(key, bytes, SEGMENT_TYPE)
  return true
}

/** Null for what nobody can open. */
function readThere(store: ObjectStore, key: string): Promise<Buffer | null> {
  return readSmall(store, key, LARGEST_SEGMENT).catch((error: unknown) => {
    // Of an encrypted remote: another copy of the folder would have written one that opens.
    if (error instanceof VitrineError && error.code === 'remote_checksum') return null
    throw error
  })
}

/** `isLast`: it was made for what had been held, and told of all of it. */
interface Composed {
  readonly segment: OutgoingSegment
  readonly isLast: boolean
}

function composeNext(context: PublishContext): Composed | 'waits' | null {
  const { catalog, remoteId } = context
  const { publication, journal } = catalog
  const previous = publication.position(remoteId)
  if (previous === null) return null
  const { released, isFull } = takeReleasable(context)
  const isOnlyReleased = publication.sealedSeq() === previous.seq
  if (isOnlyReleased) {
    if (released.assets.length === 0) return null
    journal.sealAnyway()
  }
  const { header, lines } = readOwn(context, previous.seq + 1)
  const staged = publishSegment(header, lines, previous, released, viewOf(context))
  if (staged === null) return 'waits'
  publication.stage(remoteId, staged)
  return { segment: staged, isLast: isOnlyReleased && !isFull }
}

/** What was held of assets that others may know now, up to a full segment. */
function takeReleasable(context: PublishContext): { readonly released: ReleasedLines; readonly isFull: boolean } {
  const { publication } = context.catalog
  const read = lineReader(context)
  const assets: string[] = []
  const held = []
  let size = 0
  for (const asset of publication.releasable(context.remoteId, MOST_RELEASED)) {
    const lines = publication.heldLines(context.remoteId, asset)
    assets.push(asset)
    held.push(...lines)
    // Of a line that many share, only a part is meant.
    for (const { segment, line } of lines) size += Math.min(read(segment, line).length, FULL / 100)
    if (size >= FULL && !publication.isToldElsewhere(asset)) break
  }
  const lines = releaseLines(held, read, (id) => publication.assetOfVersion(id))
  return { released: { assets, lines }, isFull: assets.length === MOST_RELEASED || size >= FULL }
}

/** Reads lines of this device's journal, keeping the segment that was read last. */
function lineReader(context: PublishContext): (segment: number, line: number) => string {
  const recent = new Map<number, readonly string[]>()
  return (segment, line) => {
    let lines = recent.get(segment)
    if (lines === undefined) {
      if (recent.size >= 8) recent.delete(recent.keys().next().value ?? 0)
      lines = readOwn(context, segment).lines
      recent.set(segment, lines)
    }
    const text = lines[line]
    if (text === undefined) throw new VitrineError('io_error', 'A journal segment of this library is damaged.')
    return text
  }
}

function viewOf({ catalog, remoteId }: PublishContext): PublicationView {
  const find = (id: string) => catalog.assets.findById(id as AssetId)
  return {
    isHeld: (id) => catalog.publication.isHeld(remoteId, id),
    isReady(id) {
      if (catalog.publication.isToldElsewhere(id)) return true
      const asset = find(id)
      return asset !== undefined && isKept(asset) && isOnRemote(catalog, remoteId, asset)
    },
    isUploading(id) {
      const asset = find(id)
      if (asset === undefined || !isKept(asset) || isOnRemote(catalog, remoteId, asset)) return false
      const state = catalog.assets.get(assetIdSchema.parse(id))?.sync_state
      return state === 'local' || state === 'queued' || state === 'uploading'
    },
    assetOfVersion: (id) => catalog.publication.assetOfVersion(id),
  }
}

function readOwn(context: PublishContext, seq: number) {
  const segment = ownSegment(context, seq)
  if (segment !== null) return segment
  throw new VitrineError(
    'io_error',
    `The journal of this library lacks its segment ${seq}. Put the file back from a backup to go on syncing.`,
  )
}
