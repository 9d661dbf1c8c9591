import { inflateSync } from 'node:zlib'
import { type ByteSource, bufferSource } from './byteSource.ts'
import { readContentCredentials } from './c2pa.ts'
import { carrierLimits } from './carrierLimits.ts'
import type { Carriers, CarrierText, ContentCredentials, DroppedText } from './carriers.ts'
import { decodeUnknown, decodeUtf8OrLatin1, lengthWithoutPadding } from './decodeText.ts'
import { exifTexts } from './exifTexts.ts'
import { xmpTexts } from './xmpTexts.ts'

const EXIF_PREFIX = 'Exif\0\0'

/**
 * Takes what a walk through a file finds, within the limits of one file. A walk never allocates by a declared length
 * itself: it asks for bytes here.
 */
export class CarrierCollector {
  readonly #texts: CarrierText[] = []
  readonly #dropped: DroppedText[] = []
  readonly #xmp: string[] = []
  #exif: Uint8Array | null = null
  #iptc: Uint8Array | null = null
  #credentials: ContentCredentials | null = null
  #bytesLeft: number = carrierLimits.fileBytes
  #wasteLeft: number = carrierLimits.wastedBytes
  #stepsLeft: number = carrierLimits.steps

  /** To be asked before each chunk, box or element; false when the file has had its share. */
  step(): boolean {
    this.#stepsLeft -= 1
    return this.#stepsLeft >= 0
  }

  /** Bytes of one text or block, null if they are too many or not there, which is noted. */
  take(source: ByteSource, offset: number, length: number, carrier: string, key = ''): Buffer | null {
    if (!this.#hasRoom(length)) return this.#drop(carrier, key, 'too_large')
    const bytes = source.read(offset, length)
    if (bytes === null) return this.#drop(carrier, key, 'damaged')
    this.#bytesLeft -= length
    return bytes
  }

  /** For bytes that are put together from pieces; false, which is noted, if they are too many. */
  admit(length: number, carrier: string, key = ''): boolean {
    const hasRoom = this.#hasRoom(length)
    if (hasRoom) this.#bytesLeft -= length
    else this.#drop(carrier, key, 'too_large')
    return hasRoom
  }

  #hasRoom(length: number): boolean {
    return length <= carrierLimits.itemBytes && length <= this.#bytesLeft
  }

  /** Undoes zlib's compression; null, which is noted, if there is too much in it or it is broken. */
  inflate(compressed: Uint8Array, carrier: string, key: string): Buffer | null {
    return this.expand((maxOutputLength) => inflateSync(compressed, { maxOutputLength }), carrier, key)
  }

  /** Undoes any compression of Node's zlib, which must be given the limit. */
  expand(decompress: (maxOutputLength: number) => Buffer, carrier: string, key: string): Buffer | null {
    const limit = Math.min(carrierLimits.itemBytes, this.#bytesLeft, this.#wasteLeft)
    if (limit <= 0) return this.#drop(carrier, key, 'too_large')
    try {
      const bytes = decompress(limit)
      this.#bytesLeft -= bytes.length
      return bytes
    } catch (error) {
      // Node's zlib throws for what the data is, and for nothing else here.
      const isTooLarge = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
      if (isTooLarge) this.#wasteLeft -= limit
      return this.#drop(carrier, key, isTooLarge ? 'too_large' : 'damaged')
    }
  }

  /**
   * Adds a text; an empty one says nothing and is left out.
   * @param text the bytes decoded; if it is left out, UTF-8 or Latin-1 without the NULs that some writers put at the
   * end
   */
  addText(carrier: string, key: string, bytes: Uint8Array, text: string = unpadded(bytes)): void {
    if (!/\S/.test(text)) return
    if (this.#texts.length >= carrierLimits.texts) this.#drop(carrier, key, 'too_large')
    else this.#texts.push({ carrier, key, text, bytes })
  }

  noteDamaged(carrier: string, key: string): void {
    this.#drop(carrier, key, 'damaged')
  }

  /** An EXIF block with or without `Exif\0\0`. The first one counts; texts are taken from all. */
  addExif(block: Uint8Array): void {
    const tiff = tiffOf(block)
    if (tiff === null) return
    this.#exif ??= tiff
    this.addTiffTexts(bufferSource(tiff))
  }

  /** The texts of a TIFF structure. */
  addTiffTexts(source: ByteSource): void {
    const found = exifTexts(source, (offset, length, key) => this.take(source, offset, length, 'exif', key))
    for (const { carrier, key, text, bytes } of found) this.addText(carrier, key, bytes, text)
  }

  /** A directory made for the purpose, of which the texts have been taken already. */
  setExif(tiff: Uint8Array): void {
    this.#exif ??= tiff
  }

  addXmp(bytes: Uint8Array): void {
    if (this.#xmp.length >= carrierLimits.xmpPackets) {
      this.#drop('xmp', '', 'too_large')
      return
    }
    const packet = decodeUnknown(bytes)
    if (this.#xmp.includes(packet)) return
    this.#xmp.push(packet)
    for (const { key, text } of xmpTexts(packet)) this.addText('xmp', key, Buffer.from(text), text)
  }

  addIptc(records: Uint8Array): void {
    this.#iptc ??= records
  }

  /** A C2PA manifest store: JUMBF boxes. */
  addManifestStore(boxes: Uint8Array): void {
    this.#credentials ??= readContentCredentials(boxes)
  }

  finish(): Carriers {
    return {
      texts: this.#texts,
      exif: this.#exif,
      xmp: this.#xmp,
      iptc: this.#iptc,
      credentials: this.#credentials,
      dropped: this.#dropped,
    }
  }

  #drop(carrier: string, key: string, reason: DroppedText['reason']): null {
    if (this.#dropped.length < carrierLimits.dropped) this.#dropped.push({ carrier, key, reason })
    return null
  }
}

function unpadded(bytes: Uint8Array): string {
  return decodeUtf8OrLatin1(bytes.subarray(0, lengthWithoutPadding(bytes)))
}

/** The TIFF structure of a block: at its start, or behind the prefix that JPEG wants and others copy. */
function tiffOf(block: Uint8Array): Uint8Array | null {
  const start = Buffer.from(block.buffer, block.byteOffset, Math.min(block.length, 64)).toString('latin1')
  const at = start.startsWith(EXIF_PREFIX) ? EXIF_PREFIX.length : start.search(/II\*\0|MM\0\*/)
  return at === -1 ? null : block.subarray(at)
}
