import type { LoadReader } from '../kindReader.ts'

/** Readers of documents, fonts, text by MIME type. */
export const documentReaders: Readonly<Record<string, LoadReader>> = {}
