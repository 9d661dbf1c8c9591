import { z } from 'zod'
import { boundedText, present } from '../boundedText.ts'
import { elementText, xmlTags } from './xmlTags.ts'
import type { ZipArchive } from './zipArchive.ts'

const TEXT_LIMIT = 2 * 1024 ** 2

/** What a document in a zip file says about itself. */
export interface ArchiveFacts {
  /** Pixels of the picture that it is. */
  readonly width?: number
  readonly height?: number
  readonly metadata: Readonly<Record<string, string | number>>
}

async function textOf(archive: ZipArchive, name: string): Promise<string> {
  return (await archive.read(name, TEXT_LIMIT))?.toString('utf8') ?? ''
}

function whole(text: string | null | undefined, limit = 1_000_000): number | null {
  const number = Number(text ?? '')
  return Number.isInteger(number) && number > 0 && number <= limit ? number : null
}

function sized(width: number | null, height: number | null): { width?: number; height?: number } {
  return width === null || height === null ? {} : { width, height }
}

/** Krita: `maindoc.xml`, element IMAGE. Source: Krita's file format documentation, "The .kra format". */
export async function describeKrita(archive: ZipArchive): Promise<ArchiveFacts> {
  const tags = [...xmlTags(await textOf(archive, 'maindoc.xml'))]
  const image = tags.find(({ name }) => name === 'IMAGE')?.attributes
  const document = tags.find(({ name }) => name === 'DOC')?.attributes
  return {
    ...sized(whole(image?.get('width')), whole(image?.get('height'))),
    metadata: present<string | number>({
      title: boundedText(image?.get('name') ?? ''),
      layers: tags.filter(({ name }) => name === 'layer').length || null,
      color_space: boundedText(image?.get('colorspacename') ?? '', 40),
      editor: boundedText(document?.get('kritaVersion') ?? document?.get('editor') ?? '', 60),
    }),
  }
}

/** OpenRaster: `stack.xml`. Source: OpenRaster specification 0.0.5, "Layers stack". */
export async function describeOpenRaster(archive: ZipArchive): Promise<ArchiveFacts> {
  const tags = [...xmlTags(await textOf(archive, 'stack.xml'))]
  const image = tags.find(({ name }) => name === 'image')?.attributes
  return {
    ...sized(whole(image?.get('w')), whole(image?.get('h'))),
    metadata: present({ layers: tags.filter(({ name }) => name === 'layer').length || null }),
  }
}

const sketchSchema = z.object({
  app: z.string().optional(),
  appVersion: z.string().optional(),
  pagesAndArtboards: z
    .record(z.string(), z.object({ artboards: z.record(z.string(), z.unknown()).optional() }))
    .optional(),
})

/** Sketch: `meta.json`. Source: Sketch's file format specification, "meta.json". */
export async function describeSketch(archive: ZipArchive): Promise<ArchiveFacts> {
  const parsed = sketchSchema.safeParse(jsonOf(await textOf(archive, 'meta.json')))
  if (!parsed.success) return { metadata: {} }
  const { app, appVersion, pagesAndArtboards } = parsed.data
  const pages = pagesAndArtboards === undefined ? null : Object.values(pagesAndArtboards)
  const artboards = pages?.reduce((sum, page) => sum + Object.keys(page.artboards ?? {}).length, 0)
  return {
    metadata: present<string | number>({
      creator: boundedText([app, appVersion].filter((part) => part !== undefined).join(' '), 80),
      pages: pages?.length,
      artboards,
    }),
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Damaged or missing: nothing is known of the document.
    return null
  }
}

/** Office Open XML: core and application properties. Source: ECMA-376 part 2, section 11; part 1, section 22.2. */
export async function describeOffice(archive: ZipArchive): Promise<ArchiveFacts> {
  const core = await textOf(archive, 'docProps/core.xml')
  const application = await textOf(archive, 'docProps/app.xml')
  return {
    metadata: present<string | number>({
      title: boundedText(elementText(core, 'title') ?? ''),
      author: boundedText(elementText(core, 'creator') ?? ''),
      creator: boundedText(elementText(application, 'Application') ?? ''),
      pages: whole(elementText(application, 'Pages')),
      slides: whole(elementText(application, 'Slides')),
      words: whole(elementText(application, 'Words'), 1e9),
    }),
  }
}

/** OpenDocument: `meta.xml`. Source: OpenDocument 1.3 part 3, section 4.3. */
export async function describeOpenDocument(archive: ZipArchive): Promise<ArchiveFacts> {
  const meta = await textOf(archive, 'meta.xml')
  const statistic = [...xmlTags(meta)].find(({ name }) => name === 'document-statistic')?.attributes
  return {
    metadata: present<string | number>({
      title: boundedText(elementText(meta, 'title') ?? ''),
      author: boundedText(elementText(meta, 'initial-creator') ?? elementText(meta, 'creator') ?? ''),
      creator: boundedText(elementText(meta, 'generator') ?? ''),
      pages: whole(statistic?.get('page-count')),
      words: whole(statistic?.get('word-count'), 1e9),
    }),
  }
}

/** Any other archive: how many files there are. */
export async function describeFiles({ names, complete }: ZipArchive): Promise<ArchiveFacts> {
  return { metadata: complete ? { files: names.length } : {} }
}
