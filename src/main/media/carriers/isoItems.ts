import type { ByteSource } from './byteSource.ts'
import type { CarrierCollector } from './carrierCollector.ts'
import { type IsoBox, isoBoxes } from './isoBoxes.ts'

const XMP_TYPE = 'application/rdf+xml'
/** Of an item's entry: ids, type, name and content type. */
const MAX_ENTRY_BYTES = 1024
const MAX_EXTENTS = 10_000

/**
 * Adds the EXIF and XMP items of a HEIF or AVIF file.
 * Source: ISO/IEC 14496-12 sections 8.11.3 (iloc) and 8.11.6 (iinf); ISO/IEC 23008-12 annex A.2.
 * @param boxes those in the `meta` box
 */
export function addIsoItems(source: ByteSource, boxes: readonly IsoBox[], collector: CarrierCollector): void {
  const infos = boxes.find(({ type }) => type === 'iinf')
  const locations = boxes.find(({ type }) => type === 'iloc')
  if (infos === undefined || locations === undefined) return
  const items = new Map<number, 'exif' | 'xmp'>()
  for (const { id, kind } of itemsOf(source, infos, collector)) items.set(id, kind)
  if (items.size === 0) return
  const idat = boxes.find(({ type }) => type === 'idat')
  for (const { id, extents } of locationsOf(source, locations, items, idat, collector)) {
    const kind = items.get(id) ?? 'exif'
    const parts = extents.map(({ offset, length }) => collector.take(source, offset, length, kind))
    if (parts.some((part) => part === null)) continue
    const bytes = Buffer.concat(parts.filter((part) => part !== null))
    if (kind === 'xmp') collector.addXmp(bytes)
    else collector.addExif(exifOfItem(bytes))
  }
}

/** An EXIF item, and the `Exif` box of JPEG XL, begin with the distance from there to the TIFF structure. */
export function exifOfItem(bytes: Buffer): Buffer {
  if (bytes.length < 4) return bytes
  const distance = bytes.readUInt32BE(0)
  const structure = bytes.subarray(4 + Math.min(distance, bytes.length - 4))
  // Where the distance is wrong, or was left out, the structure is looked for.
  return /^(?:II\*\0|MM\0\*)/.test(structure.toString('latin1', 0, 4)) ? structure : bytes
}

function* itemsOf(
  source: ByteSource,
  infos: IsoBox,
  collector: CarrierCollector,
): Generator<{ id: number; kind: 'exif' | 'xmp' }> {
  const version = source.read(infos.start, 1)?.[0]
  const countBytes = version === 0 ? 2 : 4
  for (const box of isoBoxes(source, infos.start + 4 + countBytes, infos.end, collector)) {
    const bytes = source.read(box.start, Math.min(box.end - box.start, MAX_ENTRY_BYTES))
    if (box.type !== 'infe' || bytes === null || bytes.length < 12) continue
    const idBytes = bytes[0] === 2 ? 2 : 4
    if ((bytes[0] ?? 0) < 2) continue
    const id = bytes.readUIntBE(4, idBytes)
    const type = bytes.toString('latin1', 6 + idBytes, 10 + idBytes)
    if (type === 'Exif') yield { id, kind: 'exif' }
    else if (type === 'mime' && contentType(bytes, 10 + idBytes) === XMP_TYPE) yield { id, kind: 'xmp' }
  }
}

/** Behind the name of the item; both end with NUL. */
function contentType(bytes: Buffer, nameAt: number): string {
  const nameEnd = bytes.indexOf(0, nameAt)
  if (nameEnd === -1) return ''
  const end = bytes.indexOf(0, nameEnd + 1)
  return bytes.toString('latin1', nameEnd + 1, end === -1 ? bytes.length : end)
}

interface Extent {
  readonly offset: number
  readonly length: number
}

function* locationsOf(
  source: ByteSource,
  box: IsoBox,
  wanted: ReadonlyMap<number, unknown>,
  idat: IsoBox | undefined,
  collector: CarrierCollector,
): Generator<{ id: number; extents: readonly Extent[] }> {
  const bytes = collector.take(source, box.start, box.end - box.start, 'iloc')
  if (bytes === null || bytes.length < 8) return
  const version = bytes[0] ?? 0
  const numbers = new Numbers(bytes, 4)
  const sizes = numbers.next(2)
  const offsetBytes = sizes >> 12
  const lengthBytes = (sizes >> 8) & 15
  const baseBytes = (sizes >> 4) & 15
  const indexBytes = version === 0 ? 0 : sizes & 15
  const count = numbers.next(version < 2 ? 2 : 4)
  let extentsLeft = MAX_EXTENTS
  for (let item = 0; item < count && !numbers.isOver && extentsLeft > 0; item += 1) {
    const id = numbers.next(version < 2 ? 2 : 4)
    const method = version === 0 ? 0 : numbers.next(2) & 15
    numbers.next(2)
    const base = numbers.next(baseBytes)
    const extents: Extent[] = []
    const extentCount = numbers.next(2)
    const start = method === 1 ? (idat?.start ?? Number.NaN) : 0
    for (let index = 0; index < extentCount && !numbers.isOver; index += 1) {
      numbers.next(indexBytes)
      const offset = start + base + numbers.next(offsetBytes)
      extents.push({ offset, length: numbers.next(lengthBytes) })
    }
    // Method 2, made from other items, is used for pixels only.
    if (!wanted.has(id) || method > 1 || numbers.isOver) continue
    extentsLeft -= extents.length
    yield { id, extents }
  }
}

/** Big-endian numbers one after the other; zeros past the end. */
class Numbers {
  readonly #bytes: Buffer
  #at: number
  isOver = false

  constructor(bytes: Buffer, at: number) {
    this.#bytes = bytes
    this.#at = at
  }

  /** @param width 0, 2, 4 or 8 bytes; others don't exist */
  next(width: number): number {
    if (this.#at + width > this.#bytes.length) this.isOver = true
    if (width === 0 || this.isOver) return 0
    const at = this.#at
    this.#at += width
    if (width === 8) return Number(this.#bytes.readBigUInt64BE(at))
    return width <= 6 ? this.#bytes.readUIntBE(at, width) : 0
  }
}
