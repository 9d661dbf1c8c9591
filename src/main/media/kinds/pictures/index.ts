import type { LoadReader } from '../kindReader.ts'

const bySharp: LoadReader = async () => (await import('./readSharpPicture.ts')).readSharpPicture
const byMagick: LoadReader = async () => (await import('./readMagickPicture.ts')).readMagickPicture
const heif: LoadReader = async () => (await import('./heif/readHeif.ts')).readHeif
const icon: LoadReader = async () => (await import('./icons/readIcon.ts')).readIcon
const psd: LoadReader = async () => (await import('./psd/readPsd.ts')).readPsd
const raw: LoadReader = async () => (await import('./raw/readRaw.ts')).readRaw
const svg: LoadReader = async () => (await import('./svg/readSvg.ts')).readSvg
const tiff: LoadReader = async () => (await import('./tiff/readTiff.ts')).readTiff

/** Readers of pictures by MIME type. */
export const pictureReaders: Readonly<Record<string, LoadReader>> = {
  'image/jpeg': bySharp,
  'image/png': bySharp,
  'image/apng': bySharp,
  'image/webp': bySharp,
  'image/gif': bySharp,
  'image/avif': bySharp,
  'image/tiff': tiff,
  'image/svg+xml': svg,
  'image/heic': heif,
  'image/heif': heif,
  'image/heic-sequence': heif,
  'image/heif-sequence': heif,
  'image/vnd.adobe.photoshop': psd,
  'image/x-icon': icon,
  'image/icns': icon,
  'image/bmp': byMagick,
  'image/x-tga': byMagick,
  'image/vnd.zbrush.pcx': byMagick,
  'image/vnd-ms.dds': byMagick,
  'image/qoi': byMagick,
  'image/x-xcf': byMagick,
  'image/x-portable-anymap': byMagick,
  'image/x-portable-floatmap': byMagick,
  'image/x-exr': byMagick,
  'image/vnd.radiance': byMagick,
  'image/jxl': byMagick,
  'image/jp2': byMagick,
  'image/jpx': byMagick,
  'image/jpm': byMagick,
  'image/j2c': byMagick,
  'image/x-nikon-nef': raw,
  'image/x-nikon-nrw': raw,
  'image/x-canon-cr2': raw,
  'image/x-canon-cr3': raw,
  'image/x-sony-arw': raw,
  'image/x-sony-sr2': raw,
  'image/x-sony-srf': raw,
  'image/x-adobe-dng': raw,
  'image/x-fujifilm-raf': raw,
  'image/x-olympus-orf': raw,
  'image/x-panasonic-rw2': raw,
  'image/x-pentax-pef': raw,
  'image/x-samsung-srw': raw,
  'image/x-hasselblad-3fr': raw,
  'image/x-phaseone-iiq': raw,
  'image/x-mamiya-mef': raw,
  'image/x-leaf-mos': raw,
  'image/x-epson-erf': raw,
  'image/x-kodak-kdc': raw,
  'image/x-kodak-dcr': raw,
}
