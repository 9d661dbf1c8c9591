import { brotliDecompressSync } from 'node:zlib'
import { type ByteSource, bufferSource, partOf } from './byteSource.ts'
import type { CarrierCollector } from './carrierCollector.ts'
import { compactTiff, tiffPart } from './compactTiff.ts'
import { type IsoBox, isoBoxes } from './isoBoxes.ts'
import { addIsoItems, exifOfItem } from './isoItems.ts'
import { addMetaTags, addUserData, metaBoxes } from './isoTags.ts'

/** Boxes with a UUID. Sources: XMP part 3 (MP4, JPEG 2000); C2PA 2.1 appendix A; ExifTool's notes on JP2 and CR3. */
const XMP_UUID = 'be7acfcb97a942e89c71999491e3afac'
const C2PA_UUID = 'd8fec3d61b0e483c92975828877ec481'
const CANON_UUID = '85c0b687820f11e08111f4ce462b6a48'
const JP2_EXIF_UUID = Buffer.from('JpgTiffExif->JP2', 'latin1').toString('hex')
const JP2_IPTC_UUID = '33c7a4d2b81d4723a0baf1a3e097ad38'

/**
 * Adds what files of the ISO base media family carry: AVIF, HEIC, MP4, MOV, M4A, CR3, JPEG 2000, JPEG XL.
 * Sources: ISO/IEC 14496-12; ISO/IEC 15444-1 annex I (JP2); ISO/IEC 18181-2 (JPEG XL).
 */
export function addIsoCarriers(source: ByteSource, collector: CarrierCollector): void {
  for (const box of isoBoxes(source, 0, source.size, collector)) {
    switch (box.type) {
      case 'moov':
        addMovie(source, box, collector)
        break
      case 'brob':
        addCompressed(source, box, collector)
        break
      case 'Exif':
      case 'xml ':
      case 'jumb': {
        const at = box.type === 'jumb' ? box.at : box.start
        const bytes = collector.take(source, at, box.end - at, box.type)
        if (bytes !== null) addPlain(box.type, bytes, collector)
        break
      }
      default:
        addAnywhere(source, box, collector)
    }
  }
}

function addMovie(source: ByteSource, movie: IsoBox, collector: CarrierCollector): void {
  for (const box of isoBoxes(source, movie.start, movie.end, collector)) {
    if (box.type !== 'trak') {
      addAnywhere(source, box, collector)
      continue
    }
    for (const part of isoBoxes(source, box.start, box.end, collector)) {
      if (part.type !== 'uuid') addAnywhere(source, part, collector)
    }
  }
}

/** What a file may have at its top as well as in its movie. */
function addAnywhere(source: ByteSource, box: IsoBox, collector: CarrierCollector): void {
  if (box.type === 'udta') addUserData(source, box, collector)
  else if (box.type === 'meta') addMeta(source, box, collector)
  else if (box.type === 'uuid') addByUuid(source, box, collector)
}

function addMeta(source: ByteSource, meta: IsoBox, collector: CarrierCollector): void {
  const boxes = metaBoxes(source, meta, collector)
  addIsoItems(source, boxes, collector)
  addMetaTags(source, boxes, collector)
}

function addByUuid(source: ByteSource, box: IsoBox, collector: CarrierCollector): void {
  if (box.uuid === CANON_UUID) addCanon(source, box, collector)
  if (![XMP_UUID, C2PA_UUID, JP2_EXIF_UUID, JP2_IPTC_UUID].includes(box.uuid)) return
  const bytes = collector.take(source, box.start, box.end - box.start, 'uuid')
  if (bytes === null) return
  if (box.uuid === XMP_UUID) collector.addXmp(bytes)
  else if (box.uuid === JP2_EXIF_UUID) collector.addExif(bytes)
  else if (box.uuid === JP2_IPTC_UUID) collector.addIptc(bytes)
  else {
    // Version and flags, a purpose that ends with NUL, and the place of another box (8 bytes).
    const end = bytes.indexOf(0, 4)
    if (bytes.toString('latin1', 4, end) === 'manifest') collector.addManifestStore(bytes.subarray(end + 9))
  }
}

/** CR3: the directories of an EXIF block, each as a TIFF structure of its own. */
function addCanon(source: ByteSource, canon: IsoBox, collector: CarrierCollector): void {
  const parts = new Map<string, ByteSource>()
  for (const { type, start, end } of isoBoxes(source, canon.start, canon.end, collector)) {
    if (/^CMT[124]$/.test(type)) parts.set(type, partOf(source, start, end - start))
  }
  const place = (type: string) => {
    const part = parts.get(type)
    return part === undefined ? null : tiffPart(part)
  }
  const main = place('CMT1')
  const exif = main === null ? null : compactTiff({ main, exif: place('CMT2'), gps: place('CMT4') })
  if (exif === null) return
  collector.setExif(exif)
  collector.addTiffTexts(bufferSource(exif))
}

/** A box of another type, compressed with Brotli. */
function addCompressed(source: ByteSource, box: IsoBox, collector: CarrierCollector): void {
  const type = source.read(box.start, 4)?.toString('latin1') ?? ''
  if (!['Exif', 'xml ', 'jumb', 'comf'].includes(type)) return
  const compressed = collector.take(source, box.start + 4, box.end - box.start - 4, 'brob', type)
  if (compressed === null) return
  const bytes = collector.expand(
    (maxOutputLength) => brotliDecompressSync(compressed, { maxOutputLength }),
    'brob',
    type,
  )
  if (bytes === null) return
  // Without the head that a box of boxes has where it stands by itself.
  if (type === 'jumb') collector.addManifestStore(withHead(type, bytes))
  else addPlain(type, bytes, collector)
}

function addPlain(type: string, bytes: Buffer, collector: CarrierCollector): void {
  if (type === 'Exif') collector.addExif(exifOfItem(bytes))
  else if (type === 'jumb') collector.addManifestStore(bytes)
  else if (type === 'comf') collector.addText('mp4:comf', '', bytes)
  // JPEG 2000 has other XML in such boxes too.
  else if (bytes.includes('rdf:RDF')) collector.addXmp(bytes)
}

function withHead(type: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8)
  head.writeUInt32BE(8 + content.length)
  head.write(type, 4, 'latin1')
  return Buffer.concat([head, content])
}
