import { PassThrough, type Readable, Transform } from 'node:stream'
import { GetObjectCommand } from '@aws-sdk/client-s3'
import { VitrineError } from '../../../shared/contract/errors.ts'
import { cancelled } from './localFile.ts'
import { errorNameOf } from './remoteErrors.ts'
import type { S3Requests } from './s3Requests.ts'

/** Read ahead of whoever takes it, so that the connection need not stop for each piece. */
const AHEAD_BYTES = 1 << 20

/** The body of an object, or of a range of it (bytes from 0, both ends included). Its stream fails with our own errors. */
export async function readObject(
  s3: S3Requests,
  key: string,
  range?: { readonly start: number; readonly end: number },
  signal?: AbortSignal,
): Promise<Readable> {
  const answer = await s3
    .send(
      (client, abortSignal) =>
        client.send(
          new GetObjectCommand({
            Bucket: s3.bucket,
            Key: s3.fullKey(key),
            ...(range === undefined ? {} : { Range: `bytes=${range.start}-${range.end}` }),
          }),
          { abortSignal },
        ),
      signal,
    )
    .catch((error: unknown) => {
      if (errorNameOf(error) === 'NoSuchKey') throw new VitrineError('not_found', `There is no ${key} in the bucket.`)
      throw error
    })
  // The login page of a hotel's network answers everything with 200. Our own objects carry their hash.
  if (/html/i.test(answer.ContentType ?? '') && answer.Metadata?.sha256 === undefined) throw s3.notS3()
  // In Node the body is the response itself; the SDK's type also covers browsers.
  const body = answer.Body as Readable
  const out =
    range !== undefined && answer.ContentRange === undefined
      ? without(range.start)
      : new PassThrough({ highWaterMark: AHEAD_BYTES })
  const stop = (): void => void out.destroy(cancelled())
  signal?.addEventListener('abort', stop, { once: true })
  body.on('error', (error) => out.destroy(s3.toError(error)))
  body.on('aborted', () => out.destroy(s3.toError(Object.assign(new Error('aborted'), { code: 'ECONNRESET' }))))
  out.on('close', () => {
    signal?.removeEventListener('abort', stop)
    body.destroy()
  })
  return body.pipe(out)
}

/** Leaves out the first bytes, of a server that sends everything when it is asked for a part. */
function without(first: number): Transform {
  let left = first
  return new Transform({
    highWaterMark: AHEAD_BYTES,
    transform(chunk: Buffer, _encoding, done) {
      const skipped = Math.min(left, chunk.length)
      left -= skipped
      done(null, chunk.subarray(skipped))
    },
  })
}
