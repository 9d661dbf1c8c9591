import { type ExifDirectories, fieldNumbers } from './exifDirectories.ts'
import { fieldText } from './exifFacts.ts'
import type { IptcFacts } from './iptcFacts.ts'
import { instant, type LocalTime, offsetText, parseLocalTime, parseOffset } from './localTime.ts'
import { type GpsTime, gpsTime } from './position.ts'
import type { MetadataSources } from './sources.ts'
import { type XmpFacts, xmpText } from './xmpFacts.ts'

/**
 * How the zone of a capture time is known: the file names it; it is the difference to the time that the GPS receiver wrote;
 * or nothing tells, and the time is kept as if the clock had shown UTC.
 */
export type CaptureZone = 'offset' | 'gps' | 'assumed-utc'

export interface CaptureTime {
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly zone: CaptureZone
  /** What the clock showed: `2014-09-16T14:05:12.133`; only the day where no more was written. */
  readonly local: string
  /** `+01:00`; null if it is not known. */
  readonly offset: string | null
}

const DATE_TIME_ORIGINAL = 0x9003
const CREATE_DATE = 0x9004
const OFFSET = 0x9010
const OFFSET_ORIGINAL = 0x9011
const OFFSET_DIGITIZED = 0x9012
const FRACTION_ORIGINAL = 0x9291
const FRACTION_DIGITIZED = 0x9292
/** Of TIFF/EP: hours ahead of GMT of the original time, perhaps a second one of the time of modification. */
const TIME_ZONE_OFFSET = 0x882a

/**
 * When the picture was taken, or made. The sidecar comes first, then the original time of EXIF, of XMP and IPTC (the newer
 * of those two first), then the time of digitizing. A time with hours goes before one that names only the day. A zone that
 * is missing is taken from another of these times if that shows the same second, else from the GPS receiver.
 * Source: Metadata Working Group, Guidelines for handling image metadata 2.0, section 5.3 (date and time).
 */
export function readCaptureTime(sources: MetadataSources): CaptureTime | null {
  const times = candidates(sources)
  const time = times.find(({ local }) => local.includes('T')) ?? times[0]
  if (time === undefined) return null
  const twin = times.find(({ local, offset }) => offset !== null && sameSecond(local, time.local))
  const said = time.offset ?? twin?.offset ?? null
  if (said !== null) return result(time, said, 'offset')
  const measured = time.local.includes('T') ? offsetFromGps(time, gpsTime(sources)) : null
  return measured === null ? result(time, null, 'assumed-utc') : result(time, measured, 'gps')
}

function result(time: LocalTime, offset: number | null, zone: CaptureZone): CaptureTime {
  const digits = time.fraction.slice(0, 3)
  return {
    at: instant(time, offset ?? 0),
    zone,
    local: digits === '' ? time.local : `${time.local}.${digits}`,
    offset: offset === null ? null : offsetText(offset),
  }
}

function sameSecond(a: string, b: string): boolean {
  return a === b && a.includes('T')
}

function candidates({ sidecar, exif, xmp, iptc, iptcIsNewer }: MetadataSources): LocalTime[] {
  const times: (LocalTime | null)[] = [
    ...xmpOriginal(sidecar),
    exifOriginal(exif),
    ...(iptcIsNewer ? [iptcCreated(iptc), ...xmpOriginal(xmp)] : [...xmpOriginal(xmp), iptcCreated(iptc)]),
    exifDigitized(exif),
    ...[sidecar, xmp].flatMap((facts) => [xmpTime(facts, 'exif:DateTimeDigitized'), xmpTime(facts, 'xmp:CreateDate')]),
  ]
  return times.filter((time) => time !== null)
}

function xmpOriginal(facts: XmpFacts): (LocalTime | null)[] {
  return [xmpTime(facts, 'exif:DateTimeOriginal'), xmpTime(facts, 'photoshop:DateCreated')]
}

function xmpTime(facts: XmpFacts, key: string): LocalTime | null {
  return parseLocalTime(xmpText(facts, key))
}

