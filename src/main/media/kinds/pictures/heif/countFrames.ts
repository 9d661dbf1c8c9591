import type { ByteSource } from '../../../carriers/byteSource.ts'
import { type IsoBox, readBoxes } from '../headers/isoBoxes.ts'

/**
 * Pictures in the longest track of an AVIF or HEIF file that moves, null for one that doesn't.
 * Source: ISO/IEC 14496-12 section 8.7.3 (stsz); 23008-12 section 7.
 */
export function countFrames(source: ByteSource): number | null {
  const moov = readBoxes(source, 0, source.size).find(({ type }) => type === 'moov')
  if (moov === undefined) return null
  let longest: number | null = null
  for (const track of children(source, moov).filter(({ type }) => type === 'trak')) {
    const stsz = inside(source, track, ['mdia', 'minf', 'stbl', 'stsz'])
    const count = stsz === null ? undefined : source.read(stsz.start + 8, 4)?.readUInt32BE(0)
    if (count !== undefined && count > (longest ?? 0)) longest = count
  }
  return longest
}

function children(source: ByteSource, { start, end }: IsoBox): readonly IsoBox[] {
  return readBoxes(source, start, end)
}

function inside(source: ByteSource, box: IsoBox, path: readonly string[]): IsoBox | null {
  let current: IsoBox | null = box
  for (const name of path) {
    current = current === null ? null : (children(source, current).find(({ type }) => type === name) ?? null)
  }
  return current
}
