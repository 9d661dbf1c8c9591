import type { z } from 'zod'

export type Json = z.infer<ReturnType<typeof z.json>>
export type JsonObject = Readonly<Record<string, Json>>

/** A text longer than this is no fact about a picture; whole workflows are read by other means. In characters. */
export const MAX_TEXT = 4096
/** Of keywords and other lists. */
const MAX_ITEMS = 200

/** A text without its padding and control characters; null if nothing is left or it is too long to be a fact. */
export function plainText(text: string | null | undefined): string | null {
  if (text === null || text === undefined || text.length > MAX_TEXT * 4) return null
  // biome-ignore lint/suspicious/noControlCharactersInRegex: texts are padded with NUL; line breaks and tabs may stay
  const plain = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]+/g, ' ').trim()
  return plain === '' || plain.length > MAX_TEXT ? null : plain.toWellFormed()
}

/** Each text once, plain, in its order; bounded. */
export function plainTexts(texts: readonly string[]): string[] {
  const found = new Set<string>()
  for (const text of texts) {
    if (found.size >= MAX_ITEMS) break
    const plain = plainText(text)
    if (plain !== null) found.add(plain)
  }
  return [...found]
}

/** The entries that say something: without null, undefined, NaN, and empty lists and objects. */
export function withoutEmpty(entries: Readonly<Record<string, Json | undefined>>): Record<string, Json> {
  const kept: Record<string, Json> = {}
  for (const [name, value] of Object.entries(entries)) {
    if (value === null || value === undefined) continue
    if (typeof value === 'number' && !Number.isFinite(value)) continue
    if (typeof value === 'object' && Object.keys(value).length === 0) continue
    kept[name] = value
  }
  return kept
}
