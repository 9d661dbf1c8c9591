import type { ByteSource } from './byteSource.ts'
import type { CarrierCollector } from './carrierCollector.ts'
import { compactTiff, tiffParts } from './compactTiff.ts'
import { addImageResources } from './photoshopResources.ts'
import { readDirectory, readTiffHeader } from './tiffDirectory.ts'

const XMP = 700
const IPTC = 33723
const PHOTOSHOP = 34377
const C2PA = 52545

/**
 * Adds what a TIFF or BigTIFF file carries, and RAW files that are TIFF inside (DNG, NEF, CR2, ARW, ORF, RW2, PEF). The
 * file is its own EXIF block; what is handed on as `exif` is a small copy of its directories.
 * Source: TIFF 6.0; XMP specification part 3, section 3.3; C2PA technical specification 2.1, appendix A.
 */
export function addTiffCarriers(source: ByteSource, collector: CarrierCollector): void {
  const header = readTiffHeader(source)
  const parts = tiffParts(source)
  if (header === null || parts === null) return
  collector.addTiffTexts(source)
  const exif = compactTiff(parts)
  if (exif !== null) collector.setExif(exif)
  for (const { tag, offset, length } of readDirectory(source, header, header.first)) {
    if (tag !== XMP && tag !== IPTC && tag !== PHOTOSHOP && tag !== C2PA) continue
    const bytes = collector.take(source, offset, length, 'exif', `0x${tag.toString(16)}`)
    if (bytes === null) continue
    if (tag === XMP) collector.addXmp(bytes)
    else if (tag === IPTC) collector.addIptc(bytes)
    else if (tag === C2PA) collector.addManifestStore(bytes)
    else addImageResources(bytes, collector)
  }
}
