import { documentReaders } from './documents/index.ts'
import type { LoadReader } from './kindReader.ts'
import { pictureReaders } from './pictures/index.ts'
import { timeBasedReaders } from './timeBased/index.ts'

const readers: Readonly<Record<string, LoadReader>> = { ...pictureReaders, ...timeBasedReaders, ...documentReaders }

/** The reader of a MIME type, undefined where Vitrine can't look into files of that type. */
export function readerFor(mimeType: string): LoadReader | undefined {
  return Object.hasOwn(readers, mimeType) ? readers[mimeType] : undefined
}
