import type { ByteSource } from './byteSource.ts'
import type { CarrierCollector } from './carrierCollector.ts'

const EXTENSION = 0x21
const COMMENT = 0xfe
const APPLICATION = 0xff
const IMAGE = 0x2c
const HAS_COLOR_TABLE = 0x80
const XMP = 'XMP DataXMP'
const C2PA = 'C2PA_GIF'
/** Behind an XMP packet, so that readers of sub-blocks find their way out of it. */
const XMP_TRAILER_BYTES = 257
/** Pixels stand in sub-blocks of 255 bytes: as many as a picture of 1 GB has. */
const MAX_SUB_BLOCKS = 4_000_000

/**
 * Adds the comments of a GIF, its XMP and its content credentials.
 * Source: GIF89a specification; XMP specification part 3, section 1.1.2; C2PA technical specification 2.1, appendix A.
 */
export function addGifCarriers(source: ByteSource, collector: CarrierCollector): void {
  const budget = { subBlocks: MAX_SUB_BLOCKS }
  const screen = source.read(10, 1)?.[0] ?? 0
  let at: number | null = 13 + colorTableBytes(screen)
  while (at !== null && collector.step()) {
    const head = source.read(at, 2)
    if (head === null) return
    if (head[0] === EXTENSION) at = addExtension(source, at + 2, head[1] ?? 0, budget, collector)
    else if (head[0] === IMAGE) {
      const flags = source.read(at + 9, 1)?.[0] ?? 0
      at = afterSubBlocks(source, at + 11 + colorTableBytes(flags), budget)
    } else return
  }
}

interface Budget {
  subBlocks: number
}

function colorTableBytes(flags: number): number {
  return (flags & HAS_COLOR_TABLE) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1)
}

/** @returns where the next block is, null if this one does not end */
function addExtension(
  source: ByteSource,
  at: number,
  label: number,
  budget: Budget,
  collector: CarrierCollector,
): number | null {
  if (label === COMMENT) return addComment(source, at, budget, collector)
  const id = label === APPLICATION ? source.read(at, 12)?.toString('latin1', 1) : undefined
  const end = afterSubBlocks(source, at, budget)
  if (end === null || id === undefined) return end
  if (id === XMP) {
    // The packet stands there as it is, not in sub-blocks; its letters are taken for their lengths.
    const packet = collector.take(source, at + 12, Math.max(0, end - at - 13 - XMP_TRAILER_BYTES), 'xmp')
    if (packet !== null) collector.addXmp(packet)
  } else if (id.startsWith(C2PA)) {
    const store = contentOf(source, at + 12, 'c2pa', collector)
    if (store !== null) collector.addManifestStore(store)
  }
  return end
}

function addComment(source: ByteSource, at: number, budget: Budget, collector: CarrierCollector): number | null {
  const comment = contentOf(source, at, 'gif:comment', collector)
  if (comment !== null) collector.addText('gif:comment', '', comment)
  return afterSubBlocks(source, at, budget)
}

/** The bytes in sub-blocks, null, which is noted, if they don't end or are too many. */
function contentOf(source: ByteSource, start: number, carrier: string, collector: CarrierCollector): Buffer | null {
  const parts: Buffer[] = []
  let at = start
  for (;;) {
    const length = source.read(at, 1)?.[0]
    if (length === 0) return Buffer.concat(parts)
    const part = length === undefined ? null : source.read(at + 1, length)
    if (part === null) {
      collector.noteDamaged(carrier, '')
      return null
    }
    if (!collector.admit(part.length, carrier)) return null
    parts.push(part)
    at += 1 + part.length
  }
}

function afterSubBlocks(source: ByteSource, start: number, budget: Budget): number | null {
  for (let at = start; budget.subBlocks > 0; budget.subBlocks -= 1) {
    const length = source.read(at, 1)?.[0]
    if (length === undefined) return null
    if (length === 0) return at + 1
    at += 1 + length
  }
  return null
}
