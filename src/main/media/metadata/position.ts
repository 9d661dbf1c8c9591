import { type JsonObject, withoutEmpty } from './boundedJson.ts'
import { type ExifDirectory, fieldNumber, fieldNumbers } from './exifDirectories.ts'
import { fieldText } from './exifFacts.ts'
import { instant, parseLocalTime } from './localTime.ts'
import type { MetadataSources } from './sources.ts'
import { type XmpFacts, xmpNumber, xmpText } from './xmpFacts.ts'

/** Degrees, WGS 84 unless the file names another datum. */
export interface Position {
  readonly latitude: number
  readonly longitude: number
}

const LATITUDE_REF = 1
const LATITUDE = 2
const LONGITUDE_REF = 3
const LONGITUDE = 4
const ALTITUDE_REF = 5
const ALTITUDE = 6
const TIME = 7
const STATUS = 9
const SPEED_REF = 12
const SPEED = 13
const DIRECTION_REF = 16
const DIRECTION = 17
const DATE = 29
const ACCURACY = 31

/** Where the picture was taken: by the sidecar, by EXIF, by XMP in the file. Null if none says so soundly. */
export function readPosition({ sidecar, exif, xmp }: MetadataSources): Position | null {
  return xmpPosition(sidecar) ?? exifPosition(exif.gps) ?? xmpPosition(xmp)
}

/**
 * The position in an EXIF GPS directory. Without its hemispheres it is none; nor with a fraction of zero, off the globe, or
 * at exactly 0° 0°, which is what receivers write that found nothing, unless the status says that it was measured.
 * Source: Exif 3.0, section 4.6.7.
 */
function exifPosition(gps: ExifDirectory): Position | null {
  const latitude = degrees(fieldNumbers(gps.get(LATITUDE)), fieldText(gps.get(LATITUDE_REF)), 'N', 'S')
  const longitude = degrees(fieldNumbers(gps.get(LONGITUDE)), fieldText(gps.get(LONGITUDE_REF)), 'E', 'W')
  return onGlobe(latitude, longitude, fieldText(gps.get(STATUS)))
}

function degrees(parts: readonly number[], hemisphere: string | null, plus: string, minus: string): number | null {
  const letter = hemisphere?.[0]?.toUpperCase()
  if (parts.length === 0 || parts.length > 3 || (letter !== plus && letter !== minus)) return null
  const [whole = 0, minutes = 0, seconds = 0] = parts
  // Rounding makes 60 of 59.999; more is another unit.
  if (!parts.every((part) => part >= 0) || minutes > 60 || seconds > 60) return null
  const value = whole + minutes / 60 + seconds / 3600
  return letter === minus ? -value : value
}

function xmpPosition(xmp: XmpFacts): Position | null {
  const latitude = parseXmpCoordinate(xmpText(xmp, 'exif:GPSLatitude'), 'N', 'S')
  const longitude = parseXmpCoordinate(xmpText(xmp, 'exif:GPSLongitude'), 'E', 'W')
  return onGlobe(latitude, longitude, xmpText(xmp, 'exif:GPSStatus'))
}

/** `51,45.7445N` or `51,45,44.67N`; some programs write `51.76240N` or `-51.7624`. Source: XMP part 2, GPSCoordinate. */
function parseXmpCoordinate(text: string | null, plus: string, minus: string): number | null {
  const match =
    /^([+-]?\d{1,3}(?:\.\d{1,15})?)(?:,(\d{1,2}(?:\.\d{1,15})?))?(?:,(\d{1,2}(?:\.\d{1,15})?))?\s?([NSEW]?)$/i.exec(
      text ?? '',
    )
  if (match === null) return null
  const [, whole = '', minutes, seconds, letter = ''] = match
  // A sign stands in place of a hemisphere, and for whole decimals only.
  if (letter === '') return minutes === undefined && whole.includes('.') ? Number(whole) : null
  return degrees([Number(whole), Number(minutes ?? 0), Number(seconds ?? 0)], letter, plus, minus)
}

function onGlobe(latitude: number | null, longitude: number | null, status: string | null): Position | null {
  if (latitude === null || longitude === null) return null
  if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) return null
  if (latitude === 0 && longitude === 0 && status?.toUpperCase() !== 'A') return null
  return { latitude, longitude }
}

/** What the receiver knew beside the position: altitude and accuracy in metres, direction in degrees, km/h, UTC. */
export function positionDetails(sources: MetadataSources): JsonObject {
  const { gps } = sources.exif
  const direction = fieldNumber(gps.get(DIRECTION))
  const inRange = direction !== null && direction >= 0 && direction <= 360
  const reference = fieldText(gps.get(DIRECTION_REF))?.toUpperCase()
  const time = gpsTime(sources)
  return withoutEmpty({
    altitude: altitude(sources),
    direction: inRange ? direction : null,
    direction_reference: !inRange ? null : reference === 'M' ? 'magnetic' : reference === 'T' ? 'true' : null,
    speed: speed(gps),
    accuracy: fieldNumber(gps.get(ACCURACY)),
    time: time === null || time.at === null ? null : new Date(time.at).toISOString(),
  })
}

function altitude({ exif, xmp }: MetadataSources): number | null {
  const measured = fieldNumber(exif.gps.get(ALTITUDE))
  const metres = measured ?? xmpNumber(xmp, 'exif:GPSAltitude')
  if (metres === null || Math.abs(metres) > 100_000) return null
  const reference =
    measured === null ? xmpNumber(xmp, 'exif:GPSAltitudeRef') : (exif.gps.get(ALTITUDE_REF)?.bytes[0] ?? null)
  // Exif 3.0 adds 2 and 3, the same for the ellipsoid. Some write the digit as a character.
  const below = reference === 1 || reference === 3 || reference === 0x31
  return below ? -Math.abs(metres) : metres
}

const KILOMETRES: Readonly<Record<string, number>> = { K: 1, M: 1.609344, N: 1.852 }

function speed(gps: ExifDirectory): number | null {
  const value = fieldNumber(gps.get(SPEED))
  const factor = KILOMETRES[fieldText(gps.get(SPEED_REF))?.[0]?.toUpperCase() ?? '']
  return value === null || factor === undefined || value < 0 ? null : value * factor
}

/** The time of the fix. The date may be missing or damaged while the time of day is sound. */
export interface GpsTime {
  /** Milliseconds since the epoch, null without a date. */
  readonly at: number | null
  /** Seconds since midnight, UTC. */
  readonly secondOfDay: number
}

/** When the receiver got its position, by EXIF, or by XMP where EXIF says nothing. */
export function gpsTime({ exif, xmp }: MetadataSources): GpsTime | null {
  const [hours, minutes, seconds] = fieldNumbers(exif.gps.get(TIME))
  if (hours !== undefined && minutes !== undefined && seconds !== undefined) {
    if (!(hours >= 0 && hours < 24 && minutes >= 0 && minutes < 60 && seconds >= 0 && seconds < 61)) return null
    const secondOfDay = hours * 3600 + minutes * 60 + seconds
    const date = fieldText(exif.gps.get(DATE))
    // A longer text is damaged: `2014:09:259`.
    const day = date?.length === 10 ? parseLocalTime(date) : null
    return { at: day === null ? null : instant(day, 0) + Math.round(secondOfDay * 1000), secondOfDay }
  }
  const written = parseLocalTime(xmpText(xmp, 'exif:GPSTimeStamp'))
  if (written === null || !written.local.includes('T')) return null
  const at = instant(written, written.offset ?? 0)
  return { at, secondOfDay: (at / 1000) % 86_400 }
}