function exifOriginal({ main, exif }: ExifDirectories): LocalTime | null {
  // TIFF/EP and scanners' programs have it in the main directory.
  const time = parseLocalTime(fieldText(exif.get(DATE_TIME_ORIGINAL) ?? main.get(DATE_TIME_ORIGINAL)))
  const offset = parseOffset(fieldText(exif.get(OFFSET_ORIGINAL))) ?? parseOffset(fieldText(exif.get(OFFSET)))
  return complete(time, offset ?? timeZoneOffset({ main, exif }), fieldText(exif.get(FRACTION_ORIGINAL)))
}

function exifDigitized({ exif }: ExifDirectories): LocalTime | null {
  const time = parseLocalTime(fieldText(exif.get(CREATE_DATE)))
  const offset = parseOffset(fieldText(exif.get(OFFSET_DIGITIZED))) ?? parseOffset(fieldText(exif.get(OFFSET)))
  return complete(time, offset, fieldText(exif.get(FRACTION_DIGITIZED)))
}

function complete(time: LocalTime | null, offset: number | null, fraction: string | null): LocalTime | null {
  if (time === null) return null
  const digits = /^\d{1,9}/.exec(fraction ?? '')?.[0] ?? ''
  return { ...time, offset: offset ?? time.offset, fraction: digits === '' ? time.fraction : digits }
}

function timeZoneOffset({ main, exif }: Pick<ExifDirectories, 'main' | 'exif'>): number | null {
  const [hours] = fieldNumbers(exif.get(TIME_ZONE_OFFSET) ?? main.get(TIME_ZONE_OFFSET))
  return hours !== undefined && Number.isInteger(hours) && hours >= -12 && hours <= 14 ? hours * 60 : null
}

/** `20140916` and `140512+0100`. Source: IIM 4.2, datasets 2:55 and 2:60. */
function iptcCreated(iptc: IptcFacts): LocalTime | null {
  const date = /^(\d{4})-?(\d\d)-?(\d\d)$/.exec(iptc.get('date_created')?.[0] ?? '')
  if (date === null) return null
  const day = `${date[1]}-${date[2]}-${date[3]}`
  const time = /^(\d\d):?(\d\d):?(\d\d)([+-]\d\d:?\d\d)?$/.exec(iptc.get('time_created')?.[0] ?? '')
  const whole = time === null ? null : parseLocalTime(`${day}T${time[1]}:${time[2]}:${time[3]}${time[4] ?? ''}`)
  return whole ?? parseLocalTime(day)
}

/** How far camera and receiver may be apart: a minute that a fix is old, a minute that the clock is wrong. */
const TOLERANCE_SECONDS = 120
/** Zones that are no whole hours, now or since digital cameras exist, in minutes. Source: IANA time zone database. */
const ODD_ZONES: ReadonlySet<number> = new Set([
  -570, -270, -210, -150, 210, 270, 330, 345, 390, 510, 525, 570, 630, 690, 765, 825,
])

/**
 * The zone by the difference between what the clock showed and the time of the GPS fix, if that is, within two minutes,
 * the offset of a zone that exists. Without the date of the fix, only where the time of day leaves no choice.
 */
export function offsetFromGps(time: LocalTime, fix: GpsTime | null): number | null {
  if (fix === null) return null
  const shown = instant(time, 0) / 1000
  if (fix.at !== null) return zoneNear(shown - fix.at / 1000)
  // Between -12 and +12 hours; +12 to +14 could be -12 to -10 as well.
  const difference = ((((shown - fix.secondOfDay) % 86_400) + 129_600) % 86_400) - 43_200
  const zone = zoneNear(difference)
  return zone !== null && zone > -10 * 60 && zone < 12 * 60 ? zone : null
}

function zoneNear(seconds: number): number | null {
  const minutes = Math.round(seconds / 900) * 15
  if (Math.abs(seconds - minutes * 60) > TOLERANCE_SECONDS) return null
  const exists = (minutes % 60 === 0 && minutes >= -12 * 60 && minutes <= 14 * 60) || ODD_ZONES.has(minutes)
  // -0 is no offset of its own.
  return exists ? minutes + 0 : null
}
