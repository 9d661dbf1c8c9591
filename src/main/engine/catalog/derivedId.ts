import { createHash } from 'node:crypto'
import type { LibraryId } from '../../../shared/domain/ids.ts'

/**
 * An id that every device derives alike from the library and a name, so that two devices which make the same thing
 * offline have made one thing. A version 8 UUID (RFC 9562) from SHA-256.
 */
export function derivedId(library: LibraryId, kind: string, name: string): string {
  const hex = createHash('sha256').update(`${library}\n${kind}\n${name}`).digest('hex')
  const variant = ((Number.parseInt(hex.slice(16, 17), 16) & 0x3) | 0x8).toString(16)
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
