import { randomBytes } from 'node:crypto'
import {
  AbortMultipartUploadCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  HeadObjectCommand,
  ListPartsCommand,
  PutObjectCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3'
import { VitrineError } from '../../../shared/contract/errors.ts'
import type { Abilities } from '../ports.ts'
import { statusOf } from './remoteErrors.ts'
import { readObject } from './s3Get.ts'
import type { S3Requests } from './s3Requests.ts'

const LINK_MS = 10_000

/**
 * Finds out what a bucket can do, with one small object under `key` and the start of an upload in parts, both of which are
 * removed again. Rejects when the bucket can't be written or read at all.
 */
export async function probeBucket(s3: S3Requests, key: string, link: string): Promise<Abilities> {
  const bytes = randomBytes(64)
  const namesChecksum = await writeProbe(s3, key, bytes)
  const readAfterWrite = (await readBytes(s3, key))?.equals(bytes) === true
  const checksumEcho = namesChecksum || (await echoesChecksum(s3, key))
  const ranges = (await readBytes(s3, key, { start: 2, end: 5 }))?.equals(bytes.subarray(2, 6)) === true
  const presign = await opensLink(link, bytes)
  const multipart = await takesParts(s3, `${key}-parts`)
  // Last, because it may write over the object.
  const conditionalCreate = await refusesSecond(s3, key)
  await remove(s3, key)
  return { conditionalCreate, ranges, readAfterWrite, checksumEcho, multipart, presign }
}

async function remove(s3: S3Requests, key: string): Promise<void> {
  const command = new DeleteObjectCommand({ Bucket: s3.bucket, Key: s3.fullKey(key) })
  await s3.send((client, abortSignal) => client.send(command, { abortSignal }))
}

/** Returns whether the answer already names the checksum. */
async function writeProbe(s3: S3Requests, key: string, bytes: Buffer): Promise<boolean> {
  const input = { Bucket: s3.bucket, Key: s3.fullKey(key), Body: bytes, ContentLength: bytes.length }
  try {
    const answer = await s3.send((client, abortSignal) =>
      client.send(new PutObjectCommand({ ...input, ChecksumAlgorithm: 'SHA256' }), { abortSignal }),
    )
    return answer.ChecksumSHA256 !== undefined
  } catch (error) {
    const status = statusOf(error)
    if (status !== 400 && status !== 501) throw error
  }
  await s3.send((client, abortSignal) => client.send(new PutObjectCommand(input), { abortSignal }))
  return false
}

async function echoesChecksum(s3: S3Requests, key: string): Promise<boolean> {
  return able(async () => {
    const command = new HeadObjectCommand({ Bucket: s3.bucket, Key: s3.fullKey(key), ChecksumMode: 'ENABLED' })
    const answer = await s3.send((client, abortSignal) => client.send(command, { abortSignal }))
    return answer.ChecksumSHA256 !== undefined
  })
}

/** Writes over the object on the condition that there is none. */
async function refusesSecond(s3: S3Requests, key: string): Promise<boolean> {
  try {
    await s3.send((client, abortSignal) =>
      client.send(
        new PutObjectCommand({
          Bucket: s3.bucket,
          Key: s3.fullKey(key),
          Body: Buffer.from('x'),
          ContentLength: 1,
          IfNoneMatch: '*',
        }),
        { abortSignal },
      ),
    )
    return false
  } catch (error) {
    const status = statusOf(error)
    if (status === 412 || status === 409) return true
    if (status === 400 || status === 501) return false
    throw error
  }
}

async function readBytes(
  s3: S3Requests,
  key: string,
  range?: { readonly start: number; readonly end: number },
): Promise<Buffer | null> {
  try {
    const chunks: Buffer[] = []
    for await (const chunk of await readObject(s3, key, range)) chunks.push(chunk)
    return Buffer.concat(chunks)
  } catch (error) {
    if (error instanceof VitrineError && error.code === 'not_found') return null
    throw error
  }
}

async function takesParts(s3: S3Requests, key: string): Promise<boolean> {
  const place = { Bucket: s3.bucket, Key: s3.fullKey(key) }
  return able(async () => {
    const { UploadId } = await s3.send((client, abortSignal) =>
      client.send(new CreateMultipartUploadCommand(place), { abortSignal }),
    )
    if (UploadId === undefined) return false
    const upload = { ...place, UploadId }
    try {
      await s3.send((client, abortSignal) =>
        client.send(new UploadPartCommand({ ...upload, PartNumber: 1, Body: Buffer.from('x'), ContentLength: 1 }), {
          abortSignal,
        }),
      )
      const { Parts } = await s3.send((client, abortSignal) =>
        client.send(new ListPartsCommand(upload), { abortSignal }),
      )
      return Parts?.length === 1
    } finally {
      await s3.send((client, abortSignal) => client.send(new AbortMultipartUploadCommand(upload), { abortSignal }))
    }
  })
}

async function opensLink(link: string, bytes: Buffer): Promise<boolean> {
  try {
    const answer = await fetch(link, { signal: AbortSignal.timeout(LINK_MS) })
    const body = Buffer.from(await answer.arrayBuffer())
    return answer.ok && body.equals(bytes)
  } catch {
    return false
  }
}

/** What the server refuses as unknown it is not able to do; that it can't be reached is another matter. */
async function able(work: () => Promise<boolean>): Promise<boolean> {
  try {
    return await work()
  } catch (error) {
    const status = statusOf(error)
    if (status === undefined || status === 401 || status === 403 || status === 429) throw error
    return false
  }
}
