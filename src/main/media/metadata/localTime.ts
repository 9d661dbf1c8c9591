/** A time as a clock on the wall showed it, and how far that clock was ahead of UTC, if it was said. */
export interface LocalTime {
  /** `2014-09-16T14:05:12`, or `2014-09-16` if no time of day was said. */
  readonly local: string
  /** Digits after the second, as written; '' for none. */
  readonly fraction: string
  /** Minutes ahead of UTC; null if it was not said. */
  readonly offset: number | null
}

const DATE = /^(\d{4})[:\-/.](\d\d)[:\-/.](\d\d)/
const TIME = /^[T ]+(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9})\d*)?)?/

/**
 * Days on which clocks start that have lost their time: of the calendar, of Unix, of FAT file systems, of old Macs.
 * No digital camera existed on any of them.
 */
const DEAD_CLOCK: ReadonlySet<string> = new Set(['0001-01-01', '1904-01-01', '1969-12-31', '1970-01-01', '1980-01-01'])

/**
 * Reads a date as EXIF (`2014:09:16 14:05:12`) and XMP (`2014-09-16T14:05:12.5+01:00`, `2014-09-16`) write it. Null for
 * what is no day of the calendar or no time of day, and for the days on which dead clocks start.
 * Source: Exif 3.0, DateTimeOriginal; XMP part 1, section 8.2.1.2.
 */
export function parseLocalTime(text: string | null | undefined): LocalTime | null {
  const written = text?.trim().slice(0, 64) ?? ''
  const date = DATE.exec(written)
  if (date === null) return null
  const day = `${date[1]}-${date[2]}-${date[3]}`
  if (!isReal(`${day}T00:00:00`) || DEAD_CLOCK.has(day) || day.startsWith('0000')) return null
  const rest = written.slice(date[0].length)
  if (rest === '') return { local: day, fraction: '', offset: null }
  const time = TIME.exec(rest)
  if (time === null) return null
  const local = `${day}T${time[1]}:${time[2]}:${time[3] ?? '00'}`
  if (!isReal(local)) return null
  return { local, fraction: time[4] ?? '', offset: parseOffset(rest.slice(time[0].length)) }
}

/**
 * Minutes ahead of UTC out of `+01:00`, `-0330`, `+09` or `Z`; null for anything else, blanks among it, and for what no
 * clock on Earth shows.
 */
export function parseOffset(text: string | null | undefined): number | null {
  const match = /^\s*(?:([+-])(\d\d)(?::?(\d\d))?|(Z))\s*$/i.exec(text?.slice(0, 32) ?? '')
  if (match === null) return null
  if (match[4] !== undefined) return 0
  const minutes = (Number(match[2]) * 60 + Number(match[3] ?? 0)) * (match[1] === '-' ? -1 : 1)
  return Number(match[3] ?? 0) < 60 && minutes >= -12 * 60 && minutes <= 14 * 60 ? minutes : null
}

/** `+01:00` */
export function offsetText(minutes: number): string {
  const digits = (value: number) => String(value).padStart(2, '0')
  const size = Math.abs(minutes)
  return `${minutes < 0 ? '-' : '+'}${digits(Math.floor(size / 60))}:${digits(size % 60)}`
}

/** Milliseconds since the epoch at which a clock that is `offset` minutes ahead of UTC showed that time. */
export function instant({ local, fraction }: LocalTime, offset: number): number {
  const day = local.includes('T') ? local : `${local}T00:00:00`
  return Date.parse(`${day}.${fraction.slice(0, 3).padEnd(3, '0')}Z`) - offset * 60_000
}

/** `2014:09:21 16:00:56` as `2014-09-21T16:00:56`; null if it is no date with a time. */
export function isoDate(text: string): string | null {
  if (!/^\d{4}[:-]\d\d[:-]\d\d[ T]\d\d:\d\d:\d\d/.test(text)) return null
  const local = `${text.slice(0, 10).replaceAll(':', '-')}T${text.slice(11, 19)}`
  return isReal(local) && !local.startsWith('0000') ? local : null
}

/** Date.parse takes 31 February for 3 March; cameras with a dead clock write zeros. */
function isReal(local: string): boolean {
  const time = Date.parse(`${local}Z`)
  return Number.isFinite(time) && new Date(time).toISOString().slice(0, 19) === local
}
