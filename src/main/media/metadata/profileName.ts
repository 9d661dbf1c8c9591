import { decodeUtf16 } from '../carriers/decodeText.ts'
import { plainText } from './boundedJson.ts'
import { decodeText } from './undeclaredText.ts'

const HEADER_BYTES = 128
const DESC = 0x64657363
const MLUC = 0x6d6c7563
const MAX_TAGS = 100
const MAX_NAME_BYTES = 1024

/**
 * The name of an ICC profile (`Display P3`); null if the bytes are no profile or it has none.
 * Source: ICC.1:2022, sections 7.3 (tag table) and 10.15 (multiLocalizedUnicodeType); ICC.1:2001, section 6.5.17
 * (textDescriptionType).
 */
export function profileName(icc: Uint8Array): string | null {
  const view = new DataView(icc.buffer, icc.byteOffset, icc.byteLength)
  if (icc.length < HEADER_BYTES + 4) return null
  const count = Math.min(view.getUint32(HEADER_BYTES), MAX_TAGS)
  for (let index = 0; index < count; index++) {
    const entry = HEADER_BYTES + 4 + index * 12
    if (entry + 12 > icc.length) return null
    if (view.getUint32(entry) === DESC) return description(icc, view, view.getUint32(entry + 4))
  }
  return null
}

function description(icc: Uint8Array, view: DataView, at: number): string | null {
  if (at + 28 > icc.length) return null
  const type = view.getUint32(at)
  if (type === DESC) {
    const length = view.getUint32(at + 8)
    const text = icc.subarray(at + 12, at + 12 + Math.min(length, MAX_NAME_BYTES))
    const end = text.indexOf(0)
    return plainText(decodeText(end === -1 ? text : text.subarray(0, end)))
  }
  // The first language is the profile's own.
  if (type !== MLUC || view.getUint32(at + 8) === 0) return null
  const start = at + view.getUint32(at + 24)
  const length = Math.min(view.getUint32(at + 20), MAX_NAME_BYTES)
  return plainText(decodeUtf16(icc.subarray(start, start + length), false))
}
