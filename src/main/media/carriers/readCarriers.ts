import { closeSync, openSync } from 'node:fs'
import { addAiffCarriers } from './aiffCarriers.ts'
import { type ByteSource, fileSource } from './byteSource.ts'
import { CarrierCollector } from './carrierCollector.ts'
import type { Carriers } from './carriers.ts'
import { addFlacCarriers } from './flacCarriers.ts'
import { addGifCarriers } from './gifCarriers.ts'
import { addId3Tag } from './id3Tag.ts'
import { addIsoCarriers } from './isoCarriers.ts'
import { addJpegCarriers } from './jpegCarriers.ts'
import { addMatroskaCarriers } from './matroskaCarriers.ts'
import { addOggCarriers } from './oggCarriers.ts'
import { addPngCarriers } from './pngCarriers.ts'
import { addPsdCarriers } from './psdCarriers.ts'
import { addRiffCarriers } from './riffCarriers.ts'
import { addSvgCarriers } from './svgCarriers.ts'
import { addTiffCarriers } from './tiffCarriers.ts'
import { addScannedXmp } from './xmpScan.ts'

/** How far into a file its signature is looked for when something else stands before it. */
const MAX_LEADING_BYTES = 64 * 1024
/** Enough for every signature. */
const HEAD_BYTES = 16
const PNG_SIGNATURE = '\x89PNG\r\n\x1a\n'
const JPEG_SIGNATURE = '\xff\xd8\xff'

/**
 * Reads everything that a file carries beside its pixels and samples: texts, EXIF, XMP, IPTC and content credentials.
 * Walks the structure of the whole file and reads only what it needs. What is wrong with the file shortens the answer;
 * an `ErrnoException` of the file system is thrown.
 * @param mimeType says what to look for where the file does not begin with a signature
 * @param size bytes
 */
export async function readCarriers(path: string, mimeType: string, size: number): Promise<Carriers> {
  const descriptor = openSync(path, 'r')
  try {
    return carriersOf(fileSource(descriptor, size), mimeType)
  } finally {
    closeSync(descriptor)
  }
}

/** The same of bytes that are at hand. Never throws for what they are. */
export function carriersOf(source: ByteSource, mimeType: string): Carriers {
  const collector = new CarrierCollector()
  const head = source.read(0, Math.min(HEAD_BYTES, source.size))?.toString('latin1') ?? ''
  const add = bySignature(head) ?? byType(mimeType)
  add?.(source, collector)
  return collector.finish()
}

type AddCarriers = (source: ByteSource, collector: CarrierCollector) => void

interface Signature {
  readonly texts: readonly string[]
  /** Bytes before it. */
  readonly at: number
  readonly add: AddCarriers
}

const SIGNATURES: readonly Signature[] = [
  { texts: [PNG_SIGNATURE], at: 0, add: (source, collector) => addPngCarriers(source, 0, collector) },
  { texts: [JPEG_SIGNATURE], at: 0, add: (source, collector) => addJpegCarriers(source, 0, collector) },
  { texts: ['RIFF', 'RF64'], at: 0, add: addRiffCarriers },
  { texts: ['GIF8'], at: 0, add: addGifCarriers },
  // Classic TIFF and BigTIFF, Olympus and Panasonic RAW.
  { texts: ['II*\0', 'MM\0*', 'II+\0', 'MM\0+', 'IIRO', 'IIRS', 'MMOR', 'IIU\0'], at: 0, add: addTiffCarriers },
  { texts: ['FUJIFILMCCD-RAW'], at: 0, add: addFujiCarriers },
  { texts: ['8BPS'], at: 0, add: addPsdCarriers },
  { texts: ['ftyp', 'moov', 'mdat', 'wide', 'free', 'skip', 'pnot', 'jP  ', 'JXL '], at: 4, add: addIsoCarriers },
  { texts: ['\x1a\x45\xdf\xa3'], at: 0, add: addMatroskaCarriers },
  { texts: ['fLaC'], at: 0, add: (source, collector) => addFlacCarriers(source, 0, collector) },
  { texts: ['OggS'], at: 0, add: addOggCarriers },
  { texts: ['ID3'], at: 0, add: addTaggedAudio },
  { texts: ['AIFF', 'AIFC'], at: 8, add: addAiffCarriers },
  { texts: ['%PDF', '%!PS', '\xc5\xd0\xd3\xc6'], at: 0, add: addScannedXmp },
]

function bySignature(head: string): AddCarriers | undefined {
  return SIGNATURES.find(({ texts, at }) => texts.some((text) => head.startsWith(text, at)))?.add
}

/** For files with something else before their signature, and those that are text. */
function byType(mimeType: string): AddCarriers | undefined {
  switch (mimeType) {
    case 'image/png':
    case 'image/apng':
      return afterSomething(PNG_SIGNATURE, addPngCarriers)
    case 'image/jpeg':
      return afterSomething(JPEG_SIGNATURE, addJpegCarriers)
    case 'image/svg+xml':
      return addSvgCarriers
    case 'application/pdf':
    case 'application/postscript':
    case 'application/eps':
    case 'application/illustrator':
      return addScannedXmp
    default:
      return undefined
  }
}

function afterSomething(
  signature: string,
  add: (source: ByteSource, start: number, collector: CarrierCollector) => void,
): AddCarriers {
  return (source, collector) => {
    const start = source.read(0, Math.min(MAX_LEADING_BYTES, source.size))?.indexOf(signature, 0, 'latin1') ?? -1
    if (start !== -1) add(source, start, collector)
  }
}

/** MP3, and FLAC behind a tag that does not belong there. */
function addTaggedAudio(source: ByteSource, collector: CarrierCollector): void {
  const end = addId3Tag(source, 0, collector)
  if (source.read(end, 4)?.toString('latin1') === 'fLaC') addFlacCarriers(source, end, collector)
}

/** Fujifilm's RAW has a whole JPEG in it, with everything that the camera says. Its place is at byte 84. */
function addFujiCarriers(source: ByteSource, collector: CarrierCollector): void {
  const start = source.read(84, 4)?.readUInt32BE(0)
  if (start !== undefined) addJpegCarriers(source, start, collector)
}
