/**
 * The name that is proposed for an export, as every system takes it: `Vitrine Harbours 2026-11-21.csv`.
 * @param place what the view is called; null for a selection or a search
 */
export function exportFileName(place: string | null, day: Date, extension: string): string {
  const two = (value: number) => String(value).padStart(2, '0')
  const date = `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`
  const name = (place ?? '')
    .replace(/[\p{Cc}\p{Cf}<>:"/\\|?*]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  // By characters, so that none is cut in two.
  const short = [...name].slice(0, 60).join('').trim()
  return ['Vitrine', ...(short === '' ? [] : [short]), date].join(' ').concat('.', extension)
}
