import type { LoadReader } from '../kindReader.ts'

const bySharp: LoadReader = async () => (await import('./readSharpPicture.ts')).readSharpPicture

/** Readers of pictures by MIME type. */
export const pictureReaders: Readonly<Record<string, LoadReader>> = {
  'image/jpeg': bySharp,
  'image/png': bySharp,
  'image/apng': bySharp,
  'image/webp': bySharp,
  'image/gif': bySharp,
  'image/avif': bySharp,
  'image/tiff': bySharp,
  'image/svg+xml': bySharp,
}
