import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3'
import type { VitrineError } from '../../../shared/contract/errors.ts'
import type { Credentials, RemoteLocation } from '../../../shared/domain/remote.ts'
import { cancelled } from './localFile.ts'
import { notAnS3Server, placeName, type RemotePlace, toRemoteError } from './remoteErrors.ts'

export type S3Location = Extract<RemoteLocation, { kind: 's3' }>

export interface S3Timeouts {
  /** Longest time to get a connection, ms. */
  readonly connectMs: number
  /** Longest time without a byte in either direction, ms; a server that died without a word is noticed after it. */
  readonly idleMs: number
}

/** One S3 client for one bucket: signs, sends, and says in our own error codes what went wrong. */
export interface S3Requests {
  readonly bucket: string
  /** Full key of an object from its key below the remote's prefix. */
  fullKey(key: string): string
  /** The reverse of `fullKey`. */
  relativeKey(fullKey: string): string
  /** Sends one request, at most twice, and only if the server said that our clock was off. */
  send<Output>(
    request: (client: S3Client, abortSignal: AbortSignal) => Promise<Output>,
    signal?: AbortSignal,
  ): Promise<Output>
  /**
   * Tells the SHA-256 (hexadecimal) of a body before it is sent. Signing takes it instead of reading the body for it: so a
   * body can be a stream, and is not hashed again. Source: AWS, "Signature Version 4", `x-amz-content-sha256`.
   */
  withHash<Body extends object>(body: Body, sha256: string): Body
  /** Throws what `send` would for an error of a body that is read later. */
  toError(thrown: unknown): VitrineError
  /** The error for an answer that no S3 server gives. */
  notS3(): VitrineError
  readonly clockOffsetMs: number | null
  close(): void
}

const defaultTimeouts: S3Timeouts = { connectMs: 10_000, idleMs: 45_000 }

/** Makes the client of one bucket. Nothing is sent yet. */
export function s3Requests(location: S3Location, credentials: Credentials, timeouts = defaultTimeouts): S3Requests {
  const client = new S3Client(clientConfig(location, credentials, timeouts))
  const place: RemotePlace = { endpoint: location.endpoint, region: location.region, bucket: location.bucket }
  const prefix = location.prefix === '' ? '' : `${location.prefix}/`
  const ended = new AbortController()
  let clockOffsetMs: number | null = null

  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args)
      const date = Date.parse(dateHeaderOf(result.response))
      if (Number.isFinite(date)) clockOffsetMs = date - Date.now()
      return result
    },
    // Below the deserializer, so that answers that are errors are seen too.
    { step: 'deserialize', priority: 'low', name: 'vitrineServerClock' },
  )

  const payloadHashes = new WeakMap<object, string>()
  client.middlewareStack.add(
    (next) => (args) => {
      const request = partsOfRequest(args.request)
      const sha256 = typeof request?.body === 'object' && request.body !== null && payloadHashes.get(request.body)
      if (request && sha256) request.headers['x-amz-content-sha256'] = sha256
      return next(args)
    },
    { step: 'build', name: 'vitrinePayloadHash' },
  )

  const toError = (thrown: unknown) => toRemoteError(thrown, place, Date.now())
  return {
    bucket: location.bucket,
    fullKey: (key) => prefix + key,
    relativeKey: (fullKey) => (fullKey.startsWith(prefix) ? fullKey.slice(prefix.length) : fullKey),
    get clockOffsetMs() {
      return clockOffsetMs
    },
    async send(request, signal) {
      const stop = signal ? AbortSignal.any([signal, ended.signal]) : ended.signal
      for (let attempt = 1; ; attempt++) {
        if (stop.aborted) throw cancelled()
        try {
          return await request(client, stop)
        } catch (thrown) {
          if (stop.aborted) throw cancelled()
          const error = toError(thrown)
          // The SDK has read the server's time from this answer and signs with it from now on.
          if (error.code === 'remote_clock' && attempt === 1) continue
          throw error
        }
      }
    },
    withHash(body, sha256) {
      payloadHashes.set(body, sha256)
      return body
    },
    toError,
    notS3: () => notAnS3Server(placeName(place)),
    close() {
      ended.abort()
      client.destroy()
    },
  }
}

function partsOfRequest(request: unknown): { body: unknown; headers: Record<string, string> } | null {
  if (typeof request !== 'object' || request === null || !('headers' in request) || !('body' in request)) return null
  return { body: request.body, headers: request.headers as Record<string, string> }
}

const nothing = (): void => undefined
const silent = { trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing }

function clientConfig(location: S3Location, credentials: Credentials, timeouts: S3Timeouts): S3ClientConfig {
  return {
    region: location.region,
    ...(location.endpoint === null ? {} : { endpoint: location.endpoint }),
    forcePathStyle: location.pathStyle,
    credentials: {
      accessKeyId: credentials.accessKeyId,
      secretAccessKey: credentials.secretAccessKey,
      ...(credentials.sessionToken === undefined ? {} : { sessionToken: credentials.sessionToken }),
    },
    // Ceph and Swift of some years ago reject the checksum trailers that the SDK would send by itself.
    requestChecksumCalculation: location.checksums === 'supported' ? 'WHEN_SUPPORTED' : 'WHEN_REQUIRED',
    responseChecksumValidation: location.checksums === 'supported' ? 'WHEN_SUPPORTED' : 'WHEN_REQUIRED',
    // Some servers never answer the question whether a body may come; what they refuse they can say afterwards.
    expectContinueHeader: false,
    // What went wrong is said by our own errors; the SDK would write to the console.
    logger: silent,
    // When and how often to try again is decided by the sync loop, which knows what else there is to do.
    maxAttempts: 1,
    requestHandler: {
      connectionTimeout: timeouts.connectMs,
      socketTimeout: timeouts.idleMs,
      // An upload to a server that is down should find out now, not after waiting for one of few sockets.
      httpAgent: { keepAlive: true, maxSockets: 32 },
      httpsAgent: { keepAlive: true, maxSockets: 32 },
    },
  }
}

function dateHeaderOf(response: unknown): string {
  if (typeof response !== 'object' || response === null || !('headers' in response)) return ''
  const { headers } = response
  if (typeof headers !== 'object' || headers === null || !('date' in headers)) return ''
  return typeof headers.date === 'string' ? headers.date : ''
}
