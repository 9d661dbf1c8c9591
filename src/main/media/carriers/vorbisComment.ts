import type { CarrierCollector } from './carrierCollector.ts'
import { decodeUtf8OrLatin1 } from './decodeText.ts'

/** Pictures in base64 are no texts. */
const PICTURES: ReadonlySet<string> = new Set(['METADATA_BLOCK_PICTURE', 'COVERART'])
const XMP_KEY = 'XMP'

/**
 * Adds the fields of a Vorbis comment, as FLAC, Ogg Vorbis, Opus, Speex and Theora have it.
 * Source: Xiph.Org, "Ogg Vorbis I format specification: comment field and header specification".
 * @param comment from the length of the vendor's name on
 */
export function addVorbisComment(comment: Buffer, collector: CarrierCollector): void {
  const vendor = comment.length >= 4 ? comment.readUInt32LE(0) : 0
  let at = 4 + vendor + 4
  // The count of fields says no more than the length of what there is.
  while (at + 4 <= comment.length && collector.step()) {
    const length = comment.readUInt32LE(at)
    if (at + 4 + length > comment.length) return
    addField(comment.subarray(at + 4, at + 4 + length), collector)
    at += 4 + length
  }
}

function addField(field: Buffer, collector: CarrierCollector): void {
  const equals = field.indexOf('=')
  if (equals === -1) return
  const key = decodeUtf8OrLatin1(field.subarray(0, equals))
  const value = field.subarray(equals + 1)
  if (PICTURES.has(key.toUpperCase())) return
  if (key.toUpperCase() === XMP_KEY) collector.addXmp(value)
  else collector.addText('vorbis', key, value)
}
