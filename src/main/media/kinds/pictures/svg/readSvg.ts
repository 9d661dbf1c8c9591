import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import sharp from 'sharp'
import { type KindFacts, type KindReader, noFacts, type Picture, PixelLimitError } from '../../kindReader.ts'
import { type ImageHeader, readImageHeader } from '../imageHeader.ts'
import { unreadable } from '../pictureFacts.ts'
import { readRootSize } from './readRootSize.ts'

/** CSS pixels. A drawing of this side is a poster in hundredths of a millimetre; beyond is a mistake or an attack. */
const MAX_SIDE = 1_000_000
/** libvips won't draw larger ones at their own scale. */
const MAX_DRAWN_SIDE = 8192
/** Dots an inch at which a CSS pixel is one pixel, and the fewest that libvips takes. */
const CSS_DENSITY = 72
const MIN_DENSITY = 1
const MAX_OVERDRAW = 4

const TOO_LONG = 'This drawing is too large for Vitrine to draw a preview.'
const unzip = promisify(gunzip)

/**
 * Reads SVG and SVGZ. librsvg gets bytes, so that there is no base that a reference to another file could start from, and
 * loads nothing from anywhere but `data:` URIs; it runs no scripts, and refuses nesting and entities that explode.
 */
export const readSvg: KindReader = async ({ path, size, side, limits }) => {
  const metadata = { format: 'svg' }
  const tooLong: KindFacts = { ...noFacts, metadata, problem: { code: 'file_too_large', message: TOO_LONG } }
  if (size > limits.svgBytes) return tooLong
  const document = await unzipped(await readFile(path), limits.svgBytes)
  if (document === 'too long') return tooLong
  if (document === 'damaged') return unreadable({ ...noFacts, metadata })
  const declared = readRootSize(document)
  if (declared !== null && Math.max(declared.width, declared.height) > MAX_SIDE) {
    throw new PixelLimitError(Math.round(declared.width), Math.round(declared.height))
  }
  const header = await readImageHeader(document)
  if (header === null) return unreadable({ ...noFacts, metadata })
  // Without a size of its own a drawing is as large as the place it is put in. libvips counts inches with 72 dots.
  const own = declared === null ? {} : { width: pixels(declared.width), height: pixels(declared.height) }
  const facts = { ...noFacts, ...own, metadata: { format: 'svg', image: header.details } }
  if (side === 0) return facts
  const picture = await draw(document, header, side)
  return picture === null ? unreadable(facts) : { ...facts, picture }
}

function pixels(length: number): number {
  return Math.max(1, Math.round(length))
}

async function unzipped(bytes: Buffer, limit: number): Promise<Buffer | 'too long' | 'damaged'> {
  if (bytes.length < 2 || bytes.readUInt16BE(0) !== 0x1f8b) return bytes
  try {
    return await unzip(bytes, { maxOutputLength: limit })
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? 'too long' : 'damaged'
  }
}

async function draw(document: Buffer, { width, height }: ImageHeader, side: number): Promise<Picture | null> {
  const longest = Math.max(width, height)
  if (longest <= MAX_DRAWN_SIDE) return { kind: 'encoded', input: document, vector: true }
  const density = Math.max(MIN_DENSITY, (CSS_DENSITY * side) / longest)
  if ((longest * density) / CSS_DENSITY > MAX_DRAWN_SIDE * MAX_OVERDRAW) throw new PixelLimitError(width, height)
  try {
    const image = sharp(document, { density }).resize(side, side, { fit: 'inside' }).toColourspace('srgb').ensureAlpha()
    const { data, info } = await image.raw().toBuffer({ resolveWithObject: true })
    return { kind: 'pixels', data, width: info.width, height: info.height, channels: 4 }
  } catch {
    // librsvg has only prose for errors.
    return null
  }
}
