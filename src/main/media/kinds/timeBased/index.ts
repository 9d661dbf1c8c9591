import type { LoadReader } from '../kindReader.ts'

/** Readers of video and sound by MIME type. */
export const timeBasedReaders: Readonly<Record<string, LoadReader>> = {}
