import { carrierLimits } from './carrierLimits.ts'

/** 32 digits of a GUID, the length of the whole (4 bytes) and the place of the part in it (4). */
const HEAD_BYTES = 40

interface Part {
  readonly offset: number
  readonly bytes: Buffer
}

/**
 * Puts XMP packets together again that are too large for one JPEG segment. Parts may come in any order; a packet of
 * which one is missing is left out. Source: XMP specification part 3, section 1.1.3.1.
 */
export class ExtendedXmp {
  readonly #packets = new Map<string, { readonly length: number; readonly parts: Part[] }>()

  /** @param content of the segment, behind the prefix */
  add(content: Buffer): void {
    if (content.length < HEAD_BYTES) return
    const guid = content.toString('latin1', 0, 32)
    const length = content.readUInt32BE(32)
    if (length > carrierLimits.itemBytes) return
    const packet = this.#packets.get(guid) ?? { length, parts: [] }
    packet.parts.push({ offset: content.readUInt32BE(36), bytes: content.subarray(HEAD_BYTES) })
    this.#packets.set(guid, packet)
  }

  /** The packets that are complete. */
  packets(): readonly Buffer[] {
    return [...this.#packets.values()].flatMap(({ length, parts }) => {
      parts.sort((a, b) => a.offset - b.offset)
      let end = 0
      const bytes: Buffer[] = []
      for (const part of parts) {
        if (part.offset !== end) continue
        bytes.push(part.bytes)
        end += part.bytes.length
      }
      return end === length ? [Buffer.concat(bytes)] : []
    })
  }
}
