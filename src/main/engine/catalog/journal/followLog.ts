import type { HeldLine } from '../publication.repository.ts'
import { assetLine } from './lineAssets.ts'

/** What a device's own journal and what it has told of it say together, segment by segment. */
export interface FollowedLog {
  /** Takes the next segment. False, with nothing taken, if the lines that were told can't come from this journal. */
  add(seq: number, own: readonly string[], told: readonly string[]): boolean
  /** Lines of the journal up to here that nobody was told of, though they still mean something. */
  held(): readonly HeldLine[]
}

/** Begins before the first segment. `assetOfVersion` finds the asset of a version that was made before. */
export function followLog(assetOfVersion: (id: string) => string | null): FollowedLog {
  const madeHere = new Set<string>()
  const known = new Set<string>()
  const held: HeldLine[] = []
  return {
    add(seq, own, told) {
      const released = new Set(assetsWith('', told, assetOfVersion).filter((asset) => madeHere.has(asset)))
      if (!comesFrom(own, told, (asset) => released.has(asset), assetOfVersion)) return false
      for (const asset of assetsWith('', told, assetOfVersion)) known.add(asset)
      for (const asset of assetsWith('', own, assetOfVersion)) madeHere.add(asset)
      for (const asset of assetsWith('purged', own, assetOfVersion)) known.add(asset)
      for (const [line, text] of own.entries()) {
        for (const assetId of assetsOf(text, assetOfVersion)) {
          if (madeHere.has(assetId)) held.push({ assetId, segment: seq, line })
        }
      }
      return true
    },
    held: () => held.filter(({ assetId }) => !known.has(assetId)),
  }
}

/** Whether each line that was told stands in the segment, at least in part, or is of an asset that was held until then. */
function comesFrom(
  own: readonly string[],
  told: readonly string[],
  isReleased: (asset: string) => boolean,
  assetOfVersion: (id: string) => string | null,
): boolean {
  const lines = new Set(own)
  const unlike = told.filter((text) => !lines.has(text))
  if (unlike.length === 0) return true
  const writes = new Set(own.map(writeOf))
  return unlike.every((text) => writes.has(writeOf(text)) || assetsOf(text, assetOfVersion).some(isReleased))
}

/** What stays of a line when only a part of it is told, or a path in it is replaced. */
function writeOf(text: string): string {
  const { entity, field, stamp } = JSON.parse(text) as Readonly<Record<string, unknown>>
  return `${entity} ${field} ${stamp}`
}

function assetsOf(text: string, assetOfVersion: (id: string) => string | null): readonly string[] {
  const line = assetLine(text, assetOfVersion)
  if (line === null) return []
  return line.kind === 'one' ? [line.asset] : line.assets
}

/** Assets of which a segment sets a field. */
function assetsWith(field: string, lines: readonly string[], assetOfVersion: (id: string) => string | null): string[] {
  return lines.flatMap((text) => {
    const line = assetLine(text, assetOfVersion)
    if (line === null || line.entity !== 'asset' || line.field !== field) return []
    return line.kind === 'one' ? [line.asset] : line.assets
  })
}
