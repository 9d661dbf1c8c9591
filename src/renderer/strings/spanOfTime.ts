const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' })
const dayOfYear = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric' })

/**
 * From when to when as a person would say it, in local time: `Today 14:02–15:10`, `Yesterday 23:40 – today 01:12`,
 * `3 Nov 09:12–09:40`, `3 Nov 2024 09:12`.
 */
export function spanOfTime(from: string, to: string, now: Date = new Date()): string {
  const [first, last] = [new Date(from), new Date(to)]
  const start = `${dayText(first, now)} ${clock.format(first)}`
  if (daysBetween(first, last) !== 0) {
    const end = dayText(last, now)
    return `${start} – ${end === 'Today' || end === 'Yesterday' ? end.toLowerCase() : end} ${clock.format(last)}`
  }
  return clock.format(first) === clock.format(last) ? start : `${start}–${clock.format(last)}`
}

function dayText(time: Date, now: Date): string {
  const ago = daysBetween(time, now)
  if (ago === 0) return 'Today'
  if (ago === 1) return 'Yesterday'
  return (time.getFullYear() === now.getFullYear() ? day : dayOfYear).format(time)
}

/** Of the calendar: a night may be two days, and a day of 23 or 25 hours is one. */
function daysBetween(from: Date, to: Date): number {
  const midnight = (time: Date) => Date.UTC(time.getFullYear(), time.getMonth(), time.getDate())
  return (midnight(to) - midnight(from)) / 86_400_000
}
