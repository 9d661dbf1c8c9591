import { createHash } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  ListPartsCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { VitrineError } from '../../../shared/contract/errors.ts'
import type { PutFile } from '../ports.ts'
import { changedFile, openLocalFile, readExactly, throwIfCancelled } from './localFile.ts'
import {
  compositeEtag,
  isPartStored,
  type MultipartResume,
  type Part,
  partSizeOf,
  partsOf,
  usableResume,
} from './multipartPlan.ts'
import { errorNameOf } from './remoteErrors.ts'
import type { S3Requests } from './s3Requests.ts'

interface StoredPart {
  readonly number: number
  readonly etag: string
}

/**
 * Sends a file in parts, going on where an earlier attempt stopped, and returns the ETag that the finished object must
 * have if every part's ETag was its MD5, else null. The file is read once from start to end, parts that the store has
 * are only hashed: so what is put together is shown to be the file whose SHA-256 was asked for.
 */
export async function uploadInParts(
  s3: S3Requests,
  key: string,
  file: PutFile,
): Promise<{ readonly expectedEtag: string | null }> {
  const { resume, listed } = await beginOrGoOn(s3, key, file)
  const handle = await openLocalFile(file.path, file.size)
  let outcome: SentParts
  try {
    outcome = await sendParts(s3, key, file, resume, listed, handle)
  } finally {
    await handle.close()
  }
  if (outcome.sha256 !== file.sha256) {
    await abandonUpload(s3, key, resume)
    file.saveResume?.(null)
    throw changedFile(file.path)
  }
  try {
    await s3.send(
      (client, abortSignal) =>
        client.send(
          new CompleteMultipartUploadCommand({
            Bucket: s3.bucket,
            Key: s3.fullKey(key),
            UploadId: resume.uploadId,
            MultipartUpload: {
              Parts: outcome.parts.map(({ number, etag }) => ({ PartNumber: number, ETag: `"${etag}"` })),
            },
          }),
          { abortSignal },
        ),
      file.signal,
    )
  } catch (error) {
    // The store no longer knows the upload or its parts: there is nothing to go on with, the next attempt starts afresh.
    if (/^(NoSuchUpload|InvalidPart|InvalidPartOrder|EntityTooSmall)$/.test(errorNameOf(error))) {
      file.saveResume?.(null)
      throw new VitrineError('remote_server', 'The server lost parts of the upload. It starts again.', undefined, {
        cause: error,
      })
    }
    throw error
  }
  file.saveResume?.(null)
  return { expectedEtag: outcome.allEtagsAreMd5 ? compositeEtag(outcome.md5s) : null }
}

/** Frees the parts of an unfinished upload. One that is gone already is no error. */
export async function abandonUpload(s3: S3Requests, key: string, resume: MultipartResume): Promise<void> {
  try {
    await s3.send((client, abortSignal) =>
      client.send(
        new AbortMultipartUploadCommand({ Bucket: s3.bucket, Key: s3.fullKey(key), UploadId: resume.uploadId }),
        { abortSignal },
      ),
    )
  } catch (error) {
    if (errorNameOf(error) !== 'NoSuchUpload') throw error
  }
}

type ListedParts = ReadonlyMap<number, { readonly etag: string; readonly size: number }>

async function beginOrGoOn(
  s3: S3Requests,
  key: string,
  file: PutFile,
): Promise<{ resume: MultipartResume; listed: ListedParts }> {
  const earlier = usableResume(file.resume, key, file)
  if (earlier) {
    const listed = await listParts(s3, key, earlier.uploadId, file.signal)
    if (listed) return { resume: earlier, listed }
  }
  const created = await s3.send(
    (client, abortSignal) =>
      client.send(
        new CreateMultipartUploadCommand({
          Bucket: s3.bucket,
          Key: s3.fullKey(key),
          ContentType: file.contentType,
          Metadata: { sha256: file.sha256 },
        }),
        { abortSignal },
      ),
    file.signal,
  )
  if (!created.UploadId) throw new VitrineError('remote_server', 'The server began an upload without naming it.')
  const resume: MultipartResume = {
    uploadId: created.UploadId,
    key,
    size: file.size,
    sha256: file.sha256,
    partSize: partSizeOf(file.size),
    opaqueParts: [],
  }
  file.saveResume?.(resume)
  return { resume, listed: new Map() }
}

