import { posix } from 'node:path'
import { boundedText, present } from '../boundedText.ts'
import { elementText, type XmlTag, xmlTags } from './xmlTags.ts'
import type { ZipArchive } from './zipArchive.ts'

const XML_LIMIT = 4 * 1024 ** 2

/** What an EPUB says about itself. */
export interface BookFacts {
  readonly cover: Buffer | null
  readonly metadata: Readonly<Record<string, string | number>>
}

/**
 * The cover and the title page's words of an EPUB: the manifest's `cover-image` (EPUB 3), the item that
 * `<meta name="cover">` names (EPUB 2), or the picture on the page that the guide calls the cover.
 * Source: EPUB 3.3, sections 4.2.6.3.1 (container.xml) and 5 (package document); OPF 2.0.1, section 2.6.
 * @param pictureLimit bytes
 */
export async function coverOfBook(archive: ZipArchive, pictureLimit: number): Promise<BookFacts> {
  const container = (await archive.read('META-INF/container.xml', XML_LIMIT))?.toString('utf8') ?? ''
  const path = [...xmlTags(container)].find(({ name }) => name === 'rootfile')?.attributes.get('full-path')
  const opf = path === undefined ? undefined : (await archive.read(path, XML_LIMIT))?.toString('utf8')
  if (path === undefined || opf === undefined) return { cover: null, metadata: {} }
  const tags = [...xmlTags(opf)]
  const cover = await pictureOf(archive, path, tags, pictureLimit)
  const text = (name: string) => boundedText(elementText(opf, name) ?? '')
  const metadata = present<string | number>({
    title: text('title'),
    author: text('creator'),
    publisher: text('publisher'),
    language: text('language'),
    chapters: tags.filter(({ name }) => name === 'itemref').length || null,
  })
  return { cover, metadata }
}

async function pictureOf(
  archive: ZipArchive,
  opfPath: string,
  tags: readonly XmlTag[],
  limit: number,
): Promise<Buffer | null> {
  const items = tags.filter(({ name }) => name === 'item')
  const named = tags
    .find((tag) => tag.name === 'meta' && tag.attributes.get('name') === 'cover')
    ?.attributes.get('content')
  const item =
    items.find(({ attributes }) => attributes.get('properties')?.split(/\s+/).includes('cover-image')) ??
    items.find(({ attributes }) => named !== undefined && attributes.get('id') === named)
  const href = item?.attributes.get('href')
  const picture = href === undefined ? null : await archive.read(besideOf(opfPath, href), limit)
  if (picture !== null) return picture

  const guide = tags.find((tag) => tag.name === 'reference' && tag.attributes.get('type') === 'cover')
  const pageHref = guide?.attributes.get('href')
  if (pageHref === undefined) return null
  const pagePath = besideOf(opfPath, pageHref)
  const page = (await archive.read(pagePath, XML_LIMIT))?.toString('utf8') ?? ''
  for (const { name, attributes } of xmlTags(page)) {
    const source = name === 'img' ? attributes.get('src') : name === 'image' ? attributes.get('href') : undefined
    if (source !== undefined) return archive.read(besideOf(pagePath, source), limit)
  }
  return null
}

/** A reference inside of the archive; it can name nothing outside, for it is only looked up among the archive's names. */
function besideOf(path: string, href: string): string {
  const [file = ''] = href.split('#', 1)
  return posix.normalize(posix.join(posix.dirname(path), decoded(file)))
}

function decoded(href: string): string {
  try {
    return decodeURIComponent(href)
  } catch {
    // A percent sign that escapes nothing is part of the name.
    return href
  }
}
