const SIZES = ['B', 'KB', 'MB', 'GB', 'TB'] as const

/** A size in decimal units, three digits: `3.1 MB`, `812 KB`. */
export function bytesText(bytes: number): string {
  let value = bytes
  let unit = 0
  // 999.5 would be rounded to 1000 of the smaller unit.
  while (value >= 999.5 && unit < SIZES.length - 1) {
    value /= 1000
    unit++
  }
  const digits = unit === 0 || value >= 99.95 ? 0 : 1
  return `${value.toLocaleString('en', { maximumFractionDigits: digits })} ${SIZES[unit] ?? ''}`
}

/** A number of things with separators: `128,402`. */
export function countText(count: number): string {
  return count.toLocaleString('en')
}

/** One or many: `1 asset`, `12 assets`. */
export function counted(count: number, one: string, many: string): string {
  return `${countText(count)} ${count === 1 ? one : many}`
}

/** A span as a person would say it: `20 s`, `4 min`, `2 h`, `3 days`. */
export function spanText(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  if (whole < 90) return `${whole} s`
  if (whole < 90 * 60) return `${Math.round(whole / 60)} min`
  if (whole < 36 * 3600) return `${Math.round(whole / 3600)} h`
  return `${Math.round(whole / 86_400)} days`
}

/** The length of a recording: `0:14`, `1:02:03`. */
export function playingTime(seconds: number): string {
  const whole = Math.round(seconds)
  const two = (value: number) => String(value).padStart(2, '0')
  const minutes = Math.floor(whole / 60) % 60
  const hours = Math.floor(whole / 3600)
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`
}

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
const dayInYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })
const dayWithYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })

function startOfDay(time: Date): number {
  return new Date(time.getFullYear(), time.getMonth(), time.getDate()).getTime()
}

/**
 * A moment in the past as a person would say it, in local time: `just now`, `5 min ago`, `today 13:57`,
 * `yesterday 09:12`, `3 Nov 14:02`, `3 Nov 2024`.
 */
export function momentText(iso: string, now: Date = new Date()): string {
  const time = new Date(iso)
  const seconds = (now.getTime() - time.getTime()) / 1000
  if (seconds >= -60 && seconds < 60) return 'just now'
  if (seconds >= 0 && seconds < 3600) return `${Math.round(seconds / 60)} min ago`
  const days = Math.round((startOfDay(now) - startOfDay(time)) / 86_400_000)
  if (days === 0) return `today ${clock.format(time)}`
  if (days === 1) return `yesterday ${clock.format(time)}`
  if (time.getFullYear() === now.getFullYear()) return `${dayInYear.format(time)} ${clock.format(time)}`
  return dayWithYear.format(time)
}

/** A date with its time, in local time: `3 Nov 2026, 14:02`. */
export function dateText(iso: string): string {
  const time = new Date(iso)
  return `${dayWithYear.format(time)}, ${clock.format(time)}`
}
