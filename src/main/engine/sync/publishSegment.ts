import { heldParts } from '../catalog/journal/heldParts.ts'
import { assetLine, partOfLine } from '../catalog/journal/lineAssets.ts'
import type { SegmentHeader } from '../catalog/journal/operation.ts'
import { parseOperations } from '../catalog/journal/operationSet.ts'
import { encodeSegment, segmentHash } from '../catalog/journal/segment.ts'
import type { HeldLine, StagedSegment } from '../catalog/publication.repository.ts'
import type { LogPosition } from '../catalog/sync/remoteLog.ts'
import { withoutOwnPaths } from './publishPaths.ts'

/** What decides which operations others may know. */
export interface PublicationView {
  /** Whether others do not know this asset yet. */
  isHeld(assetId: string): boolean
  /** Whether an asset that is new may be told of: it is kept, and the bucket has confirmed what it holds. */
  isReady(assetId: string): boolean
  /** Whether the content that an asset was given is on its way to the bucket. */
  isUploading(assetId: string): boolean
  assetOfVersion(versionId: string): string | null
}

/** Lines of earlier segments that others may know now. */
export interface ReleasedLines {
  readonly assets: readonly string[]
  readonly lines: readonly string[]
}

/**
 * Composes the segment that others get for one of this device's own journal. It has the same sequence, `seen` and lines,
 * but what concerns an asset that others do not know is held back until that asset is kept and its original is in the
 * bucket; then its lines go out with the next segment, and count as written with it. Nobody else can have changed such an asset
 * meanwhile, so `seen` says too much of these lines without harm. What was gone for good before anybody knew of it is never told.
 *
 * Returns null while the segment has to wait for an upload: an asset that others know has new content.
 */
export function publishSegment(
  header: SegmentHeader,
  lines: readonly string[],
  previous: LogPosition,
  released: ReleasedLines,
  view: PublicationView,
): StagedSegment | null {
  const known = new Set(released.assets)
  const heldNow = new Map<string, HeldLine[]>()
  const gone = new Set<string>()
  const out: string[] = [...released.lines]
  const isHeld = (asset: string): boolean => !known.has(asset) && (heldNow.has(asset) || view.isHeld(asset))

  for (const [line, text] of lines.entries()) {
    const concerns = assetLine(text, view.assetOfVersion)
    if (concerns === null) {
      out.push(text)
      continue
    }
    const assets = concerns.kind === 'one' ? [concerns.asset] : concerns.assets
    const bare = concerns.entity === 'asset' ? concerns.field : null
    for (const asset of assets) {
      if (bare === '' && !known.has(asset) && !view.isReady(asset)) heldNow.set(asset, heldNow.get(asset) ?? [])
      if (bare === 'content' && !isHeld(asset) && view.isUploading(asset)) return null
      if (!isHeld(asset)) continue
      if (bare === 'purged') gone.add(asset)
      else hold(heldNow, { assetId: asset, segment: header.seq, line })
    }
    const part = partOfLine(text, concerns, (asset) => !isHeld(asset))
    const told = part === null ? null : withoutOwnPaths(part)
    if (told !== null) out.push(told)
  }
  const bytes = encodeSegment({ ...header, prevSha: previous.sha256 }, out)
  return {
    seq: header.seq,
    sha256: segmentHash(bytes),
    bytes,
    hold: [...heldNow].flatMap(([asset, held]) => (gone.has(asset) ? [] : held)),
    release: [...released.assets, ...gone],
    told: { place: header.lastOutbox, operations: released.lines.flatMap((line) => parseOperations(line) ?? []) },
    untold: [...gone],
  }
}

function hold(heldNow: Map<string, HeldLine[]>, line: HeldLine): void {
  const lines = heldNow.get(line.assetId)
  if (lines === undefined) heldNow.set(line.assetId, [line])
  else lines.push(line)
}

/** The parts of lines that concern the chosen assets, in the order of the journal. `lineAt` reads one line. */
export function releaseLines(
  held: readonly HeldLine[],
  lineAt: (segment: number, line: number) => string,
  assetOfVersion: (id: string) => string | null,
): readonly string[] {
  return heldParts(held, lineAt, assetOfVersion).flatMap((part) => withoutOwnPaths(part) ?? [])
}
