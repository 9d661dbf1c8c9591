import type { ByteSource } from './byteSource.ts'
import type { CarrierCollector } from './carrierCollector.ts'
import { decodeUtf8OrLatin1, untilNul } from './decodeText.ts'
import { addId3Tag } from './id3Tag.ts'
import { tagName } from './tagName.ts'

const HEAD_BYTES = 8

/**
 * Adds what the chunks of a RIFF file carry: WebP, WAV and AVI. The length in the file's head is not believed: writers
 * that add metadata forget to change it. Source: WebP container specification (EXIF, `XMP `); Microsoft RIFF (LIST
 * INFO); C2PA technical specification 2.1, appendix A.
 */
export function addRiffCarriers(source: ByteSource, collector: CarrierCollector): void {
  let at = 12
  for (let chunk = chunkAt(source, at); chunk !== null && collector.step(); chunk = chunkAt(source, at)) {
    addChunk(source, chunk, collector)
    at = afterChunk(source, chunk)
  }
}

interface Chunk {
  readonly type: string
  readonly start: number
  readonly length: number
}

function chunkAt(source: ByteSource, at: number): Chunk | null {
  const head = source.read(at, HEAD_BYTES)
  if (head === null) return null
  const type = head.toString('latin1', 0, 4)
  return isType(type) ? { type, start: at + HEAD_BYTES, length: head.readUInt32LE(4) } : null
}

function isType(type: string): boolean {
  return /^[\x20-\x7e\xa9]{4}$/.test(type)
}

/** Chunks begin at even places; some writers leave the padding out. */
function afterChunk(source: ByteSource, { start, length }: Chunk): number {
  const end = start + length
  if (length % 2 === 0) return end
  const next = source.read(end, 4)?.toString('latin1')
  return next !== undefined && USUAL_TYPES.has(next) ? end : end + 1
}

/** Chunks that may follow one of an odd length. */
const USUAL_TYPES: ReadonlySet<string> = new Set([
  ...['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF', 'ICCP', 'EXIF', 'XMP ', 'C2PA'],
  ...['LIST', 'JUNK', 'data', 'fmt ', 'fact', 'bext', 'idx1', 'id3 ', '_PMX'],
])

function addChunk(source: ByteSource, { type, start, length }: Chunk, collector: CarrierCollector): void {
  switch (type) {
    case 'EXIF': {
      const block = collector.take(source, start, length, 'exif')
      if (block !== null) collector.addExif(block)
      break
    }
    case 'XMP ':
    case '_PMX': {
      const packet = collector.take(source, start, length, 'xmp')
      if (packet !== null) collector.addXmp(packet)
      break
    }
    case 'C2PA': {
      const store = collector.take(source, start, length, 'c2pa')
      if (store !== null) collector.addManifestStore(store)
      break
    }
    case 'id3 ':
    case 'ID3 ':
      addId3Tag(source, start, collector)
      break
    case 'LIST':
      if (source.read(start, 4)?.toString('latin1') === 'INFO') addInfo(source, start + 4, start + length, collector)
      break
    default:
  }
}

function addInfo(source: ByteSource, start: number, end: number, collector: CarrierCollector): void {
  let at = start
  while (at + HEAD_BYTES <= end && collector.step()) {
    const chunk = chunkAt(source, at)
    if (chunk === null) return
    const key = tagName(chunk.type)
    const bytes = collector.take(source, chunk.start, chunk.length, 'riff:info', key)
    if (bytes !== null) collector.addText('riff:info', key, bytes, untilNul(decodeUtf8OrLatin1(bytes)))
    at = afterChunk(source, chunk)
  }
}
