import type { ByteSource } from './byteSource.ts'
import type { CarrierCollector } from './carrierCollector.ts'
import { addVorbisComment } from './vorbisComment.ts'

const HEAD_BYTES = 27
const CONTINUED = 1
const MAX_STREAMS = 16
/** Comments are in the second packet of each stream, before its samples. */
const COMMENT_PACKET = 1

interface Stream {
  /** Packets that have ended. */
  packets: number
  readonly comment: Buffer[]
}

/** Adds the comments of the streams in an Ogg file. Source: RFC 3533 section 6; RFC 7845 section 5.2 (Opus). */
export function addOggCarriers(source: ByteSource, collector: CarrierCollector): void {
  const streams = new Map<number, Stream>()
  let at = 0
  while (collector.step()) {
    const head = source.read(at, HEAD_BYTES)
    if (head === null || head.toString('latin1', 0, 4) !== 'OggS') return
    const lengths = source.read(at + HEAD_BYTES, head[26] ?? 0)
    if (lengths === null) return
    const serial = head.readUInt32LE(14)
    const stream = streams.get(serial) ?? { packets: 0, comment: [] }
    if (streams.size >= MAX_STREAMS && !streams.has(serial)) return
    streams.set(serial, stream)
    at = addPage(source, at + HEAD_BYTES + lengths.length, lengths, head, stream, collector)
    if ([...streams.values()].every(({ packets }) => packets > COMMENT_PACKET)) return
  }
}

/** @returns where the page ends */
function addPage(
  source: ByteSource,
  start: number,
  lengths: Buffer,
  head: Buffer,
  stream: Stream,
  collector: CarrierCollector,
): number {
  const end = start + lengths.reduce((sum, length) => sum + length, 0)
  // A page that should go on with a packet but does not: what was collected is incomplete.
  if (((head[5] ?? 0) & CONTINUED) === 0) stream.comment.length = 0
  let at = start
  let packetAt = start
  for (const length of lengths) {
    at += length
    // A packet ends with the first part shorter than 255 bytes.
    if (length === 255) continue
    collectPart(source, packetAt, at, stream, collector)
    if (stream.packets === COMMENT_PACKET) addComment(Buffer.concat(stream.comment), collector)
    stream.packets += 1
    stream.comment.length = 0
    packetAt = at
  }
  if (at > packetAt) collectPart(source, packetAt, at, stream, collector)
  return end
}

function collectPart(source: ByteSource, at: number, end: number, stream: Stream, collector: CarrierCollector): void {
  if (stream.packets !== COMMENT_PACKET) return
  const part = collector.take(source, at, end - at, 'vorbis')
  if (part !== null) stream.comment.push(part)
}

/** What stands before the comment, by codec. */
const PREFIXES = ['\x03vorbis', 'OpusTags', '\x81theora'] as const

function addComment(packet: Buffer, collector: CarrierCollector): void {
  const start = packet.toString('latin1', 0, 8)
  const prefix = PREFIXES.find((candidate) => start.startsWith(candidate))
  if (prefix !== undefined) addVorbisComment(packet.subarray(prefix.length), collector)
  // FLAC in Ogg: a metadata block with its head. Speex: nothing before the comment.
  else if (((packet[0] ?? 0) & 0x7f) === 4 && packet.length > 8 && packet.readUIntBE(1, 3) === packet.length - 4) {
    addVorbisComment(packet.subarray(4), collector)
  } else addVorbisComment(packet, collector)
}
