import { inflateSync } from 'node:zlib'
import { type ByteSource, bufferSource, partOf } from './byteSource.ts'
import type { CarrierCollector } from './carrierCollector.ts'
import { decodeUtf8OrLatin1, decodeUtf16InEitherOrder } from './decodeText.ts'
import { tagName } from './tagName.ts'

const HEAD_BYTES = 10
const UNSYNCHRONISED = 0x80
const EXTENDED = 0x40

/**
 * Adds the texts of an ID3v2 tag: text frames, comments, lyrics, texts with a name (`TXXX`); XMP in a private frame and
 * content credentials in an object frame. Pictures are not read.
 * Source: ID3v2.2, ID3v2.3 and ID3v2.4 (id3.org), structure and native frames.
 * @param start where `ID3` is
 * @returns where the tag ends, `start` if there is none
 */
export function addId3Tag(source: ByteSource, start: number, collector: CarrierCollector): number {
  const head = source.read(start, HEAD_BYTES)
  if (head === null || head.toString('latin1', 0, 3) !== 'ID3') return start
  const version = head[3] ?? 0
  const flags = head[5] ?? 0
  const length = synchsafe(head, 6)
  const end = start + HEAD_BYTES + length
  if (version < 2 || version > 4) return end
  const frames = framesOf(partOf(source, start + HEAD_BYTES, length), version, flags, collector)
  if (frames === null) return end
  let at = (flags & EXTENDED) !== 0 && version > 2 ? extendedHeaderBytes(frames, version) : 0
  while (collector.step()) {
    const frame = frameAt(frames, at, version)
    if (frame === null) break
    addFrame(frames, frame, collector)
    at = frame.start + frame.length
  }
  return end
}

/** Up to 2.3 the whole tag has zeros put in after 0xFF; they are taken out before anything is read. */
function framesOf(tag: ByteSource, version: number, flags: number, collector: CarrierCollector): ByteSource | null {
  if ((flags & UNSYNCHRONISED) === 0 || version === 4) return tag
  const bytes = collector.take(tag, 0, tag.size, 'id3')
  return bytes === null ? null : bufferSource(resynchronise(bytes))
}

function resynchronise(bytes: Buffer): Buffer {
  const result = Buffer.allocUnsafe(bytes.length)
  let length = 0
  for (let at = 0; at < bytes.length; at += 1) {
    result[length] = bytes[at] ?? 0
    length += 1
    if (bytes[at] === 0xff && bytes[at + 1] === 0) at += 1
  }
  return result.subarray(0, length)
}

function extendedHeaderBytes(frames: ByteSource, version: number): number {
  const size = frames.read(0, 4)
  if (size === null) return 0
  return version === 4 ? synchsafe(size, 0) : 4 + size.readUInt32BE(0)
}

interface Frame {
  readonly id: string
  readonly start: number
  readonly length: number
  readonly isCompressed: boolean
  readonly isUnsynchronised: boolean
  readonly isEncrypted: boolean
  /** Bytes before the content: lengths and the like that flags announce. */
  readonly extra: number
}

function frameAt(frames: ByteSource, at: number, version: number): Frame | null {
  if (version === 2) {
    const head = frames.read(at, 6)
    const id = head?.toString('latin1', 0, 3) ?? ''
    if (head === null || !/^[A-Z0-9]{3}$/.test(id)) return null
    return { id, start: at + 6, length: head.readUIntBE(3, 3), ...noFlags }
  }
  const head = frames.read(at, HEAD_BYTES)
  const id = head?.toString('latin1', 0, 4) ?? ''
  if (head === null || !/^[A-Z0-9]{4}$/.test(id)) return null
  const length = version === 4 ? frameLength(frames, at, head) : head.readUInt32BE(4)
  return { id, start: at + HEAD_BYTES, length, ...frameFlags(head[9] ?? 0, version) }
}

const noFlags = { isCompressed: false, isUnsynchronised: false, isEncrypted: false, extra: 0 }

function frameFlags(flags: number, version: number): typeof noFlags {
  if (version === 3) {
    const isCompressed = (flags & 0x80) !== 0
    const extra = (isCompressed ? 4 : 0) + ((flags & 0x20) !== 0 ? 1 : 0)
    return { isCompressed, isUnsynchronised: false, isEncrypted: (flags & 0x40) !== 0, extra }
  }
  return {
    isCompressed: (flags & 0x08) !== 0,
    isUnsynchronised: (flags & 0x02) !== 0,
    isEncrypted: (flags & 0x04) !== 0,
    extra: ((flags & 0x40) !== 0 ? 1 : 0) + ((flags & 0x01) !== 0 ? 4 : 0),
  }
}

