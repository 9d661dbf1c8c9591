import type { Sha256 } from '../../../shared/domain/ids.ts'

/** As long as S3 lets a key be. */
const LONGEST_KEY_BYTES = 1024
const CELL = /^([0-9a-f]{64})\/(.+)$/s
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must be found
const UNUSABLE = /[\u0000-\u001f\u007f]|(^|\/)\.{1,2}(\/|$)|\/$/

/**
 * The cell `object_key` of an asset: `<sha256>/<key>` says that a bucket had these bytes under this key, where another
 * program put them, before they became an asset. The hash is part of it because an asset may be given other content, of which it
 * says nothing.
 */
export function adoptedCell(sha256: Sha256, key: string): string {
  return `${sha256}/${key}`
}

/** The key under which another program put these bytes, null for what this library sent itself. */
export function adoptedKeyOf(cell: string | null | undefined, sha256: Sha256): string | null {
  const [, of, key] = CELL.exec(cell ?? '') ?? []
  return of === sha256 && key !== undefined ? key : null
}

/** Whether a cell that another device sent is one: its key may be anything that can be asked for and is no way out. */
export function isAdoptedCell(cell: unknown): boolean {
  if (cell === null) return true
  const key = typeof cell === 'string' ? CELL.exec(cell)?.[2] : undefined
  return key !== undefined && isAskableKey(key)
}

/** Whether a key means the same in a request as it does in a listing: no server and no library resolves a part of it. */
export function isAskableKey(key: string): boolean {
  return key !== '' && key.isWellFormed() && Buffer.byteLength(key) <= LONGEST_KEY_BYTES && !UNUSABLE.test(key)
}
