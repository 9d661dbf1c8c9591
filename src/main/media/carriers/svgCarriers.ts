import { gunzipSync } from 'node:zlib'
import type { ByteSource } from './byteSource.ts'
import type { CarrierCollector } from './carrierCollector.ts'

/** A larger drawing is searched only so far; metadata stand at the start. */
const SEARCHED_BYTES = 8 * 1024 ** 2
const MAX_PACKETS = 4

/**
 * Adds the RDF in the `metadata` elements of an SVG document, compressed or not, and its content credentials.
 * Source: SVG 2 section 5.9; XMP specification part 3, section 3.2; C2PA technical specification 2.1, appendix A.
 */
export function addSvgCarriers(source: ByteSource, collector: CarrierCollector): void {
  const bytes = collector.take(source, 0, Math.min(SEARCHED_BYTES, source.size), 'svg')
  if (bytes === null) return
  const isCompressed = bytes[0] === 0x1f && bytes[1] === 0x8b
  const document = isCompressed
    ? collector.expand((maxOutputLength) => gunzipSync(bytes, { maxOutputLength }), 'svg', '')
    : bytes
  if (document === null) return
  let at = 0
  for (let count = 0; count < MAX_PACKETS; count += 1) {
    const start = document.indexOf('<metadata', at, 'latin1')
    const end = start === -1 ? -1 : document.indexOf('</metadata', start, 'latin1')
    if (end === -1) return
    addMetadata(document.subarray(document.indexOf('>', start, 'latin1') + 1, end), collector)
    at = end
  }
}

function addMetadata(content: Buffer, collector: CarrierCollector): void {
  const manifest = between(content, '<c2pa:manifest', '</c2pa:manifest')
  if (manifest !== null) collector.addManifestStore(Buffer.from(manifest.toString('latin1'), 'base64'))
  if (content.includes('rdf:RDF') || content.includes(':RDF')) collector.addXmp(content)
}

function between(content: Buffer, open: string, close: string): Buffer | null {
  const start = content.indexOf(open)
  const inside = start === -1 ? -1 : content.indexOf('>', start)
  const end = inside === -1 ? -1 : content.indexOf(close, inside)
  return end === -1 ? null : content.subarray(inside + 1, end)
}
