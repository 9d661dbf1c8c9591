import { type KindFacts, type KindReader, type MediaSource, noFacts } from '../../kindReader.ts'
import { damaged, withoutPreview } from '../documentFacts.ts'
import { type EmbeddedPicture, embeddedPicture } from '../embeddedPicture.ts'
import { xmpThumbnail } from '../xmpThumbnail.ts'
import { coverOfBook } from './coverOfBook.ts'
import { pageOfComic } from './pageOfComic.ts'
import { withZip, type ZipArchive } from './zipArchive.ts'
import { zipKinds } from './zipKinds.ts'

/** Bytes of a preview, unpacked. */
const PICTURE_LIMIT = 128 * 1024 ** 2

interface Found {
  readonly preview: EmbeddedPicture | null
  /** Of the document itself, where it says so. */
  readonly width?: number
  readonly height?: number
  readonly metadata: KindFacts['metadata']
  readonly message: string
}

/**
 * Reads a document that is a zip file inside: the picture of itself that it carries, and what it says about itself.
 * Where the document has no size in pixels, width and height are those of the preview (`size_of: 'preview'`).
 */
export const readZipDocument: KindReader = async (source) => {
  const kind = zipKinds[source.mimeType]
  if (kind === undefined) return damaged({}, 'This file is no document that Vitrine can look into.')
  return read(source, kind.format, async (archive) => {
    const { metadata, ...size } = await kind.describe(archive)
    const names = typeof kind.previews === 'function' ? await kind.previews(archive) : kind.previews
    return {
      ...size,
      metadata,
      preview: await firstPicture(archive, names, source.limits.pixels),
      message: noPreview(kind.format, kind.called, names.length > 0),
    }
  })
}

/** Reads an EPUB: its cover. */
export const readBook: KindReader = (source) =>
  read(source, 'epub', async (archive) => {
    const { cover, metadata } = await coverOfBook(archive, PICTURE_LIMIT)
    return { metadata, preview: await pictureOf(cover, source), message: 'This book has no cover picture.' }
  })

/** Reads a comic book archive: its first page, or the one that is wanted. */
export const readComic: KindReader = (source) =>
  read(source, 'cbz', async (archive) => {
    const { page = 0 } = source
    const { picture, metadata } = await pageOfComic(archive, PICTURE_LIMIT, page)
    return {
      metadata,
      preview: await pictureOf(picture, source),
      message:
        page === 0
          ? 'This comic book has no pages that Vitrine can draw.'
          : `Page ${page + 1} of this comic book can’t be drawn.`,
    }
  })

/** Reads an InDesign markup package: the thumbnail in its XMP. */
export const readIdml: KindReader = (source) =>
  read(source, 'idml', async (archive) => {
    const packet = await archive.read('META-INF/metadata.xml', PICTURE_LIMIT)
    const preview = await pictureOf(packet === null ? null : xmpThumbnail(packet), source)
    return { metadata: {}, preview, message: noPreview('idml', 'InDesign document', true) }
  })

async function read(
  source: MediaSource,
  format: string,
  look: (archive: ZipArchive) => Promise<Found>,
): Promise<KindFacts> {
  const found = await withZip(source.path, look)
  if (found === null) {
    return damaged(
      { format },
      'This file is damaged or incomplete: its parts can’t be unpacked. The original is kept as it is.',
    )
  }
  const { preview, message } = found
  const metadata = { format, ...found.metadata }
  const own = found.width !== undefined && found.height !== undefined
  const size = { width: found.width ?? null, height: found.height ?? null }
  if (preview === null) return { ...withoutPreview(metadata, message), ...size }
  return {
    ...noFacts,
    ...(own ? size : { width: preview.width, height: preview.height }),
    metadata: own ? metadata : { ...metadata, size_of: 'preview' },
    picture: preview.picture,
  }
}

async function firstPicture(
  archive: ZipArchive,
  names: readonly string[],
  pixelLimit: number,
): Promise<EmbeddedPicture | null> {
  for (const name of names) {
    const bytes = await archive.read(name, PICTURE_LIMIT)
    const picture = bytes === null ? null : await embeddedPicture(bytes, pixelLimit)
    if (picture !== null) return picture
  }
  return null
}

async function pictureOf(bytes: Buffer | null, source: MediaSource): Promise<EmbeddedPicture | null> {
  return bytes === null ? null : embeddedPicture(bytes, source.limits.pixels)
}

function noPreview(format: string, called: string, couldHave: boolean): string {
  return couldHave
    ? `This ${called} was saved without a preview picture. Vitrine keeps it safely and shows a tile instead.`
    : `Vitrine keeps this ${called} safely, but can’t draw a preview of ${format.toUpperCase()} files.`
}
