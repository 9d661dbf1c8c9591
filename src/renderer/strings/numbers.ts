const LOCALE = 'en-GB'
const whole = new Intl.NumberFormat(LOCALE)
const compact = new Intl.NumberFormat(LOCALE, { maximumSignificantDigits: 3 })

/** 12345 → "12,345". */
export function number(value: number): string {
  return whole.format(value)
}

/** A counted noun: "1 asset", "12,345 assets". */
export function count(value: number, noun: string, plural = `${noun}s`): string {
  return `${number(value)} ${value === 1 ? noun : plural}`
}

/** Bytes in decimal units, as disks are sold and file managers count: "3.1 MB". */
export function bytes(value: number): string {
  const units = ['bytes', 'KB', 'MB', 'GB', 'TB']
  let size = value
  let unit = 0
  while (size >= 999.5 && unit < units.length - 1) {
    size /= 1000
    unit++
  }
  return `${compact.format(size)} ${units[unit]}`
}

/** Seconds of a film or a sound: "0:14", "1:02:09". */
export function duration(seconds: number): string {
  const total = Math.round(seconds)
  const parts = [Math.floor(total / 3600), Math.floor(total / 60) % 60, total % 60]
  const shown = parts[0] === 0 ? parts.slice(1) : parts
  return shown.map((part, index) => (index === 0 ? String(part) : String(part).padStart(2, '0'))).join(':')
}

/** How long until or since, in the largest whole unit: "6 days", "3 h", "40 s". */
export function span(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000))
  if (seconds < 90) return `${seconds} s`
  if (seconds < 90 * 60) return `${Math.round(seconds / 60)} min`
  if (seconds < 36 * 3600) return `${Math.round(seconds / 3600)} h`
  return count(Math.round(seconds / 86_400), 'day')
}

const day = new Intl.DateTimeFormat(LOCALE, { day: 'numeric', month: 'short', year: 'numeric' })
const dayAndTime = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium', timeStyle: 'short' })

/** "19 Nov 2026" */
export function shortDate(iso: string): string {
  return day.format(new Date(iso))
}

/** "19 Nov 2026, 14:02" */
export function dateAndTime(iso: string): string {
  return dayAndTime.format(new Date(iso))
}
