import { createHash } from 'node:crypto'
import type { BegunUpload, ConfirmedPart } from '../ports.ts'

const MIB = 1024 * 1024
/** Files from this size on are sent in parts. */
export const MULTIPART_FROM_BYTES = 16 * MIB
const SMALLEST_PART_BYTES = 8 * MIB
/** S3 allows 10,000 parts; the distance leaves room for a store that counts otherwise. */
const MOST_PARTS = 9000

/** One stretch of a file, `number` counting from 1 as S3 does. */
export interface Part {
  readonly number: number
  readonly start: number
  readonly length: number
}

/** Size of every part but the last, bytes: max(8 MiB, size / 9000), in whole MiB. */
export function partSizeOf(fileSize: number): number {
  return Math.max(SMALLEST_PART_BYTES, Math.ceil(fileSize / MOST_PARTS / MIB) * MIB)
}

/** The parts of a file in order; they cover it exactly. */
export function partsOf(fileSize: number): readonly Part[] {
  const size = partSizeOf(fileSize)
  return Array.from({ length: Math.ceil(fileSize / size) }, (_, index) => ({
    number: index + 1,
    start: index * size,
    length: Math.min(size, fileSize - index * size),
  }))
}

/** The ETag that S3, and Swift's s3api, give an object put together from parts: the MD5 of the MD5s, and their count. */
export function compositeEtag(partMd5s: readonly string[]): string {
  const joined = Buffer.concat(partMd5s.map((md5) => Buffer.from(md5, 'hex')))
  return `${createHash('md5').update(joined).digest('hex')}-${partMd5s.length}`
}

/** What an earlier attempt left, null if there is nothing or it is of another content or part size. */
export function usableUpload(
  noted: BegunUpload | null,
  file: { readonly size: number; readonly sha256: string },
): BegunUpload | null {
  if (noted === null || noted.size !== file.size || noted.sha256 !== file.sha256) return null
  return noted.partSize === partSizeOf(file.size) ? noted : null
}

/** Whether a part that the store lists holds these bytes. The list is the truth; what was noted only explains an ETag. */
export function isPartStored(
  part: Part,
  md5: string,
  listed: { readonly etag: string; readonly size: number } | undefined,
  noted: ConfirmedPart | undefined,
): boolean {
  if (listed === undefined || listed.size !== part.length) return false
  return listed.etag === md5 || (noted !== undefined && noted.md5 === md5 && noted.etag === listed.etag)
}
