import { type ByteSource, partOf } from './byteSource.ts'
import type { CarrierCollector } from './carrierCollector.ts'
import { lengthWithoutPadding } from './decodeText.ts'
import { ExtendedXmp } from './extendedXmp.ts'
import { addImageResources } from './photoshopResources.ts'

const EXIF = 'Exif\0\0'
const XMP = 'http://ns.adobe.com/xap/1.0/\0'
const EXTENDED_XMP = 'http://ns.adobe.com/xmp/extension/\0'
const PHOTOSHOP = 'Photoshop 3.0\0'
/** The longest of the prefixes above. */
const PREFIX_BYTES = EXTENDED_XMP.length
/** Garbage between two segments is skipped as far as this. */
const MAX_GAP = 64 * 1024
/** Largest content of a segment; a block that fills one may go on in the next. */
const FULL_SEGMENT = 65_500

/**
 * Adds what the segments of a JPEG before its first scan carry.
 * Source: ITU-T T.81 annex B; CIPA DC-008 section 4.7 (Exif); XMP specification part 3, section 1.1.3; ISO 19566-5
 * annex D.2 (JUMBF in APP11).
 * @param start where SOI is
 */
export function addJpegCarriers(source: ByteSource, start: number, collector: CarrierCollector): void {
  const exif = new SplitBlock()
  const resources: Buffer[] = []
  const extended = new ExtendedXmp()
  const boxes = new Map<string, Buffer[]>()
  for (const segment of segments(source, start, collector)) {
    const content = collector.take(source, segment.start, segment.length, `jpeg:${segment.marker.toString(16)}`)
    if (content === null) continue
    const prefix = content.toString('latin1', 0, PREFIX_BYTES)
    if (segment.marker === COM) {
      collector.addText('jpeg:COM', '', content.subarray(0, lengthWithoutPadding(content)))
    } else if (segment.marker === APP11) addJumbfPart(boxes, content)
    else if (segment.marker === APP13) {
      if (prefix.startsWith(PHOTOSHOP)) resources.push(content.subarray(PHOTOSHOP.length))
    } else if (prefix.startsWith(EXIF)) exif.add(content.subarray(EXIF.length))
    else if (prefix.startsWith(XMP)) collector.addXmp(content.subarray(XMP.length))
    else if (prefix.startsWith(EXTENDED_XMP)) extended.add(content.subarray(EXTENDED_XMP.length))
  }
  for (const block of exif.blocks()) collector.addExif(block)
  for (const packet of extended.packets()) collector.addXmp(packet)
  if (resources.length > 0) addImageResources(Buffer.concat(resources), collector)
  for (const parts of boxes.values()) collector.addManifestStore(Buffer.concat(parts))
}

const APP1 = 0xe1
const APP11 = 0xeb
const APP13 = 0xed
const COM = 0xfe
const SOI = 0xd8
const EOI = 0xd9
const SOS = 0xda
const CARRYING: ReadonlySet<number> = new Set([APP1, APP11, APP13, COM])

interface Segment {
  readonly marker: number
  /** Of the content, behind the length. */
  readonly start: number
  readonly length: number
}

function* segments(source: ByteSource, start: number, collector: CarrierCollector): Generator<Segment> {
  let at = start + 2
  while (collector.step()) {
    const marker = nextMarker(source, at)
    if (marker === null || marker.code === SOS || marker.code === EOI) return
    at = marker.at + 2
    // Markers without a length: SOI again, restart markers and TEM.
    if (marker.code === SOI || marker.code === 0x01 || (marker.code >= 0xd0 && marker.code <= 0xd7)) continue
    const length = source.read(at, 2)?.readUInt16BE(0)
    if (length === undefined || length < 2) return
    if (CARRYING.has(marker.code)) yield { marker: marker.code, start: at + 2, length: length - 2 }
    at += length
  }
}

/** The next marker, over fill bytes and over what does not belong there. */
function nextMarker(source: ByteSource, at: number): { at: number; code: number } | null {
  const head = source.read(at, 2)
  if (head === null) return null
  const code = head[1] ?? 0
  if (head[0] === 0xff && code !== 0xff && code !== 0) return { at, code }
  const rest = partOf(source, at, MAX_GAP)
  const bytes = rest.read(0, rest.size)
  if (bytes === null) return null
  for (let found = bytes.indexOf(0xff); found !== -1; found = bytes.indexOf(0xff, found + 1)) {
    const next = bytes[found + 1]
    if (next !== undefined && next !== 0xff && next !== 0) return { at: at + found, code: next }
  }
  return null
}

/** Blocks too large for one segment go on in the next one, with the prefix again. */
class SplitBlock {
  readonly #blocks: Buffer[][] = []

  add(part: Buffer): void {
    const last = this.#blocks.at(-1)
    const isContinued = (last?.at(-1)?.length ?? 0) >= FULL_SEGMENT
    if (last !== undefined && isContinued && !/^(?:II\*\0|MM\0\*)/.test(part.toString('latin1', 0, 4))) last.push(part)
    else this.#blocks.push([part])
  }

  blocks(): readonly Buffer[] {
    return this.#blocks.map((parts) => (parts.length === 1 ? (parts[0] ?? Buffer.alloc(0)) : Buffer.concat(parts)))
  }
}

/**
 * A box may be spread over segments: `JP`, the box's instance number (2 bytes), a sequence number (4), then length and
 * type of the box (8, again in each segment) and a part of its content.
 */
function addJumbfPart(boxes: Map<string, Buffer[]>, content: Buffer): void {
  if (content.length < 16 || content.toString('latin1', 0, 2) !== 'JP') return
  const instance = content.readUInt16BE(2)
  const type = content.toString('latin1', 12, 16)
  if (type !== 'jumb') return
  const key = `${instance}`
  const parts = boxes.get(key)
  // A length of 1 says that 8 bytes of the real length follow, in each segment too.
  const headBytes = content.readUInt32BE(8) === 1 ? 16 : 8
  if (parts === undefined) boxes.set(key, [content.subarray(8)])
  else parts.push(content.subarray(8 + headBytes))
}
