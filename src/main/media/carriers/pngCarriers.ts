import { type ByteSource, partOf } from './byteSource.ts'
import type { CarrierCollector } from './carrierCollector.ts'
import { decodeUtf8OrLatin1 } from './decodeText.ts'
import { addImageResources } from './photoshopResources.ts'

const XMP_KEYWORD = 'XML:com.adobe.xmp'
/** Keywords have up to 79 bytes; ComfyUI's own chunk has the names of workflow parts, without a limit. */
const MAX_KEYWORD = 1024
const PROFILE_KEYWORD = /^Raw profile type (exif|app1|iptc|8bim|xmp)$/i
const HEAD_BYTES = 12

/**
 * Adds what the chunks of a PNG or APNG carry, wherever they stand, without reading its pixels.
 * Source: PNG (third edition) sections 5.3, 11.3.3 and 11.3.4.5; `caBX`: C2PA technical specification 2.1, appendix A;
 * `comf`: a keyword, NUL and a text, written by ComfyUI behind the pixels of animations.
 * @param start where the signature is
 */
export function addPngCarriers(source: ByteSource, start: number, collector: CarrierCollector): void {
  let at = start + 8
  while (collector.step()) {
    const head = source.read(at, 8)
    if (head === null) return
    const length = head.readUInt32BE(0)
    const type = head.toString('latin1', 4, 8)
    if (type === 'IEND' || length > 0x7fff_ffff || !/^[A-Za-z]{4}$/.test(type)) return
    if (type !== 'IDAT') addChunk(source, type, at + 8, length, collector)
    at += HEAD_BYTES + length
  }
}

function addChunk(source: ByteSource, type: string, at: number, length: number, collector: CarrierCollector): void {
  switch (type) {
    case 'tEXt':
    case 'zTXt':
    case 'iTXt':
    case 'comf':
      addText(source, type, at, length, collector)
      break
    case 'eXIf': {
      const block = collector.take(source, at, length, 'exif')
      if (block !== null) collector.addExif(block)
      break
    }
    case 'caBX': {
      const boxes = collector.take(source, at, length, 'c2pa')
      if (boxes !== null) collector.addManifestStore(boxes)
      break
    }
    default:
  }
}

type TextChunk = 'tEXt' | 'zTXt' | 'iTXt' | 'comf'

function addText(source: ByteSource, type: TextChunk, at: number, length: number, collector: CarrierCollector): void {
  const carrier = `png:${type}`
  const key = keyword(source, at, length)
  if (key === null) return
  const rest = collector.take(source, at + key.bytes + 1, length - key.bytes - 1, carrier, key.text)
  if (rest === null) return
  const bytes = contentOf(type, rest, carrier, key.text, collector)
  if (bytes === null) return
  const profile = PROFILE_KEYWORD.exec(key.text)?.[1]
  if (key.text === XMP_KEYWORD) collector.addXmp(bytes)
  else if (profile === undefined) collector.addText(carrier, key.text, bytes)
  else addProfile(profile.toLowerCase(), bytes, key.text, collector)
}

function keyword(source: ByteSource, at: number, length: number): { text: string; bytes: number } | null {
  const head = partOf(source, at, Math.min(length, MAX_KEYWORD))
  const bytes = head.read(0, head.size)
  const end = bytes?.indexOf(0) ?? -1
  return bytes === null || end === -1 ? null : { text: decodeUtf8OrLatin1(bytes.subarray(0, end)), bytes: end }
}

function contentOf(
  type: TextChunk,
  rest: Buffer,
  carrier: string,
  key: string,
  collector: CarrierCollector,
): Buffer | null {
  switch (type) {
    case 'tEXt':
    case 'comf':
      return rest
    case 'zTXt':
      // One byte for the method, which can only be zlib.
      return collector.inflate(rest.subarray(1), carrier, key)
    case 'iTXt': {
      // Compression flag and method, then language and translated keyword, each ending with NUL.
      const language = rest.indexOf(0, 2)
      const translated = language === -1 ? -1 : rest.indexOf(0, language + 1)
      if (translated === -1) {
        collector.noteDamaged(carrier, key)
        return null
      }
      const text = rest.subarray(translated + 1)
      return rest[0] === 1 ? collector.inflate(text, carrier, key) : text
    }
    default:
      return type satisfies never
  }
}

const XMP_PREFIX = 'http://ns.adobe.com/xap/1.0/\0'

/**
 * Blocks that ImageMagick writes as hexadecimal text: a name, the count of bytes, and lines of digits.
 * Source: Exif tag notes of ImageMagick's coders/png.c, as other readers describe them.
 */
function addProfile(name: string, text: Buffer, key: string, collector: CarrierCollector): void {
  const bytes = fromHexadecimal(text)
  if (bytes === null) collector.noteDamaged('png:profile', key)
  else if (name === 'xmp' || bytes.toString('latin1', 0, XMP_PREFIX.length) === XMP_PREFIX) {
    collector.addXmp(name === 'xmp' ? bytes : bytes.subarray(XMP_PREFIX.length))
  } else if (name === 'iptc' || name === '8bim') {
    addImageResources(bytes, collector)
  } else {
    collector.addExif(bytes)
  }
}

function fromHexadecimal(text: Buffer): Buffer | null {
  const head = /^\s*[^\n]{1,40}\n\s*(\d{1,9})\s/.exec(text.toString('latin1', 0, 80))
  if (head === null) return null
  const digits = text.toString('latin1', head[0].length).replace(/\s+/g, '')
  const bytes = Buffer.from(digits, 'hex')
  const count = Number(head[1])
  return bytes.length < count ? null : bytes.subarray(0, count)
}
