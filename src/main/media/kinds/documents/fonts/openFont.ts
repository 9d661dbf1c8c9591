import { brotliDecompressSync } from 'node:zlib'
import { create, type Font, type FontCollection } from 'fontkit'
import { limitPoints, limitReads } from './fontkitBudget.ts'

/** All tables together, unpacked (bytes); the largest fonts, for all of Chinese, Japanese and Korean, have 130 MB. */
const UNPACKED_LIMIT = 256 * 1024 ** 2
const TABLE_LIMIT = 512
/** Fonts of one collection. */
const FONTS_LIMIT = 256
/** TrueType (two), OpenType with PostScript outlines, WOFF, WOFF2, collection. */
const SIGNATURES: ReadonlySet<string> = new Set(['\0\x01\0\0', 'true', 'OTTO', 'wOFF', 'wOF2', 'ttcf'])

/** A font file that could be opened. */
export interface OpenFont {
  readonly format: 'ttf' | 'otf' | 'woff' | 'woff2' | 'ttc'
  /** The first one of a collection. */
  readonly font: Font
  /** How many fonts the file has. */
  readonly fonts: number
}

/**
 * Opens a font from its bytes, to be used within a `withFontBudget`. Null for what is no font, or is one that is too damaged or asks for
 * too much.
 * Sources: OpenType 1.9.1, "Font file"; WOFF 1.0 (W3C), sections 4 and 5; WOFF2 (W3C), sections 4 and 5.
 */
export function openFont(bytes: Buffer): OpenFont | null {
  try {
    return open(bytes)
  } catch {
    // fontkit has only prose for what is wrong with a font.
    return null
  }
}

function open(bytes: Buffer): OpenFont | null {
  const signature = bytes.toString('latin1', 0, 4)
  if (!SIGNATURES.has(signature)) return null
  if (signature === 'wOFF' && !isBoundedWoff(bytes)) return null
  if (signature === 'ttcf' && !(bytes.length >= 12 && bytes.readUInt32BE(8) <= FONTS_LIMIT)) return null
  // The directory has at most 65,535 entries; from here on reads are counted.
  const opened = create(bytes)
  const font = isCollection(opened) ? opened.fonts[0] : opened
  if (font === undefined) return null
  limitReads(font)
  const tables = Object.keys((font as unknown as Internals).directory.tables)
  if (tables.length > TABLE_LIMIT) return null
  if (font.type === 'WOFF2' && !unpackWoff2(font)) return null
  if (!(font.unitsPerEm >= 16 && font.unitsPerEm <= 16_384) || !(font.numGlyphs > 0)) return null
  // Unpacks what all glyphs need, so that it doesn't count for the first one that is drawn.
  Reflect.get(font, 'CFF ')
  limitPoints(font.getGlyph(0))
  const fonts = isCollection(opened) ? opened.fonts.length : 1
  return { format: formatOf(signature, font, tables), font, fonts }
}

/** What fontkit keeps to itself. */
interface Internals {
  readonly directory: {
    readonly totalCompressedSize: number
    readonly tables: Record<string, { offset: number; length: number; transformLength?: number | null }>
  }
  stream: { readonly buffer: Buffer; readonly constructor: new (bytes: Buffer) => Internals['stream'] }
  readonly _dataPos: number
  _decompressed?: boolean
}

function isCollection(opened: Font | FontCollection): opened is FontCollection {
  return opened.type === 'TTC' || opened.type === 'DFont'
}

function isBoundedWoff(bytes: Buffer): boolean {
  if (bytes.length < 44) return false
  const tables = bytes.readUInt16BE(12)
  if (tables > TABLE_LIMIT || bytes.length < 44 + tables * 20) return false
  let total = 0
  for (let table = 0; table < tables; table++) total += bytes.readUInt32BE(44 + table * 20 + 12)
  return total <= UNPACKED_LIMIT
}

/**
 * Unpacks the one compressed stream of a WOFF2 font in place of fontkit, which would do it in JavaScript and into whatever
 * memory the stream asks for.
 */
function unpackWoff2(font: Font): boolean {
  const internals = font as unknown as Internals
  const { directory, stream, _dataPos } = internals
  let length = 0
  for (const table of Object.values(directory.tables)) {
    table.offset = length
    length += table.transformLength ?? table.length
  }
  if (!(length <= UNPACKED_LIMIT)) return false
  const packed = stream.buffer.subarray(_dataPos, _dataPos + directory.totalCompressedSize)
  const unpacked = brotliDecompressSync(packed, { maxOutputLength: Math.max(1, length) })
  internals.stream = new stream.constructor(unpacked)
  internals._decompressed = true
  return true
}

function formatOf(signature: string, font: Font, tables: readonly string[]): OpenFont['format'] {
  if (signature === 'ttcf') return 'ttc'
  if (font.type === 'WOFF') return 'woff'
  if (font.type === 'WOFF2') return 'woff2'
  return tables.includes('CFF ') || tables.includes('CFF2') ? 'otf' : 'ttf'
}
