const MAX = 65_535

/** Numbers of pixels that a person typed, separated by commas or spaces; null for anything else or more than `most`. */
export function readWidths(text: string, most: number): number[] | null {
  const parts = text.split(/[\s,;]+/).filter((part) => part !== '')
  if (parts.length === 0 || parts.length > most) return null
  const numbers = parts.map((part) => (/^\d{1,5}$/.test(part) ? Number(part) : 0))
  return numbers.every((number) => number >= 1 && number <= MAX) ? numbers : null
}
