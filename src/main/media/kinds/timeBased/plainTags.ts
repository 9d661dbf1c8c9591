import type { Json } from '../kindReader.ts'

/** Characters of one tag that are kept for people; what tools read out of tags is read from the file itself. */
const LONGEST_TAG = 500
const MOST_TAGS = 40

/**
 * Text from a file, fit to be shown on one line: control characters and white space become single spaces. Null if
 * nothing is left.
 */
export function oneLine(text: string): string | null {
  const line = text
    .slice(0, LONGEST_TAG * 4)
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
  return line === '' ? null : line.slice(0, LONGEST_TAG).toWellFormed()
}

/** Tags as plain JSON: bounded in number and length, empty and unknown ones left out. Null if there are none. */
export function plainTags(tags: Readonly<Record<string, unknown>>): Record<string, Json> | null {
  const kept: Record<string, Json> = {}
  let count = 0
  for (const [name, value] of Object.entries(tags)) {
    const plain = plainTag(value)
    const key = oneLine(name)
    if (plain === null || key === null || key === '__proto__') continue
    if (++count > MOST_TAGS) break
    kept[key.slice(0, 80)] = plain
  }
  return count === 0 ? null : kept
}

function plainTag(value: unknown): Json | null {
  if (typeof value === 'string') return oneLine(value)
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (typeof value === 'boolean') return value
  if (value instanceof Date) return Number.isFinite(value.getTime()) ? value.toISOString() : null
  if (!Array.isArray(value)) return null
  const texts = value.slice(0, 10).flatMap((item) => (typeof item === 'string' ? (oneLine(item) ?? []) : []))
  return texts.length === 0 ? null : texts.join(', ').slice(0, LONGEST_TAG).toWellFormed()
}

/** Those entries that are there: what a file does not say is not written down as null. */
export function known(entries: Readonly<Record<string, Json | null | undefined>>): Record<string, Json> {
  const found: Record<string, Json> = {}
  for (const [key, value] of Object.entries(entries)) if (value !== null && value !== undefined) found[key] = value
  return found
}
