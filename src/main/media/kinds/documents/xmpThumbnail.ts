/** Base64 of a larger preview than any program writes. */
const LIMIT = 8 * 1024 ** 2

/**
 * The first thumbnail of an XMP packet: JPEG bytes in base64, as element or attribute `xmpGImg:image`. Null if there is
 * none. Source: XMP specification part 2, "Thumbnail" type, `http://ns.adobe.com/xap/1.0/g/img/`.
 * @param bytes anything that may contain a packet
 */
export function xmpThumbnail(bytes: Buffer, from = 0): Buffer | null {
  const name = bytes.indexOf('xmpGImg:image', from, 'latin1')
  if (name < 0) return null
  const start = name + 'xmpGImg:image'.length
  const end = bytes
    .subarray(start, start + LIMIT)
    .findIndex((byte, index) => index > 2 && (byte === LESS || byte === QUOTE))
  if (end < 0) return null
  const text = bytes.toString('latin1', start, start + end).replace(/^[\s=]*[>"']/, '')
  // Line ends inside of an attribute are character references, whose letters would be taken for base64.
  const decoded = Buffer.from(text.replaceAll(/&#x?[0-9a-f]{1,6};/gi, ''), 'base64')
  return decoded.length > 0 ? decoded : null
}

const LESS = 0x3c
const QUOTE = 0x22
