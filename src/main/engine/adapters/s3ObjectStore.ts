import { createHash } from 'node:crypto'
import { CopyObjectCommand, DeleteObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3'
import { VitrineError } from '../../../shared/contract/errors.ts'
import { sha256Schema } from '../../../shared/domain/ids.ts'
import type { Credentials } from '../../../shared/domain/remote.ts'
import type { ObjectInfo, ObjectStore, PutFile, Verification } from '../ports.ts'
import { changedFile, fingerprintFile, openLocalFile, readAndHash } from './localFile.ts'
import { listUploads } from './multipartLists.ts'
import { compositeEtag, MULTIPART_FROM_BYTES, partSizeOf } from './multipartPlan.ts'
import { abandonUpload, uploadInParts } from './multipartUpload.ts'
import { presignedUrl } from './presign.ts'
import { errorNameOf, statusOf, unquote } from './remoteErrors.ts'
import type { DirectAnswer, S3Timeouts } from './s3Direct.ts'
import { readObject } from './s3Get.ts'
import { probeBucket } from './s3Probe.ts'
import { type S3Location, s3Requests } from './s3Requests.ts'

/** What is known about the bytes of a local file when it is compared with what the store holds. */
interface ContentProof {
  /** Hexadecimal. */
  readonly sha256: string
  /** ETag that the store must give if its ETags are MD5s; null when unknown. */
  readonly expectedEtag: string | null
}

interface PutOptions extends Pick<PutFile, 'signal' | 'pace' | 'onProgress'> {
  readonly onlyIfNew?: boolean
}

/**
 * A bucket below a prefix. Every method throws `VitrineError`s with `remote_*` codes, or `cancelled`. The SHA-256 of an
 * object is kept in its metadata; `putFile` resolves only after the store has shown what it holds: by its own
 * SHA-256, by an ETag that is the MD5 (or the MD5 of the parts' MD5s), else by being read back.
 */
export function s3ObjectStore(location: S3Location, credentials: Credentials, timeouts?: S3Timeouts): ObjectStore {
  const s3 = s3Requests(location, credentials, timeouts)
  /** Backblaze and some older servers reject requests with a checksum header; found out with the first one. */
  let sendsChecksum = true
  /** Some servers refuse a write on the condition that nothing is there; found out likewise. */
  let createsOnly = true

  async function head(key: string, signal?: AbortSignal): Promise<ObjectInfo | null> {
    try {
      const { headers } = await s3.direct({ method: 'HEAD', key: s3.fullKey(key) }, signal)
      const sha256 = sha256Schema.safeParse(headers['x-amz-meta-sha256'])
      const modifiedAt = Date.parse(headers['last-modified'] ?? '')
      return {
        key,
        size: Number(headers['content-length'] ?? 0),
        etag: headers.etag === undefined ? null : unquote(headers.etag),
        sha256: sha256.success ? sha256.data : null,
        modifiedAt: Number.isFinite(modifiedAt) ? modifiedAt : null,
      }
    } catch (error) {
      // A HEAD has no body to say what is missing: a missing bucket is found out by whatever follows.
      if (statusOf(error) === 404) return null
      throw error
    }
  }

  async function hashStored(key: string, signal?: AbortSignal): Promise<string> {
    const hash = createHash('sha256')
    for await (const chunk of await readObject(s3, key, undefined, signal)) hash.update(chunk)
    return hash.digest('hex')
  }

  /** Shows that an object holds the right bytes, in the order of cost; null when it holds others. */
  async function verify(key: string, etag: string | null, proof: ContentProof, signal?: AbortSignal) {
    if (etag !== null && etag === proof.expectedEtag) {
      return etag.includes('-') ? ('multipart-etag' as const) : ('etag-md5' as const)
    }
    return (await hashStored(key, signal)) === proof.sha256 ? ('read-back' as const) : null
  }

  async function put(key: string, content: HashedBytes, contentType: string, options: PutOptions = {}) {
    const { signal, pace, onProgress, onlyIfNew } = options
    const { bytes, sha256, md5 } = content
    const send = (withChecksum: boolean): Promise<DirectAnswer> => {
      let sent = 0
      const onSent = (more: number): void => {
        sent += more
        onProgress?.(sent)
      }
      const headers = {
        'content-type': contentType,
        'content-md5': md5.toString('base64'),
        'x-amz-meta-sha256': sha256.toString('hex'),
        ...(onlyIfNew === true ? { 'if-none-match': '*' } : {}),
        ...(withChecksum ? { 'x-amz-checksum-sha256': sha256.toString('base64') } : {}),
      }
      const body = { bytes, sha256: sha256.toString('hex'), pace, onSent }
      return s3.direct({ method: 'PUT', key: s3.fullKey(key), headers, body }, signal)
    }
    let answer: DirectAnswer
    try {
      answer = await send(sendsChecksum)
    } catch (error) {
      if (!sendsChecksum || !isChecksumUnsupported(error)) throw error
      sendsChecksum = false
      answer = await send(false)
    }
    const { headers } = answer
    const etag = headers.etag === undefined ? null : unquote(headers.etag)
    const proof = { sha256: sha256.toString('hex'), expectedEtag: md5.toString('hex') }
    const verified: Verification | null =
      headers['x-amz-checksum-sha256'] === sha256.toString('base64')
        ? 'checksum-header'
        : await verify(key, etag, proof, signal)
    if (verified === null) throw wrongContent(key)
    const info: ObjectInfo = {
      key,
      size: bytes.length,
      etag,
      sha256: sha256Schema.parse(proof.sha256),
      modifiedAt: null,
    }
    return { info, verified }
  }

  async function putWhole(key: string, file: PutFile) {
    const lane = await file.lanes?.take(file.signal)
    try {
      const content = await readHashed(file)
      if (content.sha256.toString('hex') !== file.sha256) throw changedFile(file.path)
      const result = await put(key, content, file.contentType, file)
      lane?.end(file.size)
      return result
    } catch (error) {
      lane?.end(0, error)
      throw error
    }
  }

  async function putInParts(key: string, file: PutFile) {
    const { expectedEtag } = await uploadInParts(s3, key, file)
    const info = await head(key, file.signal)
    if (info === null || info.size !== file.size) throw wrongContent(key)
    const verified = await verify(key, info.etag, { sha256: file.sha256, expectedEtag }, file.signal)
    if (verified === null) throw wrongContent(key)
    return { info, verified }
  }

  /** Servers that don't know the condition ignore it, so the key is looked at first; the condition closes the gap. */
  async function create(key: string, bytes: Uint8Array, contentType: string): Promise<boolean> {
    if ((await head(key)) !== null) return false
    // Another call may learn meanwhile that the server knows no conditions.
    const onCondition = createsOnly
    try {
      await put(key, hashed(bytes), contentType, { onlyIfNew: onCondition })
    } catch (error) {
      if (isOccupied(error)) return false
      if (!onCondition || !isConditionUnsupported(error)) throw error
      createsOnly = false
      return create(key, bytes, contentType)
    }
    return true
  }

  function link(key: string, expiresSeconds: number): string {
    const { endpoint, region, bucket, pathStyle } = location
    const now = Date.now() + (s3.clockOffsetMs ?? 0)
    return presignedUrl({ endpoint, region, bucket, pathStyle, key: s3.fullKey(key), credentials, expiresSeconds, now })
  }

  return {
    head: (key) => head(key),
    get: (key, range, signal) => readObject(s3, key, range, signal),
    putFile: (key, file) => (file.size < MULTIPART_FROM_BYTES ? putWhole(key, file) : putInParts(key, file)),
    async confirm(key, file) {
      const info = await head(key, file.signal)
      if (info === null || info.size !== file.size || info.sha256 !== file.sha256) return null
      const local = await fingerprintFile(file.path, file.size, partSizeOf(file.size), file.signal)
      if (local.sha256 !== file.sha256) throw changedFile(file.path)
      const expectedEtag = info.etag?.includes('-') ? compositeEtag(local.partMd5s) : local.md5
      const verified = await verify(key, info.etag, { sha256: file.sha256, expectedEtag }, file.signal)
      return verified === null ? null : { info, verified }
    },
    abandon: (key, uploadId) => abandonUpload(s3, key, uploadId),
    unfinished: (prefix) => listUploads(s3, prefix),
    get clockOffsetMs() {
      return s3.clockOffsetMs
    },
    async putBytes(key, bytes, contentType) {
      return (await put(key, hashed(bytes), contentType)).info
    },
    createBytes: create,
    async *list(prefix, startAfter) {
      let token: string | undefined
      do {
        const page = await s3.send((client, abortSignal) =>
          client.send(
            new ListObjectsV2Command({
              Bucket: s3.bucket,
              Prefix: s3.fullKey(prefix),
              ...(startAfter === undefined ? {} : { StartAfter: s3.fullKey(startAfter) }),
              ...(token === undefined ? {} : { ContinuationToken: token }),
            }),
            { abortSignal },
          ),
        )
        for (const { Key, Size, ETag, LastModified } of page.Contents ?? []) {
          if (Key === undefined) continue
          yield {
            key: s3.relativeKey(Key),
            size: Size ?? 0,
            etag: ETag === undefined ? null : unquote(ETag),
            sha256: null,
            modifiedAt: LastModified?.getTime() ?? null,
          }
        }
        token = page.IsTruncated ? page.NextContinuationToken : undefined
      } while (token !== undefined)
    },
    async copy(from, to) {
      const source = [s3.bucket, ...s3.fullKey(from).split('/')].map(encodeURIComponent).join('/')
      try {
        await s3.send((client, abortSignal) =>
          client.send(new CopyObjectCommand({ Bucket: s3.bucket, Key: s3.fullKey(to), CopySource: source }), {
            abortSignal,
          }),
        )
      } catch (error) {
        if (statusOf(error) !== 404 || errorNameOf(error) === 'NoSuchBucket') throw error
        throw new VitrineError('not_found', `There is no ${from} in the bucket.`, undefined, { cause: error })
      }
    },
    async copyFrom(place, from, to, { sha256, contentType }) {
      if (place.kind !== 's3' || place.endpoint !== location.endpoint || place.region !== location.region) return false
      const path = [place.bucket, ...(place.prefix === '' ? [] : place.prefix.split('/')), ...from.split('/')]
      try {
        await s3.send((client, abortSignal) =>
          client.send(
            new CopyObjectCommand({
              Bucket: s3.bucket,
              Key: s3.fullKey(to),
              CopySource: path.map(encodeURIComponent).join('/'),
              MetadataDirective: 'REPLACE',
              ContentType: contentType,
              Metadata: { sha256 },
            }),
            { abortSignal },
          ),
        )
        return true
      } catch (error) {
        if (statusOf(error) === 404 && errorNameOf(error) !== 'NoSuchBucket') {
          throw new VitrineError('not_found', `There is no ${from} in “${place.bucket}”.`, undefined, { cause: error })
        }
        // Keys that may not read the other bucket, a file too large for one request, a server that copies only within one.
        if ([400, 403, 405, 411, 501].includes(statusOf(error) ?? 0)) return false
        throw error
      }
    },
    probe: (key) => probeBucket(s3, key, link(key, 60)),
    link,
    async delete(key) {
      await s3.send((client, abortSignal) =>
        client.send(new DeleteObjectCommand({ Bucket: s3.bucket, Key: s3.fullKey(key) }), { abortSignal }),
      )
    },
    close: () => s3.close(),
  }
}

/** Bytes with their hashes. */
interface HashedBytes {
  readonly bytes: Uint8Array
  readonly sha256: Buffer
  readonly md5: Buffer
}

function hashed(bytes: Uint8Array): HashedBytes {
  return {
    bytes,
    sha256: createHash('sha256').update(bytes).digest(),
    md5: createHash('md5').update(bytes).digest(),
  }
}

/** Hashes are taken as it is read, so that nothing else waits for all of it. */
async function readHashed({ path, size, signal }: PutFile): Promise<HashedBytes> {
  const handle = await openLocalFile(path, size)
  try {
    const bytes = Buffer.allocUnsafe(size)
    const hashes = [createHash('sha256'), createHash('md5')] as const
    await readAndHash(handle, path, bytes, 0, hashes, signal)
    const [sha256, md5] = hashes
    return { bytes, sha256: sha256.digest(), md5: md5.digest() }
  } finally {
    await handle.close()
  }
}

function isChecksumUnsupported(error: unknown): boolean {
  const status = statusOf(error)
  const cause = error instanceof VitrineError && error.cause instanceof Error ? error.cause.message : ''
  return (status === 400 || status === 501) && /checksum/i.test(cause) && !/match/i.test(cause)
}

/** Somebody else wrote the key a moment ago, or does so at the same time. */
function isOccupied(error: unknown): boolean {
  return statusOf(error) === 412 || (statusOf(error) === 409 && errorNameOf(error) === 'ConditionalRequestConflict')
}

function isConditionUnsupported(error: unknown): boolean {
  return statusOf(error) === 501 || (statusOf(error) === 400 && errorNameOf(error) === 'InvalidArgument')
}

function wrongContent(key: string): VitrineError {
  return new VitrineError('remote_checksum', `What the server holds as ${key} is not what was sent. It is sent again.`)
}
