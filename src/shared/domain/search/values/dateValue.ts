import { splitRange } from './range.ts'

/** A time that a person wrote, before it is known when and where they are. */
type Moment =
  /** A year, a month of it or a day of that. */
  | { readonly kind: 'calendar'; readonly year: number; readonly month: number | null; readonly day: number | null }
  /** Days, weeks, months or years counted from the one that is now: 0 this one, -1 the last one. */
  | { readonly kind: 'period'; readonly unit: 'day' | 'week' | 'month' | 'year'; readonly offset: number }
  /** A length of time up to now (or from now on, of what lies ahead). */
  | { readonly kind: 'span'; readonly ms: number }

export interface DateValue {
  readonly kind: 'dates'
  readonly operator: string
  readonly from: Moment | null
  readonly to: Moment | null
}

/** Milliseconds since the Unix epoch: from `from` on, before `to`; null where there is no end. */
export interface TimeRange {
  readonly from: number | null
  readonly to: number | null
}

const HOUR = 3_600_000
const DAY = 24 * HOUR
const spans: Readonly<Record<string, number>> = { h: HOUR, d: DAY, w: 7 * DAY, m: 30 * DAY, y: 365 * DAY }

const periods: Readonly<Record<string, Moment>> = {
  today: { kind: 'period', unit: 'day', offset: 0 },
  yesterday: { kind: 'period', unit: 'day', offset: -1 },
  tomorrow: { kind: 'period', unit: 'day', offset: 1 },
  'this week': { kind: 'period', unit: 'week', offset: 0 },
  'last week': { kind: 'period', unit: 'week', offset: -1 },
  'this month': { kind: 'period', unit: 'month', offset: 0 },
  'last month': { kind: 'period', unit: 'month', offset: -1 },
  'this year': { kind: 'period', unit: 'year', offset: 0 },
  'last year': { kind: 'period', unit: 'year', offset: -1 },
}

/** Words for dates that completion offers. */
export const dateWords: readonly string[] = Object.keys(periods)

/**
 * Reads `2026`, `2026-11`, `2026-11-21`, `today`, `last week` (or `last-week`), `7d`, and ranges of them. Null for anything
 * else, also for days that no calendar has.
 */
export function readDate(operator: string, text: string): DateValue | null {
  const parts = splitRange(text)
  if (parts === null) {
    const moment = readMoment(text)
    return moment === null ? null : { kind: 'dates', operator, from: moment, to: moment }
  }
  if (operator !== ':' && operator !== '=') return null
  const from = parts[0] === '' ? null : readMoment(parts[0])
  const to = parts[1] === '' ? null : readMoment(parts[1])
  if ((from === null && parts[0] !== '') || (to === null && parts[1] !== '')) return null
  return { kind: 'dates', operator: '..', from, to }
}

function readMoment(text: string): Moment | null {
  const plain = text.trim().toLowerCase()
  const words = plain.replace(/[\s_-]+/g, ' ')
  if (Object.hasOwn(periods, words)) return periods[words] ?? null
  const span = /^(\d{1,4})([hdwmy])$/.exec(plain)
  if (span !== null) return { kind: 'span', ms: Number(span[1]) * (spans[span[2] ?? ''] ?? 0) }
  const date = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/.exec(plain)
  if (date === null) return null
  const year = Number(date[1])
  const month = date[2] === undefined ? null : Number(date[2])
  const day = date[3] === undefined ? null : Number(date[3])
  if (month !== null && (month < 1 || month > 12)) return null
  if (
    month !== null &&
    day !== null &&
    (day < 1 || day > new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate())
  ) {
    return null
  }
  return { kind: 'calendar', year, month, day }
}

/**
 * When that is. `now` in ms; days begin at midnight of the IANA time zone, weeks on Monday. `ahead`: a length of time is
 * counted from now on, for what has yet to happen.
 */
