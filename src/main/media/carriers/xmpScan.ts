import type { ByteSource } from './byteSource.ts'
import type { CarrierCollector } from './carrierCollector.ts'

/** How much of the start and of the end of a file is searched. */
const SEARCHED_BYTES = 4 * 1024 ** 2
/** Pictures placed in a document have packets of their own. */
const MAX_PACKETS = 8
const BEGIN = '<?xpacket begin'
const END = '<?xpacket end'
const END_MARK = '?>'

/**
 * Adds the XMP packets that can be found in a file of any kind (PDF, EPS, Illustrator) by the marks around them, as
 * long as they are not compressed. Source: ISO 16684-1 section 7.3.2, and annex A on scanning.
 */
export function addScannedXmp(source: ByteSource, collector: CarrierCollector): void {
  const first = collector.take(source, 0, Math.min(SEARCHED_BYTES, source.size), 'xmp')
  if (first !== null) addPackets(first, collector)
  if (source.size <= SEARCHED_BYTES) return
  const start = Math.max(SEARCHED_BYTES, source.size - SEARCHED_BYTES)
  const last = collector.take(source, start, source.size - start, 'xmp')
  if (last !== null) addPackets(last, collector)
}

function addPackets(bytes: Buffer, collector: CarrierCollector): void {
  let at = 0
  for (let count = 0; count < MAX_PACKETS; count += 1) {
    const begin = bytes.indexOf(BEGIN, at, 'latin1')
    const end = begin === -1 ? -1 : bytes.indexOf(END, begin, 'latin1')
    const mark = end === -1 ? -1 : bytes.indexOf(END_MARK, end, 'latin1')
    if (mark === -1) return
    collector.addXmp(bytes.subarray(begin, mark + END_MARK.length))
    at = mark
  }
}
