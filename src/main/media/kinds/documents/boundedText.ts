/**
 * Text from a file, fit to be shown on one line: control characters and runs of white space become one space. Null if
 * nothing is left.
 * @param limit characters kept
 */
export function boundedText(text: string, limit = 300): string | null {
  const line = text
    .slice(0, limit * 4)
    .replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
    .toWellFormed()
  return line === '' ? null : line.slice(0, limit).toWellFormed()
}

/** Those entries of an object that are there: what a file does not say is not written down as null. */
export function present<T>(entries: Readonly<Record<string, T | null | undefined>>): Record<string, T> {
  const found: Record<string, T> = {}
  for (const [key, value] of Object.entries(entries)) if (value !== null && value !== undefined) found[key] = value
  return found
}
