import { createHash } from 'node:crypto'
import type { Carriers } from '../carriers/carriers.ts'
import { type ExifDirectories, exifDirectories } from './exifDirectories.ts'
import { type IptcFacts, iptcFacts } from './iptcFacts.ts'
import { type XmpFacts, xmpFacts } from './xmpFacts.ts'

/** What describes a file, read but not yet reconciled. */
export interface MetadataSources {
  readonly sidecar: XmpFacts
  readonly exif: ExifDirectories
  readonly xmp: XmpFacts
  readonly iptc: IptcFacts
  /**
   * IPTC was changed by a program that does not know XMP, after XMP was last made equal to it: the digest of the IPTC
   * block that is noted in XMP is another one. Then IPTC is the newer of the two.
   */
  readonly iptcIsNewer: boolean
}

/** Reads the blocks of a file and the sidecar beside it. Never throws. */
export function readSources(carriers: Carriers, sidecarXmp: string | null): MetadataSources {
  const xmp = xmpFacts(carriers.xmp)
  const noted = xmp.get('photoshop:LegacyIPTCDigest')?.[0]?.trim().toLowerCase()
  return {
    sidecar: xmpFacts(sidecarXmp === null ? [] : [sidecarXmp]),
    exif: exifDirectories(carriers.exif ?? new Uint8Array()),
    xmp,
    iptc: carriers.iptc === null ? new Map() : iptcFacts(carriers.iptc),
    iptcIsNewer:
      carriers.iptc !== null &&
      noted !== undefined &&
      /^[0-9a-f]{32}$/.test(noted) &&
      noted !== createHash('md5').update(carriers.iptc).digest('hex'),
  }
}
