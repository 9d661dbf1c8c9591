import type { LoadReader } from '../kindReader.ts'

const pdf: LoadReader = async () => (await import('./pdf/readPdf.ts')).readPdf
const postScript: LoadReader = async () => (await import('./postscript/readPostScript.ts')).readPostScript
const illustrator: LoadReader = async () => (await import('./postscript/readPostScript.ts')).readIllustrator

/** Readers of documents, fonts, text and 3D by MIME type. */
export const documentReaders: Readonly<Record<string, LoadReader>> = {
  'application/pdf': pdf,
  'application/postscript': postScript,
  'application/illustrator': illustrator,
}
