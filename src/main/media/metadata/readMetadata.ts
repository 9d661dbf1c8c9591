import type { Carriers } from '../carriers/carriers.ts'
import { type Json, type JsonObject, plainText, withoutEmpty } from './boundedJson.ts'
import { cameraFacts } from './cameraFacts.ts'
import { readCaptureTime } from './captureTime.ts'
import { descriptiveFacts } from './descriptiveFacts.ts'
import { fieldNumber } from './exifDirectories.ts'
import { exifFacts } from './exifFacts.ts'
import { iptcJson } from './iptcFacts.ts'
import { type Position, positionDetails, readPosition } from './position.ts'
import { profileName } from './profileName.ts'
import { readSources } from './sources.ts'
import { xmpJson } from './xmpFacts.ts'

export interface MetadataFacts {
  /** Milliseconds since the epoch. */
  readonly capturedAt: number | null
  readonly gps: Position | null
  /** Groups of facts, each left out if it is empty; their names and contents are in docs/formats.md. */
  readonly metadata: Readonly<Record<string, Json>>
}

const ORIENTATION = 0x112
const ICC_PROFILE = 0x8773

/**
 * What EXIF, IPTC, XMP and the XMP sidecar say about a file, reconciled. Pure, bounded in time and size, and never throws:
 * what is damaged is left out.
 * @param sidecarXmp the text of the `.xmp` beside the file, null if there is none
 */
export function readMetadata(carriers: Carriers, sidecarXmp: string | null): MetadataFacts {
  const sources = readSources(carriers, sidecarXmp)
  const taken = readCaptureTime(sources)
  const { main } = sources.exif
  const profile = main.get(ICC_PROFILE)
  const orientation = fieldNumber(main.get(ORIENTATION))
  const time: JsonObject =
    taken === null
      ? {}
      : { captured_at_zone: taken.zone, captured_at_local: taken.local, captured_at_offset: taken.offset }
  return {
    capturedAt: taken?.at ?? null,
    gps: readPosition(sources),
    metadata: withoutEmpty({
      exif: { ...exifFacts(sources.exif), ...userComment(carriers) },
      ...time,
      gps: { ...positionDetails(sources) },
      camera: { ...cameraFacts(sources) },
      descriptive: { ...descriptiveFacts(sources) },
      iptc: iptcJson(sources.iptc),
      xmp: xmpJson(new Map([...sources.xmp, ...sources.sidecar])),
      orientation: orientation !== null && orientation >= 1 && orientation <= 8 ? Math.trunc(orientation) : null,
      color_profile: profile === undefined ? null : profileName(profile.bytes),
    }),
  }
}

/** Its encoding is named in the field itself or must be guessed, which the reader of the carriers has done. */
function userComment({ texts }: Carriers): JsonObject {
  const found = texts.find(({ carrier, key }) => carrier === 'exif' && key === 'UserComment')
  return withoutEmpty({ UserComment: plainText(found?.text) })
}
