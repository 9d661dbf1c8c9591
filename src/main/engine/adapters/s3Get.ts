import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'
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
  const { headers, body } = await s3
    .direct(
      {
        method: 'GET',
        key: s3.fullKey(key),
        ...(range === undefined ? {} : { headers: { range: `bytes=${range.start}-${range.end}` } }),
      },
      signal,
    )
    .catch((error: unknown) => {
      if (errorNameOf(error) === 'NoSuchKey') throw new VitrineError('not_found', `There is no ${key} in the bucket.`)
      throw error
    })
  // The login page of a hotel's network answers everything with 200. Our own objects carry their hash.
  if (/html/i.test(headers['content-type'] ?? '') && headers['x-amz-meta-sha256'] === undefined) {
    body.destroy()
    throw s3.notS3()
  }
  // A server that can't send a part sends everything.
  const unwanted = range !== undefined && headers['content-range'] === undefined ? range.start : 0
  return contentOf(body, unwanted, s3.toError, signal)
}

/** What an answer holds behind its first bytes, as a stream that fails with our own errors and ends with the signal. */
function contentOf(
  body: IncomingMessage,
  unwanted: number,
  toError: (thrown: unknown) => VitrineError,
  signal: AbortSignal | undefined,
): Readable {
  let skip = unwanted
  const stop = (): void => void out.destroy(cancelled())
  const out = new Readable({
    highWaterMark: AHEAD_BYTES,
    read: () => void body.resume(),
    destroy(error, done) {
      signal?.removeEventListener('abort', stop)
      body.destroy()
      done(error)
    },
  })
  body.on('data', (chunk: Buffer) => {
    const skipped = Math.min(skip, chunk.length)
    skip -= skipped
    if (skipped < chunk.length && !out.push(skipped === 0 ? chunk : chunk.subarray(skipped))) body.pause()
  })
  body.on('end', () => out.push(null))
  body.on('error', (error) => out.destroy(toError(error)))
  body.on('close', () => {
    if (!body.complete) out.destroy(toError(Object.assign(new Error('aborted'), { code: 'ECONNRESET' })))
  })
  signal?.addEventListener('abort', stop, { once: true })
  if (signal?.aborted) stop()
  return out
}
