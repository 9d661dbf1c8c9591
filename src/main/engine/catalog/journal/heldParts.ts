import type { HeldLine } from '../publication.repository.ts'
import { assetLine, partOfLine } from './lineAssets.ts'

/**
 * The parts of lines that concern the assets of which they were held, in the order of the journal. A line that several assets
 * share comes once, with all of them. `lineAt` reads one line; what it throws goes through.
 */
export function heldParts(
  held: Iterable<HeldLine>,
  lineAt: (segment: number, line: number) => string,
  assetOfVersion: (id: string) => string | null,
): readonly string[] {
  const places = new Map<string, { readonly segment: number; readonly line: number; readonly assets: Set<string> }>()
  for (const { assetId, segment, line } of held) {
    const name = `${segment}/${line}`
    const place = places.get(name) ?? { segment, line, assets: new Set<string>() }
    place.assets.add(assetId)
    places.set(name, place)
  }
  return [...places.values()]
    .sort((a, b) => a.segment - b.segment || a.line - b.line)
    .flatMap(({ segment, line, assets }) => {
      const text = lineAt(segment, line)
      const concerns = assetLine(text, assetOfVersion)
      return (concerns === null ? null : partOfLine(text, concerns, (asset) => assets.has(asset))) ?? []
    })
}
