/** When something was recorded. */
export interface CaptureTime {
  /** Milliseconds since the Unix epoch. */
  readonly at: number
  /** `offset` if the file names the zone, `assumed-utc` if the time may as well be the camera's local one. */
  readonly zone: 'offset' | 'assumed-utc'
}

/** Cameras that record files are younger; a clock that was never set says less. */
const FIRST = Date.UTC(1980, 0, 2)
const LAST = Date.UTC(2200, 0, 1)
/** Seconds between the epochs of QuickTime (1904) and Unix. */
const QUICKTIME_EPOCH = 2_082_844_800
/** 1 January 2001, the epoch of Matroska, ms. */
const MATROSKA_EPOCH = Date.UTC(2001, 0, 1)
/** 1 January 1601, the epoch of Windows' file times, ms. */
const WINDOWS_EPOCH = Date.UTC(1601, 0, 1)

/**
 * The creation time of a QuickTime movie header. It should be UTC, but cameras write their local time as often; some
 * writers count from 1970, which shows in a date before any camera.
 *
 * Source: ISO/IEC 14496-12 §8.2.2 (`mvhd`).
 * @param seconds since 1904; 0 is "not said"
 */
export function quickTimeTime(seconds: number): CaptureTime | null {
  if (seconds === 0) return null
  return plausible((seconds < QUICKTIME_EPOCH ? seconds : seconds - QUICKTIME_EPOCH) * 1000, 'assumed-utc')
}

/** `DateUTC` of a Matroska file, nanoseconds since 2001. Source: RFC 9559 §5.1.2.11. */
export function matroskaTime(nanoseconds: bigint): CaptureTime | null {
  return plausible(MATROSKA_EPOCH + Number(nanoseconds / 1_000_000n), 'offset')
}

/** A Windows file time: tenths of microseconds since 1601, UTC. Source: Advanced Systems Format specification §3.2. */
export function windowsTime(ticks: bigint): CaptureTime | null {
  return ticks === 0n ? null : plausible(WINDOWS_EPOCH + Number(ticks / 10_000n), 'offset')
}

/** `2019-07-24T11:25:40+0300`, with or without colon in the zone, fraction and zone itself (`Z` too). */
export function isoTime(text: string): CaptureTime | null {
  const match =
    /^\s*(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(\.\d{1,9})?)?\s*(Z|[+-]\d\d(?::?\d\d)?)?\s*$/i.exec(text)
  if (match === null) return null
  const [, year, month, day, hour, minute, second = '00', fraction = '', zone] = match
  return localTime([year, month, day, hour, minute, second].map(Number), Number(`0${fraction}`) * 1000, zone)
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/**
 * The date of an AVI's `IDIT` chunk: `Mon Mar 10 15:04:43 2003` as C's `ctime` writes it, or `2005:08:17 11:42:43`, or
 * ISO 8601; NUL and line ends behind it.
 */
export function aviTime(text: string): CaptureTime | null {
  const clean = text
    .slice(0, 64)
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .trim()
  const ctime = /^[a-z]{3} ([a-z]{3}) (\d{1,2}) (\d\d):(\d\d):(\d\d) (\d{4})$/i.exec(clean)
  if (ctime !== null) {
    const [, name, day, hour, minute, second, year] = ctime
    const month = MONTHS.indexOf((name ?? '').toLowerCase()) + 1
    return month === 0
      ? null
      : localTime([Number(year), month, ...[day, hour, minute, second].map(Number)], 0, undefined)
  }
  const plain = /^(\d{4})[:/-](\d{1,2})[:/-](\d{1,2})[ T](\d{1,2}):(\d{1,2}):(\d{1,2})$/.exec(clean)
  return plain === null ? isoTime(clean) : localTime(plain.slice(1).map(Number), 0, undefined)
}

/**
 * @param parts year, month (1–12), day, hour, minute, second
 * @param zone `Z`, `+03`, `+0300` or `+03:00`, undefined if it is not said
 */
export function localTime(
  parts: readonly number[],
  milliseconds: number,
  zone: string | undefined,
): CaptureTime | null {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts
  const date = new Date(Date.UTC(year, month - 1, day, hour, minute, second))
  // 31 February would become a day in March.
  const same = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && date.getUTCHours() === hour
  if (!same || minute > 59 || second > 60) return null
  return plausible(
    date.getTime() + milliseconds - offsetMinutes(zone) * 60_000,
    zone === undefined ? 'assumed-utc' : 'offset',
  )
}

function offsetMinutes(zone: string | undefined): number {
  const match = /^([+-])(\d\d):?(\d\d)?$/.exec(zone ?? '')
  if (match === null) return 0
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3] ?? 0))
}

function plausible(at: number, zone: CaptureTime['zone']): CaptureTime | null {
  return at >= FIRST && at < LAST ? { at: Math.round(at), zone } : null
}
