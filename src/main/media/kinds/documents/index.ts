import type { LoadReader } from '../kindReader.ts'
import { zipKinds } from './archives/zipKinds.ts'

const pdf: LoadReader = async () => (await import('./pdf/readPdf.ts')).readPdf
const postScript: LoadReader = async () => (await import('./postscript/readPostScript.ts')).readPostScript
const illustrator: LoadReader = async () => (await import('./postscript/readPostScript.ts')).readIllustrator
const zipDocument: LoadReader = async () => (await import('./archives/readZipDocument.ts')).readZipDocument
const book: LoadReader = async () => (await import('./archives/readZipDocument.ts')).readBook
const comic: LoadReader = async () => (await import('./archives/readZipDocument.ts')).readComic
const idml: LoadReader = async () => (await import('./archives/readZipDocument.ts')).readIdml
const inDesign: LoadReader = async () => (await import('./readInDesign.ts')).readInDesign
const blend: LoadReader = async () => (await import('./models/readBlend.ts')).readBlend
const font: LoadReader = async () => (await import('./fonts/readFont.ts')).readFont
const text: LoadReader = async () => (await import('./text/readText.ts')).readText

/** Readers of documents, fonts, text and 3D by MIME type. */
export const documentReaders: Readonly<Record<string, LoadReader>> = {
  ...Object.fromEntries(Object.keys(zipKinds).map((mimeType) => [mimeType, zipDocument])),
  'application/pdf': pdf,
  'application/postscript': postScript,
  'application/illustrator': illustrator,
  'application/epub+zip': book,
  'application/vnd.comicbook+zip': comic,
  'application/vnd.adobe.indesign-idml-package': idml,
  'application/x-indesign': inDesign,
  'application/x-blender': blend,
  'font/ttf': font,
  'font/otf': font,
  'font/woff': font,
  'font/woff2': font,
  'font/collection': font,
  'text/plain': text,
  'text/markdown': text,
  'text/csv': text,
  'text/tab-separated-values': text,
  'text/html': text,
  'text/css': text,
  'text/javascript': text,
  'text/x-typescript': text,
  'text/x-python': text,
  'text/vtt': text,
  'text/x-cube-lut': text,
  'application/yaml': text,
  'application/toml': text,
  'application/x-subrip': text,
  'application/jsonl': text,
  'application/json': text,
  'application/xml': text,
  'application/rtf': text,
}
