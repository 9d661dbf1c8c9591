import { readFile } from 'node:fs/promises'
import type { ByteSource } from '../../../carriers/byteSource.ts'
import { type KindFacts, type KindReader, type MediaSource, noFacts, type Picture } from '../../kindReader.ts'
import { decodeWithSharp } from '../decodeWithSharp.ts'
import { decodeWithMagick } from '../magick/decodeWithMagick.ts'
import { withSource } from '../openSource.ts'
import { fitsMemory, requireDrawableSize, undrawable, unreadable } from '../pictureFacts.ts'
import { readCanonRaw } from './canonRaw.ts'
import { readFujiRaw } from './fujiRaw.ts'
import { type JpegPreview, readJpegPreview, withOrientation } from './jpegPreview.ts'
import { type RawContents, readTiffRaw } from './tiffRaw.ts'

const NO_PREVIEW = 'This raw picture has no preview inside, and Vitrine can’t develop it.'
const MAX_PREVIEWS = 64
/** A preview is a JPEG of the camera; a larger one is no preview. */
const MAX_PREVIEW_BYTES = 256 * 1024 ** 2
/** LibRaw's sensor data and colours of 16 bits, ImageMagick's pixels and our copy, bytes a pixel. */
const BYTES_PER_PIXEL = 24
/** Smaller previews than this are only shown where the picture can't be developed. */
const POOR_SIDE = 200
/** Names of the formats by MIME type, as facts and ImageMagick have them. */
const FORMATS: Readonly<Record<string, Uppercase<string>>> = {
  'image/x-nikon-nef': 'NEF',
  'image/x-nikon-nrw': 'NRW',
  'image/x-canon-cr2': 'CR2',
  'image/x-canon-cr3': 'CR3',
  'image/x-sony-arw': 'ARW',
  'image/x-sony-sr2': 'SR2',
  'image/x-sony-srf': 'SRF',
  'image/x-adobe-dng': 'DNG',
  'image/x-fujifilm-raf': 'RAF',
  'image/x-olympus-orf': 'ORF',
  'image/x-panasonic-rw2': 'RW2',
  'image/x-pentax-pef': 'PEF',
  'image/x-samsung-srw': 'SRW',
  'image/x-hasselblad-3fr': '3FR',
  'image/x-phaseone-iiq': 'IIQ',
  'image/x-mamiya-mef': 'MEF',
  'image/x-leaf-mos': 'MOS',
  'image/x-epson-erf': 'ERF',
  'image/x-kodak-kdc': 'KDC',
  'image/x-kodak-dcr': 'DCR',
}

/** Reads raw pictures of cameras: the preview inside that fits best, else the picture developed by LibRaw. */
export const readRaw: KindReader = (source) => withSource(source.path, (bytes) => read(bytes, source))

async function read(bytes: ByteSource, source: MediaSource): Promise<KindFacts> {
  const contents = readFujiRaw(bytes) ?? readCanonRaw(bytes) ?? readTiffRaw(bytes)
  const format = contents.isDng ? 'DNG' : (FORMATS[source.mimeType] ?? 'RAW')
  const previews = drawablePreviews(bytes, contents)
  const facts = factsOf(contents, previews, format)
  if (facts.width === null || facts.height === null) return unreadable(facts)
  requireDrawableSize(facts.width, facts.height, source.limits)
  if (source.side === 0) return facts
  const best = choosePreview(previews, source.side)
  const isPoor = best === null || Math.max(best.width, best.height) < Math.min(POOR_SIDE, source.side)
  if (isPoor) {
    const developed = await develop(source, format, facts.width, facts.height)
    if (developed !== null) return { ...facts, picture: developed }
  }
  const jpeg = best === null || best.length > MAX_PREVIEW_BYTES ? null : bytes.read(best.start, best.length)
  if (best === null || jpeg === null) {
    // Programs of camera makers write plain TIFF that looks like raw at first sight.
    const plain = await decodeWithSharp(source.path, source.side, source.limits, false)
    return plain === null ? undrawable(facts, NO_PREVIEW) : { ...facts, picture: plain }
  }
  const turn = turnOf(best, contents)
  const input = turn === null ? Buffer.from(jpeg) : withOrientation(jpeg, turn)
  return { ...facts, picture: { kind: 'encoded', input, vector: false } }
}

function drawablePreviews(bytes: ByteSource, { previews }: RawContents): readonly JpegPreview[] {
  return previews.slice(0, MAX_PREVIEWS).flatMap((span) => {
    const preview = readJpegPreview(bytes, span)
    return preview === null ? [] : [preview]
  })
}

/** The smallest preview that is large enough, else the largest. */
function choosePreview(previews: readonly JpegPreview[], side: number): JpegPreview | null {
  const ascending = [...previews].sort((a, b) => a.width * a.height - b.width * b.height)
  return ascending.find(({ width, height }) => Math.max(width, height) >= side) ?? ascending.at(-1) ?? null
}

/**
 * The orientation that a preview needs to be given, null if it has its own. A preview that stands upright beside a sensor's
 * picture that lies has been turned by the camera.
 */
function turnOf(preview: JpegPreview, { orientation, width, height }: RawContents): number | null {
  if (preview.orientation !== null || orientation === 1) return null
  const isTurned = orientation >= 5 && width !== null && height !== null && preview.width !== preview.height
  return isTurned && preview.width > preview.height !== width > height ? null : orientation
}

async function develop(
  source: MediaSource,
  format: Uppercase<string>,
  width: number,
  height: number,
): Promise<Picture | null> {
  const { path, size, side, limits } = source
  if (!fitsMemory(size * 2 + width * height * BYTES_PER_PIXEL, limits)) return null
  // LibRaw turns what it develops.
  return decodeWithMagick(await readFile(path), { format, width, height }, side, limits)
}

function factsOf(contents: RawContents, previews: readonly JpegPreview[], format: string): KindFacts {
  const largest = choosePreview(previews, Number.POSITIVE_INFINITY)
  const orientation = contents.orientation === 1 ? (largest?.orientation ?? 1) : contents.orientation
  const width = contents.width ?? largest?.width ?? null
  const height = contents.height ?? largest?.height ?? null
  const shown = orientation >= 5 ? { width: height, height: width } : { width, height }
  const preview = largest === null ? {} : { preview: { width: largest.width, height: largest.height } }
  return { ...noFacts, ...shown, metadata: { format: format.toLowerCase(), ...preview } }
}
