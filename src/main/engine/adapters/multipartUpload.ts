import { createHash, type Hash } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'
import { crc32 } from 'node:zlib'
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
} from '@aws-sdk/client-s3'
import { VitrineError } from '../../../shared/contract/errors.ts'
import type { BegunUpload, ConfirmedPart, Lane, PutFile } from '../ports.ts'
import { changedFile, openLocalFile, readAndHash, throwIfCancelled } from './localFile.ts'
import { type ListedParts, listParts } from './multipartLists.ts'
import { compositeEtag, isPartStored, type Part, partSizeOf, partsOf, usableUpload } from './multipartPlan.ts'
import { errorNameOf, unquote } from './remoteErrors.ts'
import type { S3Requests } from './s3Requests.ts'

/**
 * Sends a file in parts, several at once if there is room, going on where an earlier attempt stopped, and returns the
 * ETag that the finished object must have if every part's ETag was its MD5, else null. The file is read once from start
 * to end, parts that the store has are only hashed: so what is put together is shown to be the file whose SHA-256 was
 * asked for.
 */
export async function uploadInParts(
  s3: S3Requests,
  key: string,
  file: PutFile,
): Promise<{ readonly expectedEtag: string | null }> {
  const { upload, listed } = await beginOrGoOn(s3, key, file)
  const handle = await openLocalFile(file.path, file.size)
  let sent: SentParts
  try {
    sent = await sendParts({ s3, key, file, upload, listed, handle })
  } finally {
    await handle.close()
  }
  if (sent.sha256 !== file.sha256) {
    await abandonUpload(s3, key, upload.uploadId)
    file.notes?.end()
    throw changedFile(file.path)
  }
  await complete(s3, key, file, upload.uploadId, sent.parts)
  file.notes?.end()
  const allEtagsAreMd5 = sent.parts.every(({ md5, etag }) => md5 === etag)
  return { expectedEtag: allEtagsAreMd5 ? compositeEtag(sent.parts.map(({ md5 }) => md5)) : null }
}

/** Frees the parts of an unfinished upload. One that is gone already is no error. */
export async function abandonUpload(s3: S3Requests, key: string, uploadId: string): Promise<void> {
  try {
    await s3.send((client, abortSignal) =>
      client.send(new AbortMultipartUploadCommand({ Bucket: s3.bucket, Key: s3.fullKey(key), UploadId: uploadId }), {
        abortSignal,
      }),
    )
  } catch (error) {
    if (errorNameOf(error) !== 'NoSuchUpload') throw error
  }
}

async function complete(
  s3: S3Requests,
  key: string,
  file: PutFile,
  uploadId: string,
  parts: readonly ConfirmedPart[],
): Promise<void> {
  try {
    await s3.send(
      (client, abortSignal) =>
        client.send(
          new CompleteMultipartUploadCommand({
            Bucket: s3.bucket,
            Key: s3.fullKey(key),
            UploadId: uploadId,
            MultipartUpload: { Parts: parts.map(({ number, etag }) => ({ PartNumber: number, ETag: `"${etag}"` })) },
          }),
          { abortSignal },
        ),
      file.signal,
    )
  } catch (error) {
    // The store no longer knows the upload or its parts: there is nothing to go on with, the next attempt starts afresh.
    if (/^(NoSuchUpload|InvalidPart|InvalidPartOrder|EntityTooSmall)$/.test(errorNameOf(error))) {
      file.notes?.end()
      throw new VitrineError('remote_server', 'The server lost parts of the upload. It starts again.', undefined, {
        cause: error,
      })
    }
    throw error
  }
}

