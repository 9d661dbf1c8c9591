const units = ['B', 'KB', 'MB', 'GB', 'TB', 'PB'] as const

/** A size for a person, in powers of 1000 as file managers and bucket prices have it: `1.5 MB`. */
export function formatBytes(bytes: number): string {
  let value = bytes
  let unit = 0
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000
    unit += 1
  }
  const digits = unit === 0 || value >= 99.5 ? 0 : 1
  return `${value.toFixed(digits)} ${units[unit]}`
}

/** A number with its word: `1 asset`, `12,000 assets`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString('en-GB')} ${number === 1 ? one : many}`
}

/** Seconds for a person: `0.8 s`, `2 min 5 s`. */
export function formatSeconds(seconds: number): string {
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`
  const whole = Math.round(seconds)
  return `${Math.floor(whole / 60)} min ${whole % 60} s`
}

/** `2026-11-21 03:24` in local time. */
export function formatTime(iso: string): string {
  const at = new Date(iso)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}`
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not reach the terminal
const controls = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/** Text from a file name or a bucket, with everything that could steer the terminal made visible. */
export function printable(text: string): string {
  return text.replace(controls, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
const wide =
  /\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u

/** Cells of a terminal that the text takes; East Asian characters and emoji take two. */
export function textWidth(text: string): number {
  let width = 0
  for (const { segment } of segmenter.segment(text)) width += wide.test(segment) ? 2 : 1
  return width
}

export interface Column {
  readonly title: string
  readonly align?: 'left' | 'right'
}

/** Lines of an aligned table, its titles first. The last column is not padded. */
export function table(columns: readonly Column[], rows: readonly (readonly string[])[]): string[] {
  const cells = [columns.map(({ title }) => title), ...rows.map((row) => row.map(printable))]
  const widths = columns.map((_, index) => Math.max(...cells.map((row) => textWidth(row[index] ?? ''))))
  return cells.map((row) =>
    columns
      .map(({ align }, index) => {
        const text = row[index] ?? ''
        const space = ' '.repeat((widths[index] ?? 0) - textWidth(text))
        if (align === 'right') return space + text
        return index === columns.length - 1 ? text : text + space
      })
      .join('  ')
      .trimEnd(),
  )
}
