import type { LoadReader } from '../kindReader.ts'
import { videoTypes } from './video/videoTypes.ts'

const video: LoadReader = async () => (await import('./video/readVideo.ts')).readVideo

/** Readers of video and sound by MIME type. */
export const timeBasedReaders: Readonly<Record<string, LoadReader>> = Object.fromEntries(
  videoTypes.map((type) => [type, video]),
)
