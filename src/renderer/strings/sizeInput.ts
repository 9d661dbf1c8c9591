const UNITS: Readonly<Record<string, number>> = {
  '': 1e6,
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  kib: 1024,
  mib: 1024 ** 2,
  gib: 1024 ** 3,
  tib: 1024 ** 4,
}
/** The largest first, so that the shortest text is found. */
const PRINTED = ['TB', 'TiB', 'GB', 'GiB', 'MB', 'MiB', 'KB', 'KiB'] as const

/**
 * A size as a person types it, in bytes: `10 MB`, `1.5GiB`, `2,5 gb`; MB where no unit is said. Null for nothing at all,
 * undefined for what is no size, or none that can be counted exactly.
 */
export function readSize(text: string): number | null | undefined {
  const typed = text.trim().toLowerCase()
  if (typed === '') return null
  const match = /^(\d{1,15}(?:[.,]\d{1,6})?)\s*([kmgt]?i?b|)$/.exec(typed)
  const unit = match === null ? undefined : UNITS[match[2] ?? '']
  if (match === null || unit === undefined) return undefined
  const bytes = Math.round(Number((match[1] ?? '').replace(',', '.')) * unit)
  return Number.isSafeInteger(bytes) && bytes > 0 ? bytes : undefined
}

/** The same size as a text that `readSize` reads back to the byte: `10 MiB`, `2.5 GB`. */
export function writeSize(bytes: number | null): string {
  if (bytes === null) return ''
  for (const unit of PRINTED) {
    const value = bytes / (UNITS[unit.toLowerCase()] ?? 1)
    const text = `${Math.round(value * 100) / 100} ${unit}`
    if (value >= 1 && readSize(text) === bytes) return text
  }
  return `${bytes} B`
}
