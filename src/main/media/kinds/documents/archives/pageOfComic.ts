import { boundedText, present } from '../boundedText.ts'
import { elementText } from './xmlTags.ts'
import type { ZipArchive } from './zipArchive.ts'

const PICTURE = /\.(jpe?g|png|webp|gif|avif|tiff?)$/i
const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })
const XML_LIMIT = 1024 ** 2

/** Pages of a comic book archive in reading order: by name, numbers by their value. */
export function comicPages(names: readonly string[]): readonly string[] {
  return names
    .filter(
      (name) => PICTURE.test(name) && !name.split('/').some((part) => part.startsWith('.') || part === '__MACOSX'),
    )
    .sort((a, b) => collator.compare(a, b))
}

/**
 * A page of a comic book archive, and what its `ComicInfo.xml` says.
 * @param pictureLimit bytes
 * @param page from 0, which is the cover
 */
export async function pageOfComic(archive: ZipArchive, pictureLimit: number, page = 0) {
  const pages = comicPages(archive.names)
  const wanted = pages[page]
  const information = (await archive.read('ComicInfo.xml', XML_LIMIT))?.toString('utf8') ?? ''
  const text = (name: string) => boundedText(elementText(information, name) ?? '')
  return {
    picture: wanted === undefined ? null : await archive.read(wanted, pictureLimit),
    metadata: present<string | number>({
      pages: pages.length,
      title: text('Title'),
      series: text('Series'),
      number: text('Number'),
      author: text('Writer'),
    }),
  }
}
