import { closeSync, openSync } from 'node:fs'
import { type ByteSource, fileSource } from './byteSource.ts'
import { CarrierCollector } from './carrierCollector.ts'
import type { Carriers } from './carriers.ts'
import { addJpegCarriers } from './jpegCarriers.ts'
import { addPngCarriers } from './pngCarriers.ts'
import { addRiffCarriers } from './riffCarriers.ts'

/** How far into a file its signature is looked for when something else stands before it. */
const MAX_LEADING_BYTES = 64 * 1024
/** Enough for every signature. */
const HEAD_BYTES = 16
const PNG_SIGNATURE = '\x89PNG\r\n\x1a\n'
const JPEG_SIGNATURE = '\xff\xd8\xff'

/**
 * Reads everything that a file carries beside its pixels and samples: texts, EXIF, XMP, IPTC and content credentials. Walks
 * the structure of the whole file and reads only what it needs. What is wrong with the file shortens the answer; an
 * `ErrnoException` of the file system is thrown.
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
  const head = source.read(0, Math.min(HEAD_BYTES, source.size)) ?? Buffer.alloc(0)
  if (!addBySignature(source, head, collector)) addByType(source, mimeType, collector)
  return collector.finish()
}

/** False if the start of the file is no known signature. */
function addBySignature(source: ByteSource, head: Buffer, collector: CarrierCollector): boolean {
  const start = head.toString('latin1')
  if (start.startsWith(PNG_SIGNATURE)) addPngCarriers(source, 0, collector)
  else if (start.startsWith(JPEG_SIGNATURE)) addJpegCarriers(source, 0, collector)
  else if (/^(?:RIFF|RF64)/.test(start)) addRiffCarriers(source, collector)
  else return false
  return true
}

/** Something may stand before the signature: a mail header, a download's first lines. */
function addByType(source: ByteSource, mimeType: string, collector: CarrierCollector): void {
  if (mimeType === 'image/png' || mimeType === 'image/apng') {
    const start = find(source, PNG_SIGNATURE)
    if (start !== -1) addPngCarriers(source, start, collector)
  } else if (mimeType === 'image/jpeg') {
    const start = find(source, JPEG_SIGNATURE)
    if (start !== -1) addJpegCarriers(source, start, collector)
  }
}

function find(source: ByteSource, signature: string): number {
  return source.read(0, Math.min(MAX_LEADING_BYTES, source.size))?.indexOf(signature, 0, 'latin1') ?? -1
}