async function beginOrGoOn(
  s3: S3Requests,
  key: string,
  file: PutFile,
): Promise<{ readonly upload: BegunUpload; readonly listed: ListedParts }> {
  const noted = file.notes?.read() ?? null
  const earlier = usableUpload(noted, file)
  if (earlier) {
    const listed = await listParts(s3, key, earlier.uploadId, file.signal)
    if (listed) return { upload: earlier, listed }
  } else if (noted) {
    await abandonUpload(s3, key, noted.uploadId)
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
  const { size, sha256 } = file
  const upload = { uploadId: created.UploadId, size, sha256, partSize: partSizeOf(size) }
  file.notes?.begin(upload)
  return { upload: { ...upload, parts: new Map() }, listed: new Map() }
}

interface SentParts {
  readonly parts: readonly ConfirmedPart[]
  readonly sha256: string
}

interface Sending {
  readonly s3: S3Requests
  readonly key: string
  readonly file: PutFile
  readonly upload: BegunUpload
  readonly listed: ListedParts
  readonly handle: FileHandle
}

/** What one part is made of. */
interface PartContent {
  readonly bytes: Buffer<ArrayBuffer>
  readonly md5: Buffer
}

/** Reads part after part; each that the store lacks is sent as soon as there is room for a request. */
async function sendParts(sending: Sending): Promise<SentParts> {
  const { file, upload, listed, handle } = sending
  const whole = createHash('sha256')
  const parts: ConfirmedPart[] = []
  const buffers: Buffer<ArrayBuffer>[] = []
  const underWay = new Set<Promise<void>>()
  let failed: { readonly error: unknown } | null = null
  let progress = 0
  const advance = (bytes: number): void => {
    progress += bytes
    file.onProgress?.(progress)
  }

  for (const part of partsOf(file.size)) {
    const there = listed.get(part.number)
    // Room first, then bytes: no more of the file is in memory than can be sent now.
    let lane = there?.size === part.length ? null : await takeLane(file, underWay)
    if (failed || file.signal?.aborted) {
      lane?.end(0)
      break
    }
    const buffer = buffers.pop() ?? Buffer.allocUnsafe(Math.min(upload.partSize, file.size))
    let content: PartContent
    try {
      content = await readPart(handle, file, part, buffer, whole)
    } catch (error) {
      lane?.end(0)
      failed = { error }
      break
    }
    const md5 = content.md5.toString('hex')
    if (there && isPartStored(part, md5, there, upload.parts.get(part.number))) {
      parts[part.number - 1] = { number: part.number, md5, etag: there.etag }
      advance(part.length)
      buffers.push(buffer)
      continue
    }
    lane ??= await takeLane(file, underWay)
    const task = sendUntilConfirmed(sending, part, content, lane, advance)
      .then((confirmed) => {
        file.notes?.part(confirmed)
        parts[part.number - 1] = confirmed
        buffers.push(buffer)
      })
      .catch((error: unknown) => {
        failed ??= { error }
      })
      .finally(() => underWay.delete(task))
    underWay.add(task)
  }
  // What is on its way is worth waiting for, also when another part failed.
  await Promise.all(underWay)
  throwIfCancelled(file.signal)
  const failure = failed as { readonly error: unknown } | null
  if (failure) throw failure.error
  return { parts, sha256: whole.digest('hex') }
}

/** Without shared room, one request at a time. */
async function takeLane(file: PutFile, underWay: ReadonlySet<Promise<void>>): Promise<Lane> {
  if (file.lanes) return file.lanes.take(file.signal)
  await Promise.all(underWay)
  return { end: () => undefined }
}

async function readPart(
  handle: FileHandle,
  file: PutFile,
  part: Part,
  buffer: Buffer<ArrayBuffer>,
  whole: Hash,
): Promise<PartContent> {
  const bytes = buffer.subarray(0, part.length)
  const md5 = createHash('md5')
  await readAndHash(handle, file.path, bytes, part.start, [whole, md5], file.signal)
  return { bytes, md5: md5.digest() }
}

/** One part, again and again for as long as whoever asked for it wants to. */
async function sendUntilConfirmed(
  sending: Sending,
  part: Part,
  content: PartContent,
  first: Lane,
  advance: (bytes: number) => void,
): Promise<ConfirmedPart> {
  const { file } = sending
  let lane = first
  for (let attempt = 1; ; attempt++) {
    let sent = 0
    const onSent = (bytes: number): void => {
      sent += bytes
      advance(bytes)
    }
    try {
      const etag = await sendPart(sending, part.number, content, onSent)
      lane.end(part.length)
      return { number: part.number, md5: content.md5.toString('hex'), etag }
    } catch (error) {
      lane.end(0, error)
      advance(-sent)
      if (file.signal?.aborted || !(await file.again?.(error, attempt))) throw error
      lane = (await file.lanes?.take(file.signal)) ?? first
    }
  }
}

async function sendPart(
  { s3, key, file, upload }: Sending,
  number: number,
  { bytes, md5 }: PartContent,
  onSent: (bytes: number) => void,
): Promise<string> {
  const { headers } = await s3.direct(
    {
      method: 'PUT',
      key: s3.fullKey(key),
      query: { partNumber: String(number), uploadId: upload.uploadId },
      headers: {
        'content-md5': md5.toString('base64'),
        ...(s3.sendsChecksums ? { 'x-amz-checksum-crc32': crc32Of(bytes) } : {}),
      },
      // The server compares the MD5, which is signed, and the whole is shown to be right at the end: no third hash.
      body: { bytes, sha256: null, pace: file.pace, onSent },
    },
    file.signal,
  )
  if (!headers.etag) throw new VitrineError('remote_server', 'The server took a part without confirming it.')
  return unquote(headers.etag)
}

/** As S3 writes it: four bytes, the highest first, in base64. */
function crc32Of(bytes: Uint8Array): string {
  const four = Buffer.alloc(4)
  four.writeUInt32BE(crc32(bytes))
  return four.toString('base64')
}
