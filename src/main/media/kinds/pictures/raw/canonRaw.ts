import { type ByteSource, partOf } from '../../../carriers/byteSource.ts'
import { type IsoBox, readBoxes } from '../headers/isoBoxes.ts'
import type { Span } from './jpegPreview.ts'
import { readRawDirectories, tags } from './rawDirectories.ts'
import type { RawContents } from './tiffRaw.ts'

/** Canon's metadata, and its preview. Source: the description of CR3 by Laurent Clévy. */
const METADATA = '85c0b687820f11e08111f4ce462b6a48'
const PREVIEW = 'eaf42b5e1c984b88b9fbb7dc406e4d16'

/** Reads a CR3 file (ISO base media), null if it is none. */
export function readCanonRaw(source: ByteSource): RawContents | null {
  const boxes = readBoxes(source, 0, source.size)
  const moov = boxes.find(({ type }) => type === 'moov')
  if (boxes[0]?.type !== 'ftyp' || moov === undefined) return null
  const inMovie = readBoxes(source, moov.start, moov.end)
  const metadata = inMovie.find((box) => isUuid(source, box, METADATA))
  if (metadata === undefined) return null
  const described = describe(source, readBoxes(source, metadata.start + 16, metadata.end))
  const tracks = inMovie.filter(({ type }) => type === 'trak').flatMap((track) => firstSample(source, track))
  const previews = boxes.filter((box) => isUuid(source, box, PREVIEW)).flatMap((box) => previewIn(source, box))
  return { ...described, previews: [...previews, ...tracks], isDng: false }
}

function isUuid(source: ByteSource, { type, start }: IsoBox, uuid: string): boolean {
  return type === 'uuid' && source.read(start, 16)?.toString('hex') === uuid
}

/** `CMT1` is the first directory of a TIFF structure, as other raw files have it. */
function describe(source: ByteSource, boxes: readonly IsoBox[]): Pick<RawContents, 'width' | 'height' | 'orientation'> {
  const cmt1 = boxes.find(({ type }) => type === 'CMT1')
  const [directory] = cmt1 === undefined ? [] : readRawDirectories(partOf(source, cmt1.start, cmt1.end - cmt1.start))
  const width = directory?.numbers(tags.width)[0] || null
  const height = directory?.numbers(tags.height)[0] || null
  const orientation = directory?.numbers(tags.orientation)[0] ?? 1
  return { width, height, orientation: orientation >= 1 && orientation <= 8 ? orientation : 1 }
}

/** `PRVW` after eight bytes: its JPEG follows sixteen bytes of sizes. */
function previewIn(source: ByteSource, box: IsoBox): Span[] {
  return readBoxes(source, box.start + 24, box.end)
    .filter(({ type }) => type === 'PRVW')
    .map(({ start, end }) => ({ start: start + 16, length: end - start - 16 }))
}

/** The first sample of a track: the whole picture as JPEG in one of them, sensor data in the others. */
function firstSample(source: ByteSource, track: IsoBox): Span[] {
  let boxes: readonly IsoBox[] = readBoxes(source, track.start, track.end)
  for (const name of ['mdia', 'minf', 'stbl']) {
    const box = boxes.find(({ type }) => type === name)
    if (box === undefined) return []
    boxes = readBoxes(source, box.start, box.end)
  }
  const [sizes, offsets] = [boxes.find(({ type }) => type === 'stsz'), boxes.find(({ type }) => type === 'co64')]
  if (sizes === undefined || offsets === undefined) return []
  const uniform = source.read(sizes.start + 4, 4)?.readUInt32BE(0) ?? 0
  const length = uniform > 0 ? uniform : (source.read(sizes.start + 12, 4)?.readUInt32BE(0) ?? 0)
  const start = Number(source.read(offsets.start + 8, 8)?.readBigUInt64BE(0) ?? 0)
  return start > 0 && length > 0 ? [{ start, length }] : []
}
