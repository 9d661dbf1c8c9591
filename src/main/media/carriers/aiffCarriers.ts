import type { ByteSource } from './byteSource.ts'
import type { CarrierCollector } from './carrierCollector.ts'
import { decodeUtf8OrLatin1, untilNul } from './decodeText.ts'
import { addId3Tag } from './id3Tag.ts'

const TEXTS: Readonly<Record<string, string>> = {
  NAME: 'title',
  AUTH: 'artist',
  ANNO: 'comment',
  '(c) ': 'copyright',
}

/**
 * Adds the texts of an AIFF or AIFF-C file, and its ID3 tag. Source: Audio Interchange File Format 1.3, text chunks.
 */
export function addAiffCarriers(source: ByteSource, collector: CarrierCollector): void {
  let at = 12
  while (collector.step()) {
    const head = source.read(at, 8)
    if (head === null) return
    const type = head.toString('latin1', 0, 4)
    const length = head.readUInt32BE(4)
    const key = Object.hasOwn(TEXTS, type) ? TEXTS[type] : undefined
    if (type === 'ID3 ') addId3Tag(source, at + 8, collector)
    else if (key !== undefined) {
      const bytes = collector.take(source, at + 8, length, 'aiff:text', key)
      if (bytes !== null) collector.addText('aiff:text', key, bytes, untilNul(decodeUtf8OrLatin1(bytes)))
    }
    at += 8 + length + (length % 2)
  }
}
