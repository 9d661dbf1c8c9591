import { type ByteSource, bufferSource } from './byteSource.ts'
import type { CarrierCollector } from './carrierCollector.ts'

const IPTC = 0x0404
const EXIF = 0x0422
const XMP = 0x0424
const PREFIX = 'Photoshop 3.0\0'
/** Record and data set of the first IPTC record, for records that stand without a resource around them. */
const IPTC_MARK = 0x1c

/**
 * Adds what image resources of Photoshop carry: IPTC, EXIF, XMP. Takes them with or without the prefix of JPEG, and
 * plain IPTC records too. Source: Adobe Photoshop file formats specification, "Image resource blocks".
 */
export function addImageResources(bytes: Buffer, collector: CarrierCollector): void {
  const prefix = bytes.toString('latin1', 0, PREFIX.length) === PREFIX ? PREFIX.length : 0
  if (bytes[prefix] === IPTC_MARK) collector.addIptc(bytes.subarray(prefix))
  else walkImageResources(bufferSource(bytes), prefix, bytes.length, collector)
}

/** Adds what the resources between two places of a file carry. */
export function walkImageResources(source: ByteSource, start: number, end: number, collector: CarrierCollector): void {
  let at = start
  while (at + 12 <= end && collector.step()) {
    const head = source.read(at, 7)
    // Other programs than Photoshop sign with letters of their own.
    if (head === null || !/^(?:8BIM|8B64|AgHg|DCSR|PHUT|MeSa)$/.test(head.toString('latin1', 0, 4))) return
    const id = head.readUInt16BE(4)
    // A Pascal string padded to an even length, then the length of the data, which is padded likewise.
    const nameBytes = 1 + (head[6] ?? 0)
    const lengthAt = at + 6 + nameBytes + (nameBytes % 2)
    const length = source.read(lengthAt, 4)?.readUInt32BE(0)
    if (length === undefined || lengthAt + 4 + length > end) return
    if (id === IPTC || id === EXIF || id === XMP) addResource(source, id, lengthAt + 4, length, collector)
    at = lengthAt + 4 + length + (length % 2)
  }
}

function addResource(source: ByteSource, id: number, at: number, length: number, collector: CarrierCollector): void {
  const bytes = collector.take(source, at, length, 'photoshop', `0x${id.toString(16).padStart(4, '0')}`)
  if (bytes === null) return
  if (id === IPTC) collector.addIptc(bytes)
  else if (id === EXIF) collector.addExif(bytes)
  else collector.addXmp(bytes)
}
