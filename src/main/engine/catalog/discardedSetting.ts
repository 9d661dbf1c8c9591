/**
 * The key of the library setting that says that a file of a workspace bucket was discarded and is removed there, by its
 * SHA-256: other devices that still have it undecided let go of it. Its value is `true`.
 */
export function discardedKey(sha256: string): string {
  return `${PREFIX}${sha256}`
}

/** Whether a setting is such a one. */
export function isDiscardedKey(key: string): boolean {
  return key.startsWith(PREFIX) && /^[0-9a-f]{64}$/.test(key.slice(PREFIX.length))
}

const PREFIX = 'discarded/'
