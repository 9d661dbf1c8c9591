import type { LoadReader } from '../kindReader.ts'
import { zipKinds } from './archives/zipKinds.ts'
import { unopenedKinds } from './readUnopened.ts'

const pdf: LoadReader = async () => (await import('./pdf/readPdf.ts')).readPdf
const postScript: LoadReader = async () => (await import('./postscript/readPostScript.ts')).readPostScript
const illustrator: LoadReader = async () => (await import('./postscript/readPostScript.ts')).readIllustrator
const zipDocument: LoadReader = async () => (await import('./archives/readZipDocument.ts')).readZipDocument
const book: LoadReader = async () => (await import('./archives/readZipDocument.ts')).readBook
const comic: LoadReader = async () => (await import('./archives/readZipDocument.ts')).readComic
const idml: LoadReader = async () => (await import('./archives/readZipDocument.ts')).readIdml
const inDesign: LoadReader = async () => (await import('./readInDesign.ts')).readInDesign
const blend: LoadReader = async () => (await import('./models/readBlend.ts')).readBlend
const gltf: LoadReader = async () => (await import('./models/readModel.ts')).readGltf
const obj: LoadReader = async () => (await import('./models/readModel.ts')).readObj
const stl: LoadReader = async () => (await import('./models/readModel.ts')).readStl
const ply: LoadReader = async () => (await import('./models/readModel.ts')).readPly
const fbx: LoadReader = async () => (await import('./models/readModel.ts')).readFbx
const font: LoadReader = async () => (await import('./fonts/readFont.ts')).readFont
const text: LoadReader = async () => (await import('./text/readText.ts')).readText
const unopened: LoadReader = async () => (await import('./readUnopened.ts')).readUnopened

/** Readers of documents, fonts, text, 3D and design files by MIME type. */
export const documentReaders: Readonly<Record<string, LoadReader>> = {
  ...Object.fromEntries(Object.keys(unopenedKinds).map((mimeType) => [mimeType, unopened])),
  ...Object.fromEntries(Object.keys(zipKinds).map((mimeType) => [mimeType, zipDocument])),
  'application/pdf': pdf,
  'application/postscript': postScript,
  'application/illustrator': illustrator,
  'application/epub+zip': book,
  'application/vnd.comicbook+zip': comic,
  'application/vnd.adobe.indesign-idml-package': idml,
  'application/x-indesign': inDesign,
  'application/x-blender': blend,
  'model/gltf+json': gltf,
  'model/gltf-binary': gltf,
  'model/obj': obj,
  'model/stl': stl,
  'model/x-ply': ply,
  'application/x-ft-fbx': fbx,
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
  'text/x-source-code': text,
  'text/x-ssa': text,
  'text/calendar': text,
  'text/vcard': text,
  'model/mtl': text,
  'model/vnd.collada+xml': text,
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
