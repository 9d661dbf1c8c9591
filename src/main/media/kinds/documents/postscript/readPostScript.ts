import { type KindFacts, type MediaSource, noFacts, type Picture } from '../../kindReader.ts'
import { present } from '../boundedText.ts'
import { withoutPreview } from '../documentFacts.ts'
import { embeddedPicture } from '../embeddedPicture.ts'
import { readPdfAs } from '../pdf/readPdf.ts'
import { readSlice } from '../readSlice.ts'
import { xmpThumbnail } from '../xmpThumbnail.ts'
import { type DscComments, dscComments } from './dscComments.ts'
import { type EpsParts, epsParts } from './epsContainer.ts'
import { epsiPreview } from './epsiPreview.ts'
import { illustratorThumbnail } from './illustratorThumbnail.ts'
import { photoshopThumbnail } from './photoshopThumbnail.ts'

/** Previews stand before the drawing itself. */
const HEAD = 8 * 1024 ** 2
const COMMENTS = 256 * 1024
const TRAILER = 8 * 1024
const TIFF_LIMIT = 64 * 1024 ** 2
/** What Illustrator puts on the page of a document that it saved without PDF content. */
const ILLUSTRATOR_PLACEHOLDER = /saved\s+without\s+PDF\s+Content/i

/**
 * Reads PostScript and EPS: the preview that the file carries (TIFF of the binary header, EPSI bitmap, Illustrator's,
 * Photoshop's or XMP's thumbnail) and what its structuring comments say. PostScript is a program; it is never run.
 * Width and height are those of the bounding box in pixels at 72 dpi.
 */
export function readPostScript(source: MediaSource): Promise<KindFacts> {
  return readPostScriptAs(source, 'eps')
}

/** Reads an Illustrator document: PDF inside since version 9, PostScript before. */
export async function readIllustrator(source: MediaSource): Promise<KindFacts> {
  const head = await readSlice(source.path, 0, 1024)
  if (!head.includes('%PDF-')) return readPostScriptAs(source, 'ai')
  const facts = await readPdfAs(source, 'ai', ILLUSTRATOR_PLACEHOLDER)
  if (facts.picture !== null || source.side === 0) return facts
  const thumbnail = xmpThumbnail(await readSlice(source.path, 0, HEAD))
  const preview = thumbnail === null ? null : await embeddedPicture(thumbnail, source.limits.pixels)
  return preview === null ? facts : { ...facts, picture: preview.picture, problem: null }
}

async function readPostScriptAs(source: MediaSource, format: 'eps' | 'ai'): Promise<KindFacts> {
  const parts = epsParts(await readSlice(source.path, 0, 32), source.size)
  const { offset, length } = parts.postScript
  const postScript = await readSlice(source.path, offset, Math.min(length, HEAD))
  const trailerLength = Math.min(length, TRAILER)
  const trailer = await readSlice(source.path, offset + length - trailerLength, trailerLength)
  const comments = dscComments(postScript.subarray(0, COMMENTS), trailer)
  const known = { ...noFacts, ...sizeOf(comments), metadata: { format, ...metadataOf(comments) } }
  const picture = await previewOf(source, parts, postScript)
  if (picture !== null) return { ...known, picture }
  return { ...withoutPreview(known.metadata, noPreview(parts, format)), width: known.width, height: known.height }
}

function noPreview(parts: EpsParts, format: 'eps' | 'ai'): string {
  if (parts.metafile !== null) {
    return 'This EPS file has a preview as a Windows metafile only, which Vitrine can’t draw. The original is kept as it is.'
  }
  return format === 'eps'
    ? 'This EPS file has no embedded preview, and Vitrine does not run PostScript. The original is kept as it is.'
    : 'This Illustrator file has neither PDF content nor an embedded preview. Save it with “Create PDF Compatible File” to see it here.'
}

async function previewOf(source: MediaSource, parts: EpsParts, postScript: Buffer): Promise<Picture | null> {
  const tiff =
    parts.tiff === null || parts.tiff.length > TIFF_LIMIT
      ? null
      : await readSlice(source.path, parts.tiff.offset, parts.tiff.length)
  // From the largest that programs write to the smallest.
  for (const bytes of [tiff, xmpThumbnail(postScript), photoshopThumbnail(postScript)]) {
    const preview = bytes === null ? null : await embeddedPicture(bytes, source.limits.pixels)
    if (preview !== null) return preview.picture
  }
  return epsiPreview(postScript) ?? illustratorThumbnail(postScript)
}

function sizeOf({ width, height }: DscComments): Pick<KindFacts, 'width' | 'height'> {
  const pixels = (points: number | null) => (points === null ? null : Math.max(1, Math.round(points)))
  return { width: pixels(width), height: pixels(height) }
}

function metadataOf({ title, creator, author, pages, languageLevel, width, height }: DscComments) {
  const page =
    width === null || height === null
      ? null
      : { width: Math.round(width * 100) / 100, height: Math.round(height * 100) / 100, unit: 'pt' }
  return present({ title, creator, author, pages, language_level: languageLevel, page })
}
