import { between, hexLines } from './hexLines.ts'

const LIMIT = 4 * 1024 ** 2
/** Image resource 1036: a thumbnail, 28 bytes of header and a JPEG. */
const THUMBNAIL = 1036
const HEADER = 28

/**
 * The JPEG thumbnail among the image resources that Photoshop puts into EPS files as hexadecimal comments. Null without.
 * Source: Adobe Photoshop File Formats Specification, "Image Resource Blocks" and "Thumbnail resource format".
 */
export function photoshopThumbnail(postScript: Buffer): Buffer | null {
  const part = between(postScript, '%BeginPhotoshop:', '%EndPhotoshop')
  if (part === null) return null
  const resources = hexLines(part.body, LIMIT)
  let at = 0
  while (at + 12 <= resources.length && resources.toString('latin1', at, at + 4) === '8BIM') {
    const id = resources.readUInt16BE(at + 4)
    // A Pascal string, padded so that its length byte and letters are an even number.
    const nameLength = ((resources[at + 6] ?? 0) + 2) & ~1
    const sizeAt = at + 6 + nameLength
    if (sizeAt + 4 > resources.length) return null
    const size = resources.readUInt32BE(sizeAt)
    const start = sizeAt + 4
    if (id === THUMBNAIL) {
      const jpeg = resources.subarray(start + HEADER, start + size)
      return jpeg.length > 0 ? jpeg : null
    }
    at = start + size + (size & 1)
  }
  return null
}