export function resolveDates(value: DateValue, now: number, timeZone: string, ahead: boolean): TimeRange {
  const { operator } = value
  const from = value.from === null ? null : resolveMoment(value.from, now, timeZone, ahead)
  const to = value.to === null ? null : resolveMoment(value.to, now, timeZone, ahead)
  if (operator === '..') return { from: from?.from ?? null, to: to === null ? null : (to.to ?? null) }
  if (from === null) return { from: null, to: null }
  if (value.from?.kind === 'span') {
    const edge = ahead ? (from.to ?? now) : (from.from ?? now)
    switch (operator) {
      case '>':
      case '>=':
        return { from: edge, to: null }
      case '<':
      case '<=':
        return { from: null, to: edge }
      default:
        return from
    }
  }
  switch (operator) {
    case '>':
      return { from: from.to, to: null }
    case '>=':
      return { from: from.from, to: null }
    case '<':
      return { from: null, to: from.from }
    case '<=':
      return { from: null, to: from.to }
    default:
      return from
  }
}

function resolveMoment(moment: Moment, now: number, timeZone: string, ahead: boolean): TimeRange {
  switch (moment.kind) {
    case 'span':
      return ahead ? { from: null, to: now + moment.ms } : { from: now - moment.ms, to: null }
    case 'calendar': {
      const { year, month, day } = moment
      const start = midnight(timeZone, year, month ?? 1, day ?? 1)
      if (month === null) return { from: start, to: midnight(timeZone, year + 1, 1, 1) }
      if (day === null) return { from: start, to: midnight(timeZone, year, month + 1, 1) }
      return { from: start, to: midnight(timeZone, year, month, day + 1) }
    }
    case 'period': {
      const local = new Date(now + offsetAt(timeZone, now))
      const [year, month, day] = [local.getUTCFullYear(), local.getUTCMonth() + 1, local.getUTCDate()]
      const at = (step: number): number => {
        const by = moment.offset + step
        switch (moment.unit) {
          case 'day':
            return midnight(timeZone, year, month, day + by)
          case 'week':
            return midnight(timeZone, year, month, day - ((local.getUTCDay() + 6) % 7) + by * 7)
          case 'month':
            return midnight(timeZone, year, month + by, 1)
          case 'year':
            return midnight(timeZone, year + by, 1, 1)
        }
      }
      return { from: at(0), to: at(1) }
    }
  }
}

/** When a day begins, ms. Months and days may be out of their range, as with `Date.UTC`. */
function midnight(timeZone: string, year: number, month: number, day: number): number {
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  const local = date.getTime()
  // The offset at the first guess may be that of the other side of a change of clocks; the second is not.
  const guess = local - offsetAt(timeZone, local)
  return local - offsetAt(timeZone, guess)
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** By how much the clocks of a zone are ahead of UTC at a time, ms. */
function offsetAt(timeZone: string, time: number): number {
  let format = formats.get(timeZone)
  if (format === undefined) {
    const numeric = 'numeric'
    format = new Intl.DateTimeFormat('en-US', {
      timeZone,
      calendar: 'gregory',
      hourCycle: 'h23',
      era: 'short',
      year: numeric,
      month: numeric,
      day: numeric,
      hour: numeric,
      minute: numeric,
      second: numeric,
    })
    formats.set(timeZone, format)
  }
  const parts: Record<string, number> = {}
  for (const { type, value } of format.formatToParts(time))
    if (type !== 'literal') parts[type] = value === 'BC' ? -1 : Number(value)
  const local = new Date(0)
  const year = parts.era === -1 ? 1 - (parts.year ?? 1) : (parts.year ?? 1970)
  local.setUTCFullYear(year, (parts.month ?? 1) - 1, parts.day ?? 1)
  local.setUTCHours(parts.hour ?? 0, parts.minute ?? 0, parts.second ?? 0)
  return local.getTime() - Math.floor(time / 1000) * 1000
}