/** What the store has of an upload, null when it no longer knows it. */
async function listParts(
  s3: S3Requests,
  key: string,
  uploadId: string,
  signal: AbortSignal | undefined,
): Promise<ListedParts | null> {
  const parts = new Map<number, { etag: string; size: number }>()
  let marker: string | undefined
  do {
    try {
      const page = await s3.send(
        (client, abortSignal) =>
          client.send(
            new ListPartsCommand({
              Bucket: s3.bucket,
              Key: s3.fullKey(key),
              UploadId: uploadId,
              ...(marker === undefined ? {} : { PartNumberMarker: marker }),
            }),
            { abortSignal },
          ),
        signal,
      )
      for (const { PartNumber, ETag, Size } of page.Parts ?? []) {
        if (PartNumber !== undefined && ETag !== undefined && Size !== undefined) {
          parts.set(PartNumber, { etag: unquote(ETag), size: Size })
        }
      }
      marker = page.IsTruncated ? page.NextPartNumberMarker : undefined
    } catch (error) {
      if (errorNameOf(error) === 'NoSuchUpload') return null
      throw error
    }
  } while (marker !== undefined)
  return parts
}

interface SentParts {
  readonly parts: readonly StoredPart[]
  readonly md5s: readonly string[]
  readonly allEtagsAreMd5: boolean
  readonly sha256: string
}

async function sendParts(
  s3: S3Requests,
  key: string,
  file: PutFile,
  resume: MultipartResume,
  listed: ListedParts,
  handle: FileHandle,
): Promise<SentParts> {
  const whole = createHash('sha256')
  const parts: StoredPart[] = []
  const md5s: string[] = []
  let state = resume
  let allEtagsAreMd5 = true
  const buffer = Buffer.allocUnsafe(Math.min(resume.partSize, file.size))
  for (const part of partsOf(file.size)) {
    throwIfCancelled(file.signal)
    const bytes = buffer.subarray(0, part.length)
    await readExactly(handle, file.path, bytes, part.start)
    whole.update(bytes)
    const md5 = createHash('md5').update(bytes).digest()
    const md5Hex = md5.toString('hex')
    const stored = listed.get(part.number)
    const etag =
      stored && isPartStored(part, md5Hex, stored, state)
        ? stored.etag
        : await sendPart(s3, key, file, resume.uploadId, part, bytes, md5)
    if (etag !== md5Hex) {
      allEtagsAreMd5 = false
      state = {
        ...state,
        opaqueParts: [
          ...state.opaqueParts.filter((known) => known.number !== part.number),
          { number: part.number, md5: md5Hex, etag },
        ],
      }
      file.saveResume?.(state)
    }
    parts.push({ number: part.number, etag })
    md5s.push(md5Hex)
    file.onProgress?.(part.start + part.length)
  }
  return { parts, md5s, allEtagsAreMd5, sha256: whole.digest('hex') }
}

async function sendPart(
  s3: S3Requests,
  key: string,
  file: PutFile,
  uploadId: string,
  part: Part,
  bytes: Buffer,
  md5: Buffer,
): Promise<string> {
  const answer = await s3.send(
    (client, abortSignal) =>
      client.send(
        new UploadPartCommand({
          Bucket: s3.bucket,
          Key: s3.fullKey(key),
          UploadId: uploadId,
          PartNumber: part.number,
          Body: bytes,
          ContentLength: bytes.length,
          ContentMD5: md5.toString('base64'),
        }),
        { abortSignal },
      ),
    file.signal,
  )
  if (!answer.ETag) throw new VitrineError('remote_server', 'The server took a part without confirming it.')
  return unquote(answer.ETag)
}

/** An ETag without its quotes. */
export function unquote(etag: string): string {
  return etag.replace(/^"|"$/g, '')
}