/** Version 4 counts with 7 bits a byte; iTunes wrote plain numbers there. Whichever leads to another frame is right. */
function frameLength(frames: ByteSource, at: number, head: Buffer): number {
  const plain = head.readUInt32BE(4)
  if (plain < 0x80) return plain
  const safe = synchsafe(head, 4)
  if ((plain & 0x8080_8080) !== 0) return plain
  return !leadsToFrame(frames, at + HEAD_BYTES + safe) && leadsToFrame(frames, at + HEAD_BYTES + plain) ? plain : safe
}

function leadsToFrame(frames: ByteSource, at: number): boolean {
  if (at === frames.size) return true
  const id = frames.read(at, 4)
  return id !== null && (/^[A-Z0-9]{4}$/.test(id.toString('latin1')) || id.readUInt32BE(0) === 0)
}

function synchsafe(bytes: Buffer, at: number): number {
  const [a = 0, b = 0, c = 0, d = 0] = bytes.subarray(at, at + 4)
  return ((a & 0x7f) << 21) | ((b & 0x7f) << 14) | ((c & 0x7f) << 7) | (d & 0x7f)
}

const COMMENTS: ReadonlySet<string> = new Set(['COMM', 'COM', 'USLT', 'ULT'])
const NAMED_TEXTS: ReadonlySet<string> = new Set(['TXXX', 'TXX'])
const OBJECTS: ReadonlySet<string> = new Set(['GEOB', 'PRIV'])

function addFrame(frames: ByteSource, frame: Frame, collector: CarrierCollector): void {
  const isText = frame.id.startsWith('T') || COMMENTS.has(frame.id)
  if ((!isText && !OBJECTS.has(frame.id)) || frame.isEncrypted || frame.length <= frame.extra) return
  const bytes = contentOf(frames, frame, collector)
  if (bytes === null) return
  if (isText) addTextFrame(frame.id, bytes, collector)
  else addObject(frame.id, bytes, collector)
}

function contentOf(frames: ByteSource, frame: Frame, collector: CarrierCollector): Buffer | null {
  const { id, start, length, extra } = frame
  const taken = collector.take(frames, start + extra, length - extra, 'id3', tagName(id))
  if (taken === null) return null
  const bytes = frame.isUnsynchronised ? resynchronise(taken) : taken
  if (!frame.isCompressed) return bytes
  return collector.expand((maxOutputLength) => inflateSync(bytes, { maxOutputLength }), 'id3', tagName(id))
}

function addTextFrame(id: string, bytes: Buffer, collector: CarrierCollector): void {
  const encoding = bytes[0] ?? 0
  if (COMMENTS.has(id)) {
    // Language (3 letters), then a description and the text.
    const [description, text] = splitAtEnd(bytes.subarray(4), encoding)
    collector.addText('id3', description === '' ? tagName(id) : description, bytes, text)
  } else if (NAMED_TEXTS.has(id)) {
    const [name, text] = splitAtEnd(bytes.subarray(1), encoding)
    collector.addText('id3', name === '' ? id : name, bytes, text)
  } else {
    // Several values are separated by NUL.
    const text = decode(bytes.subarray(1), encoding).replace(/\0+$/, '').replaceAll('\0', '\n')
    collector.addText('id3', tagName(id), bytes, text)
  }
}

/** What stands before the first end mark of the encoding, and what behind it. */
function splitAtEnd(bytes: Buffer, encoding: number): readonly [string, string] {
  const width = isWide(encoding) ? 2 : 1
  let end = bytes.indexOf(0)
  // In UTF-16 two zeros at an even place.
  while (width === 2 && end !== -1 && (end % 2 === 1 || bytes[end + 1] !== 0)) end = bytes.indexOf(0, end + 1)
  if (end === -1) return ['', decode(bytes, encoding).replace(/\0+$/, '')]
  return [decode(bytes.subarray(0, end), encoding), decode(bytes.subarray(end + width), encoding).replace(/\0+$/, '')]
}

function isWide(encoding: number): boolean {
  return encoding === 1 || encoding === 2
}

/** 0 Latin-1 (which many take for "whatever"), 1 UTF-16 with a mark, 2 UTF-16BE, 3 UTF-8. */
function decode(bytes: Buffer, encoding: number): string {
  return isWide(encoding) ? decodeUtf16InEitherOrder(bytes, encoding === 1) : decodeUtf8OrLatin1(bytes)
}

function addObject(id: string, bytes: Buffer, collector: CarrierCollector): void {
  if (id === 'PRIV') {
    if (bytes.toString('latin1', 0, 4) === 'XMP\0') collector.addXmp(bytes.subarray(4))
    return
  }
  // Encoding, MIME type, file name and description, each ending with NUL; what follows is told by its own head.
  if (!/^application\/(?:x-)?c2pa/.test(bytes.toString('latin1', 1, 40))) return
  const box = bytes.indexOf('jumb', 0, 'latin1')
  if (box >= 4) collector.addManifestStore(bytes.subarray(box - 4))
}
