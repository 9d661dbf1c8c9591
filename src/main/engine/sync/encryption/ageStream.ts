import { createCipheriv, createDecipheriv } from 'node:crypto'

/** Plaintext of one chunk, and what authenticates it, bytes. */
export const CHUNK_BYTES = 64 * 1024
export const TAG_BYTES = 16
export const SEALED_CHUNK_BYTES = CHUNK_BYTES + TAG_BYTES

const CIPHER = 'chacha20-poly1305'

/**
 * One chunk of an age payload, sealed. `index` counts from 0; only the last chunk of a payload may be shorter than the others,
 * and only a payload of nothing has an empty one.
 * Source: C2SP, "The age file encryption format" (age-encryption.org/v1), "Payload". The library seals whole streams only, and
 * opens them from their start only.
 */
export function sealChunk(key: Uint8Array, index: number, isLast: boolean, plain: Uint8Array): Buffer {
  const cipher = createCipheriv(CIPHER, key, nonceOf(index, isLast), { authTagLength: TAG_BYTES })
  const sealed = cipher.update(plain)
  cipher.final()
  return Buffer.concat([sealed, cipher.getAuthTag()])
}

/** The reverse of `sealChunk`; null if it is another chunk, of another file, or not as it was sealed. */
export function openChunk(key: Uint8Array, index: number, isLast: boolean, sealed: Uint8Array): Buffer | null {
  const length = sealed.length - TAG_BYTES
  if (length < 0) return null
  const decipher = createDecipheriv(CIPHER, key, nonceOf(index, isLast), { authTagLength: TAG_BYTES })
  decipher.setAuthTag(sealed.subarray(length))
  const plain = decipher.update(sealed.subarray(0, length))
  try {
    decipher.final()
    return plain
  } catch {
    return null // The one thing that `final` can find is a wrong tag.
  }
}

/** Bytes of a payload of so many bytes of plaintext. */
export function sealedSize(plain: number): number {
  return plain + TAG_BYTES * Math.max(1, Math.ceil(plain / CHUNK_BYTES))
}

/** The reverse of `sealedSize`; null for a size that no payload has. */
export function openedSize(sealed: number): number | null {
  if (sealed < TAG_BYTES) return null
  const rest = sealed % SEALED_CHUNK_BYTES
  const isFull = rest === 0 || rest > TAG_BYTES || sealed === TAG_BYTES
  return isFull ? sealed - TAG_BYTES * Math.ceil(sealed / SEALED_CHUNK_BYTES) : null
}

/** Eleven bytes of a counter, then whether it is the last. */
function nonceOf(index: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12)
  nonce.writeBigUInt64BE(BigInt(index), 3)
  nonce.writeUInt8(isLast ? 1 : 0, 11)
  return nonce
}
