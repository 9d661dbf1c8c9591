import type { ByteSource } from '../../../carriers/byteSource.ts'
import { firstNumber, readDirectory, readTiffHeader } from '../../../carriers/tiffDirectory.ts'

const IMAGE_WIDTH = 0x100
const IMAGE_LENGTH = 0x101

/** Sides of the first page as it is stored, null if there is none. Source: TIFF 6.0 section 3. */
export function readTiffSize(source: ByteSource): { readonly width: number; readonly height: number } | null {
  const header = readTiffHeader(source)
  if (header === null) return null
  const entries = readDirectory(source, header, header.first)
  const [width, height] = [IMAGE_WIDTH, IMAGE_LENGTH].map((tag) => {
    const entry = entries.find((candidate) => candidate.tag === tag)
    return entry === undefined ? null : firstNumber(source, header, entry)
  })
  if (!width || !height) return null
  return { width, height }
}
