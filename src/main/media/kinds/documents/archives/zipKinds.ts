import {
  type ArchiveFacts,
  describeFiles,
  describeKrita,
  describeOffice,
  describeOpenDocument,
  describeOpenRaster,
  describeSketch,
} from './describeArchive.ts'
import { xmlTags } from './xmlTags.ts'
import type { ZipArchive } from './zipArchive.ts'

/** A kind of document that is a zip file inside. */
export interface ZipKind {
  readonly format: string
  /** What a person calls such a file, as in “This … has no preview”. */
  readonly called: string
  /** Names of pictures in the archive that show the document, best first. */
  readonly previews: readonly string[] | ((archive: ZipArchive) => Promise<readonly string[]>)
  readonly describe: (archive: ZipArchive) => Promise<ArchiveFacts>
}

const OFFICE = ['docProps/thumbnail.jpeg', 'docProps/thumbnail.jpg', 'docProps/thumbnail.png']
const OPEN_DOCUMENT = ['Thumbnails/thumbnail.png']
const APPLE = ['preview.jpg', 'QuickLook/Thumbnail.jpg', 'preview-web.jpg', 'preview-micro.jpg']

const office = (format: string, called: string): ZipKind => ({
  format,
  called,
  previews: OFFICE,
  describe: describeOffice,
})
const openDocument = (format: string): ZipKind => ({
  format,
  called: 'OpenDocument file',
  previews: OPEN_DOCUMENT,
  describe: describeOpenDocument,
})
const other = (format: string, called: string, previews: ZipKind['previews']): ZipKind => ({
  format,
  called,
  previews,
  describe: describeFiles,
})

const OOXML = 'application/vnd.openxmlformats-officedocument.'
const ODF = 'application/vnd.oasis.opendocument.'

/**
 * Where zip-based documents keep a picture of themselves.
 * Sources: Krita's and OpenRaster's file layout; Sketch's file format specification; ECMA-376 part 2, section 9.2
 * (thumbnails); OpenDocument 1.3 part 2, section 3.7; 3MF core specification 1.3, section 6. The others are what their
 * programs write.
 */
export const zipKinds: Readonly<Record<string, ZipKind>> = {
  'application/x-krita': {
    format: 'kra',
    called: 'Krita document',
    previews: ['mergedimage.png', 'preview.png'],
    describe: describeKrita,
  },
  'image/openraster': {
    format: 'ora',
    called: 'OpenRaster picture',
    previews: ['mergedimage.png', 'Thumbnails/thumbnail.png'],
    describe: describeOpenRaster,
  },
  'application/x-sketch': {
    format: 'sketch',
    called: 'Sketch document',
    previews: ['previews/preview.png'],
    describe: describeSketch,
  },
  'application/x-procreate': other('procreate', 'Procreate document', ['QuickLook/Thumbnail.png']),
  'application/x-pixelmator': other('pxd', 'Pixelmator document', [
    'QuickLook/Thumbnail.webp',
    'QuickLook/Thumbnail.png',
  ]),
  'application/x-adobe-xd': other('xd', 'Adobe XD document', ['preview.png', 'thumbnail.png']),
  'application/x-figma': other('fig', 'Figma document', ['thumbnail.png']),
  'application/x-coreldraw': other('cdr', 'CorelDRAW drawing', [
    'previews/thumbnail.png',
    'metadata/thumbnails/thumbnail.png',
  ]),
  'application/x-freecad': other('fcstd', 'FreeCAD document', ['thumbnails/Thumbnail.png']),
  'application/vnd.apple.pages': other('pages', 'Pages document', APPLE),
  'application/vnd.apple.numbers': other('numbers', 'Numbers document', APPLE),
  'application/vnd.apple.keynote': other('key', 'Keynote presentation', APPLE),
  'model/3mf': other('3mf', '3MF model', thumbnailRelations),
  'model/vnd.usdz+zip': other('usdz', 'USDZ model', []),
  [`${OOXML}wordprocessingml.document`]: office('docx', 'Word document'),
  [`${OOXML}wordprocessingml.template`]: office('dotx', 'Word template'),
  [`${OOXML}presentationml.presentation`]: office('pptx', 'PowerPoint presentation'),
  [`${OOXML}presentationml.template`]: office('potx', 'PowerPoint template'),
  [`${OOXML}presentationml.slideshow`]: office('ppsx', 'PowerPoint presentation'),
  [`${OOXML}spreadsheetml.sheet`]: office('xlsx', 'Excel workbook'),
  [`${OOXML}spreadsheetml.template`]: office('xltx', 'Excel template'),
  'application/vnd.ms-visio.drawing': office('vsdx', 'Visio drawing'),
  [`${ODF}text`]: openDocument('odt'),
  [`${ODF}text-template`]: openDocument('ott'),
  [`${ODF}spreadsheet`]: openDocument('ods'),
  [`${ODF}spreadsheet-template`]: openDocument('ots'),
  [`${ODF}presentation`]: openDocument('odp'),
  [`${ODF}presentation-template`]: openDocument('otp'),
  [`${ODF}graphics`]: openDocument('odg'),
  [`${ODF}graphics-template`]: openDocument('otg'),
  'application/zip': other('zip', 'archive', []),
}

const RELATIONS_LIMIT = 1024 ** 2

/** The thumbnail that the package's relationships name. Source: ECMA-376 part 2, sections 9.3 and 9.2. */
async function thumbnailRelations(archive: ZipArchive): Promise<readonly string[]> {
  const relations = (await archive.read('_rels/.rels', RELATIONS_LIMIT))?.toString('utf8') ?? ''
  const named = [...xmlTags(relations)]
    .filter(({ attributes }) => attributes.get('Type')?.endsWith('/metadata/thumbnail'))
    .flatMap(({ attributes }) => attributes.get('Target') ?? [])
    .map((target) => target.replace(/^\/+/, ''))
  return [...named, 'Metadata/thumbnail.png']
}
