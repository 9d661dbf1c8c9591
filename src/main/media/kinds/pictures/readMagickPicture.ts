import { readFile } from 'node:fs/promises'
import { type KindReader, noFacts } from '../kindReader.ts'
import {
  readBmpHeader,
  readDdsHeader,
  readPcxHeader,
  readQoiHeader,
  readTgaHeader,
  readXcfHeader,
} from './headers/bitmapHeaders.ts'
import { readExrHeader, readRadianceHeader } from './headers/highRangeHeaders.ts'
import { readJpeg2000Header } from './headers/jpeg2000Header.ts'
import { readJxlHeader } from './headers/jxlHeader.ts'
import { readNetpbmHeader } from './headers/netpbmHeader.ts'
import type { ReadPictureHeader } from './headers/pictureHeader.ts'
import { decodeWithMagick } from './magick/decodeWithMagick.ts'
import { withSource } from './openSource.ts'
import { fitsMemory, requireDrawableSize, tooLarge, undrawable, unreadable } from './pictureFacts.ts'

interface Format {
  /** As facts name it. */
  readonly name: string
  /** As ImageMagick names it. */
  readonly format: Uppercase<string>
  readonly readHeader: ReadPictureHeader
  readonly orient?: boolean
  readonly isLinear?: boolean
  readonly isLayered?: boolean
  readonly bytesPerPixel?: number
}

const jpeg2000: Format = { name: 'jp2', format: 'JP2', readHeader: readJpeg2000Header, bytesPerPixel: 28 }
const FORMATS: Readonly<Record<string, Format>> = {
  'image/bmp': { name: 'bmp', format: 'BMP', readHeader: readBmpHeader },
  'image/x-tga': { name: 'tga', format: 'TGA', readHeader: readTgaHeader, orient: true },
  'image/vnd.zbrush.pcx': { name: 'pcx', format: 'PCX', readHeader: readPcxHeader },
  'image/vnd-ms.dds': { name: 'dds', format: 'DDS', readHeader: readDdsHeader },
  'image/qoi': { name: 'qoi', format: 'QOI', readHeader: readQoiHeader },
  'image/x-xcf': { name: 'xcf', format: 'XCF', readHeader: readXcfHeader, isLayered: true },
  'image/x-portable-anymap': { name: 'pnm', format: 'PNM', readHeader: readNetpbmHeader },
  'image/x-portable-floatmap': { name: 'pfm', format: 'PFM', readHeader: readNetpbmHeader, isLinear: true },
  'image/x-exr': { name: 'exr', format: 'EXR', readHeader: readExrHeader, isLinear: true, bytesPerPixel: 40 },
  'image/vnd.radiance': { name: 'hdr', format: 'HDR', readHeader: readRadianceHeader, isLinear: true },
  'image/jxl': { name: 'jxl', format: 'JXL', readHeader: readJxlHeader, bytesPerPixel: 24 },
  'image/jp2': jpeg2000,
  'image/jpx': { ...jpeg2000, name: 'jpx' },
  'image/jpm': { ...jpeg2000, name: 'jpm' },
  'image/j2c': { ...jpeg2000, name: 'j2k', format: 'J2K' },
}

/**
 * What a decoder takes of memory beside two copies of the file, bytes a pixel: its own planes, ImageMagick's pixels, and a copy of
 * them. Measured with pictures of 12 megapixels.
 */
const BYTES_PER_PIXEL = 18

const LAYERS =
  'The layers of this picture can’t be put together: it is damaged, or they are too many to be held in memory.'

/** Reads pictures that libvips doesn't know, through ImageMagick in WebAssembly; each as the one format it is known to be. */
export const readMagickPicture: KindReader = async ({ mimeType, path, size, side, limits }) => {
  const format = FORMATS[mimeType]
  if (format === undefined) return unreadable()
  const header = await withSource(path, format.readHeader)
  if (header === null) return unreadable({ ...noFacts, metadata: { format: format.name } })
  const { width, height, details } = header
  requireDrawableSize(width, height, limits)
  const facts = { ...noFacts, width, height, metadata: { format: format.name, image: details } }
  if (side === 0) return facts
  const { bytesPerPixel = BYTES_PER_PIXEL } = format
  if (!fitsMemory(size * 2 + width * height * bytesPerPixel, limits)) return tooLarge(facts)
  const { orient = false, isLinear = false, isLayered = false } = format
  const request = { format: format.format, orient, isLinear, isLayered, width, height }
  const picture = await decodeWithMagick(await readFile(path), request, side, limits)
  if (picture !== null) return { ...facts, picture }
  return isLayered ? undrawable(facts, LAYERS) : unreadable(facts)
}
