import { createHash } from 'node:crypto'
import { z } from 'zod'

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

const resumeSchema = z.object({
  uploadId: z.string().min(1),
  key: z.string(),
  size: z.number().int(),
  sha256: z.string(),
  partSize: z.number().int().positive(),
  /**
   * Parts whose ETag is not their MD5 (encrypted buckets). The others are not kept: the store's own list of parts
   * names their MD5, and the file is read again anyway to prove that it has not changed.
   */
  opaqueParts: z.array(z.object({ number: z.number().int(), md5: z.string(), etag: z.string() })),
})
/** What is persisted of an unfinished multipart upload. */
export type MultipartResume = z.infer<typeof resumeSchema>

/** The state of an earlier attempt, null if there is none or it belongs to another key, content or part size. */
export function usableResume(
  state: unknown,
  key: string,
  file: { readonly size: number; readonly sha256: string },
): MultipartResume | null {
  const parsed = resumeSchema.safeParse(state)
  if (!parsed.success) return null
  const { data } = parsed
  const same =
    data.key === key &&
    data.size === file.size &&
    data.sha256 === file.sha256 &&
    data.partSize === partSizeOf(file.size)
  return same ? data : null
}

/** Whether a part that the store lists holds these bytes. */
export function isPartStored(
  part: Part,
  md5: string,
  listed: { readonly etag: string; readonly size: number } | undefined,
  resume: MultipartResume,
): boolean {
  if (listed === undefined || listed.size !== part.length) return false
  if (listed.etag === md5) return true
  return resume.opaqueParts.some(
    (known) => known.number === part.number && known.md5 === md5 && known.etag === listed.etag,
  )
}
