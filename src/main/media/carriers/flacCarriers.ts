import type { ByteSource } from './byteSource.ts'
import type { CarrierCollector } from './carrierCollector.ts'
import { addVorbisComment } from './vorbisComment.ts'

const VORBIS_COMMENT = 4
const LAST = 0x80

/**
 * Adds the comment of a FLAC file. Source: RFC 9639 section 8.
 * @param start where `fLaC` is
 */
export function addFlacCarriers(source: ByteSource, start: number, collector: CarrierCollector): void {
  let at = start + 4
  while (collector.step()) {
    const head = source.read(at, 4)
    if (head === null) return
    const length = head.readUIntBE(1, 3)
    if (((head[0] ?? 0) & 0x7f) === VORBIS_COMMENT) {
      const comment = collector.take(source, at + 4, length, 'vorbis')
      if (comment !== null) addVorbisComment(comment, collector)
    }
    if (((head[0] ?? 0) & LAST) !== 0) return
    at += 4 + length
  }
}
