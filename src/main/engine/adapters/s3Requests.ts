import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'
import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3'
import type { VitrineError } from '../../../shared/contract/errors.ts'
import type { Credentials, RemoteLocation } from '../../../shared/domain/remote.ts'
import { cancelled } from './localFile.ts'
import { notAnS3Server, placeName, type RemotePlace, toRemoteError } from './remoteErrors.ts'
import { type Agents, type DirectAnswer, type DirectRequest, directRequests, type S3Timeouts } from './s3Direct.ts'

export type S3Location = Extract<RemoteLocation, { kind: 's3' }>

/** One bucket: signs, sends, and says in our own error codes what went wrong. */
export interface S3Requests {
  readonly bucket: string
  /** Whether requests carry checksums that S3 does not ask for. */
  readonly sendsChecksums: boolean
  /** Full key of an object from its key below the remote's prefix. */
  fullKey(key: string): string
  /** The reverse of `fullKey`. */
  relativeKey(fullKey: string): string
  /** Sends one request, at most twice, and only if the server said that our clock was off. */
  send<Output>(
    request: (client: S3Client, abortSignal: AbortSignal) => Promise<Output>,
    signal?: AbortSignal,
  ): Promise<Output>
  /** Sends one of the requests that every file needs, past the SDK, and otherwise as `send` does. */
  direct(request: DirectRequest, signal?: AbortSignal): Promise<DirectAnswer>
  /** Throws what `send` would for an error of a body that is read later. */
  toError(thrown: unknown): VitrineError
  /** The error for an answer that no S3 server gives. */
  notS3(): VitrineError
  readonly clockOffsetMs: number | null
  close(): void
}

const defaultTimeouts: S3Timeouts = { connectMs: 10_000, idleMs: 45_000 }
/** An upload to a server that is down should find out now, not after waiting for one of few sockets. */
const sockets = { keepAlive: true, maxSockets: 32 }

/** Makes the client of one bucket. Nothing is sent yet. */
export function s3Requests(location: S3Location, credentials: Credentials, timeouts = defaultTimeouts): S3Requests {
  const agents: Agents = { http: new HttpAgent(sockets), https: new HttpsAgent(sockets) }
  const client = new S3Client(clientConfig(location, credentials, timeouts, agents))
  const place: RemotePlace = { endpoint: location.endpoint, region: location.region, bucket: location.bucket }
  const prefix = location.prefix === '' ? '' : `${location.prefix}/`
  const ended = new AbortController()
  let clockOffsetMs: number | null = null

  /** What is added to our clock to sign, ms: nothing until the server has refused a request because of it. */
  let skewMs = 0
  const noteDate = (header: string): void => {
    const date = Date.parse(header)
    if (Number.isFinite(date)) clockOffsetMs = date - Date.now()
  }
  const direct = directRequests({
    client,
    bucket: location.bucket,
    credentials,
    region: location.region,
    timeouts,
    agents,
    now: () => Date.now() + skewMs,
    onDate: noteDate,
  })

  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args)
      noteDate(dateHeaderOf(result.response))
      return result
    },
    // Below the deserializer, so that answers that are errors are seen too.
    { step: 'deserialize', priority: 'low', name: 'vitrineServerClock' },
  )

  const toError = (thrown: unknown) => toRemoteError(thrown, place, Date.now())

  async function attempted<Output>(
    request: (abortSignal: AbortSignal) => Promise<Output>,
    signal: AbortSignal | undefined,
  ): Promise<Output> {
    const stop = signal ? AbortSignal.any([signal, ended.signal]) : ended.signal
    for (let attempt = 1; ; attempt++) {
      if (stop.aborted) throw cancelled()
      try {
        return await request(stop)
      } catch (thrown) {
        if (stop.aborted) throw cancelled()
        const error = toError(thrown)
        if (error.code !== 'remote_clock' || attempt > 1) throw error
        // Of its own requests the SDK has done the same.
        skewMs = clockOffsetMs ?? 0
      }
    }
  }

  return {
    bucket: location.bucket,
    sendsChecksums: location.checksums === 'supported',
    fullKey: (key) => prefix + key,
    relativeKey: (fullKey) => (fullKey.startsWith(prefix) ? fullKey.slice(prefix.length) : fullKey),
    get clockOffsetMs() {
      return clockOffsetMs
    },
    send: (request, signal) => attempted((stop) => request(client, stop), signal),
    direct: (request, signal) => attempted((stop) => direct.send(request, stop), signal),
    toError,
    notS3: () => notAnS3Server(placeName(place)),
    close() {
      ended.abort()
      client.destroy()
    },
  }
}

const nothing = (): void => undefined
const silent = { trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing }

function clientConfig(
  location: S3Location,
  credentials: Credentials,
  timeouts: S3Timeouts,
  agents: Agents,
): S3ClientConfig {
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
      httpAgent: agents.http,
      httpsAgent: agents.https,
    },
  }
}

function dateHeaderOf(response: unknown): string {
  if (typeof response !== 'object' || response === null || !('headers' in response)) return ''
  const { headers } = response
  if (typeof headers !== 'object' || headers === null || !('date' in headers)) return ''
  return typeof headers.date === 'string' ? headers.date : ''
}
