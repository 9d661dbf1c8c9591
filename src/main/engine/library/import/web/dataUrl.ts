/**
 * The bytes of a `data:` address (RFC 2397).
 * @returns null for one that is malformed, or larger than `limit` bytes
 */
export function bytesOfDataUrl(address: string, limit: number): Buffer | null {
  const comma = address.indexOf(',')
  if (!/^data:/i.test(address) || comma === -1) return null
  const encoded = address.slice(comma + 1)
  if (/;\s*base64$/i.test(address.slice(5, comma).trimEnd())) {
    // Four letters are three bytes; white space and escapes only make it shorter.
    if (encoded.length > limit * 4) return null
    const letters = unescapeBytes(encoded).toString('latin1').replace(/\s+/g, '')
    if (!/^[A-Za-z0-9+/_-]*={0,2}$/.test(letters)) return null
    const bytes = Buffer.from(letters, 'base64')
    return bytes.length > limit ? null : bytes
  }
  const bytes = encoded.length > limit * 3 ? null : unescapeBytes(encoded)
  return bytes === null || bytes.length > limit ? null : bytes
}

/** Percent-encoded bytes; what is no escape stands for itself. */
function unescapeBytes(text: string): Buffer {
  if (!text.includes('%')) return Buffer.from(text, 'utf8')
  const source = Buffer.from(text, 'utf8')
  const bytes = Buffer.alloc(source.length)
  let length = 0
  for (let at = 0; at < source.length; at++) {
    const value = source[at] === 0x25 ? Number.parseInt(source.toString('latin1', at + 1, at + 3), 16) : Number.NaN
    const isEscape = source[at] === 0x25 && /^[0-9a-f]{2}$/i.test(source.toString('latin1', at + 1, at + 3))
    bytes[length++] = isEscape ? value : (source[at] ?? 0)
    if (isEscape) at += 2
  }
  return bytes.subarray(0, length)
}
