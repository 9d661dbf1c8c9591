import type { LoadReader } from '../kindReader.ts'
import { audioTypes } from './audio/audioTypes.ts'
import { videoTypes } from './video/videoTypes.ts'

const video: LoadReader = async () => (await import('./video/readVideo.ts')).readVideo
const audio: LoadReader = async () => (await import('./audio/readAudio.ts')).readAudio

/** Readers of video and sound by MIME type. */
export const timeBasedReaders: Readonly<Record<string, LoadReader>> = Object.fromEntries([
  ...videoTypes.map((type) => [type, video] as const),
  ...audioTypes.map((type) => [type, audio] as const),
])
