import {
  type ClientRequest,
  type Agent as HttpAgent,
  request as httpRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
} from 'node:http'
import { type Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import type { Socket } from 'node:net'
import { HeadBucketCommand, type S3Client } from '@aws-sdk/client-s3'
import type { Credentials } from '../../../shared/domain/remote.ts'
import type { Pace } from '../ports.ts'
import { pacedBody } from './pacedBody.ts'
import { refusalOf } from './s3Refusal.ts'
import { escapePath, queryText, signer, UNSIGNED_PAYLOAD } from './signV4.ts'

export interface S3Timeouts {
  /** Longest time to get a connection, ms. */
  readonly connectMs: number
  /** Longest time without a byte in either direction, ms; a server that died without a word is noticed after it. */
  readonly idleMs: number
}

/** The connections to one place. */
export interface Agents {
  readonly http: HttpAgent
  readonly https: HttpsAgent
}

/** One of the requests that each file needs. */
export interface DirectRequest {
  readonly method: 'GET' | 'HEAD' | 'PUT'
  /** Full key, not escaped. */
  readonly key: string
  readonly query?: Readonly<Record<string, string>>
  /** Names in lower case. */
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: DirectBody
}
export interface DirectBody {
  readonly bytes: Uint8Array
  /** Hexadecimal; null leaves the payload unsigned, for one that another signed header vouches for. */
  readonly sha256: string | null
  readonly pace?: Pace | undefined
  /** Hears of the bytes as they are handed over. */
  readonly onSent: (bytes: number) => void
}

export interface DirectAnswer {
  readonly headers: IncomingHttpHeaders
  /** Of a GET, to be read to its end or destroyed; of others it has been read. */
  readonly body: IncomingMessage
}

export interface DirectOptions {
  /** Knows how the bucket is addressed. Nothing is sent with it. */
  readonly client: S3Client
  readonly bucket: string
  readonly credentials: Credentials
  readonly region: string
  readonly timeouts: S3Timeouts
  readonly agents: Agents
  /** Ms since the epoch, by the server's clock as far as it is known. */
  readonly now: () => number
  /** The `Date` header of each answer. */
  readonly onDate: (header: string) => void
}

/** Reads and writes objects with requests of our own. */
export interface DirectRequests {
  /** Throws what the network says, `RefusedRequest` for an answer that is an error, `cancelled` of the pace. */
  send(request: DirectRequest, signal: AbortSignal): Promise<DirectAnswer>
}

/**
 * Reads, heads and writes of objects go past the SDK's middleware, which takes longer for a small file than hashing it and
 * sending it. Everything that there is one of for many files stays with the SDK. Source: AWS, "Amazon S3 API Reference"
 * (GetObject, HeadObject, PutObject, UploadPart).
 */
export function directRequests(options: DirectOptions): DirectRequests {
  const { client, bucket, credentials, region, timeouts, agents, now, onDate } = options
  const signing = signer(credentials, region)
  let address: Promise<BucketAddress> | null = null

  async function begin(request: DirectRequest): Promise<ClientRequest> {
    const { method, key, query = {}, body } = request
    // One that could not be found out is asked for again.
    address ??= addressOf(client, bucket).catch((error: unknown) => {
      address = null
      throw error
    })
    const { isTls, hostname, port, host, path: folder } = await address
    const path = `${folder}/${escapePath(key)}`
    const signed = signing.authorized(
      {
        method,
        path,
        query,
        headers: { host, ...request.headers },
        payload: body === undefined ? EMPTY_SHA256 : (body.sha256 ?? UNSIGNED_PAYLOAD),
      },
      now(),
    )
    const asked = queryText(query)
    return (isTls ? httpsRequest : httpRequest)({
      hostname,
      ...(port === undefined ? {} : { port }),
      path: asked === '' ? path : `${path}?${asked}`,
      method,
      headers: body === undefined ? signed : { ...signed, 'content-length': body.bytes.length },
      agent: isTls ? agents.https : agents.http,
      timeout: timeouts.idleMs,
    })
  }

  return {
    async send(request, signal) {
      const { body } = request
      const content = body && (await pacedBody(body.bytes, body.pace, signal, body.onSent))
      const sent = await begin(request)
      const answer = await answerTo(sent, content, timeouts.connectMs, signal)
      onDate(answer.headers.date ?? '')
      const status = answer.statusCode ?? 0
      if (status < 200 || status >= 300) {
        const refusal = await refusalOf(answer)
        // Whatever of the body is not sent yet nobody will read.
        if (!sent.writableFinished) sent.destroy()
        throw refusal
      }
      if (request.method !== 'GET') await drained(answer)
      return { headers: answer.headers, body: answer }
    },
  }
}

const EMPTY_SHA256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

/** Sends the body and resolves with the head of the answer. Until that is read to its end, the signal ends the request. */
function answerTo(
  request: ClientRequest,
  content: Awaited<ReturnType<typeof pacedBody>> | undefined,
  connectMs: number,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const stop = (): void => void request.destroy(new Error('The request was stopped.'))
    request.once('response', resolve)
    request.on('error', reject)
    request.once('timeout', () => request.destroy(timeout('The server has not said anything for too long.')))
    request.once('socket', (socket: Socket) => {
      if (!socket.connecting) return
      const late = setTimeout(() => request.destroy(timeout('The server did not take the connection.')), connectMs)
      const clear = (): void => clearTimeout(late)
      socket.once('connect', clear)
      request.once('close', clear)
    })
    request.once('close', () => signal.removeEventListener('abort', stop))
    signal.addEventListener('abort', stop, { once: true })
    if (signal.aborted) stop()
    if (content === undefined || content instanceof Uint8Array) {
      request.end(content)
      return
    }
    request.once('close', () => content.destroy())
    content.once('error', (error) => request.destroy(error))
    content.pipe(request)
  })
}

/** Called as the SDK calls it. */
function timeout(message: string): Error {
  return Object.assign(new Error(message), { name: 'TimeoutError' })
}

/** The connection can be used again once the answer has been read. */
function drained(answer: IncomingMessage): Promise<void> {
  return new Promise((resolve, reject) => {
    answer.once('end', resolve)
    answer.once('error', reject)
    answer.once('close', () => reject(Object.assign(new Error('aborted'), { code: 'ECONNRESET' })))
    answer.resume()
  })
}

interface BucketAddress {
  readonly isTls: boolean
  readonly hostname: string
  readonly port: number | undefined
  /** As the `Host` header has it. */
  readonly host: string
  /** In front of the key, without a slash at the end. */
  readonly path: string
}

/** What the SDK makes of endpoint, region and bucket: a request is put together, and not sent. */
async function addressOf(client: S3Client, bucket: string): Promise<BucketAddress> {
  const command = new HeadBucketCommand({ Bucket: bucket })
  let found: BucketAddress | null = null
  command.middlewareStack.add(
    () => async (args) => {
      found = readAddress(args.request)
      return { response: args.request, output: { $metadata: {} } }
    },
    { step: 'build', priority: 'low', name: 'vitrineAddress' },
  )
  await client.send(command)
  if (found === null) throw new Error('The SDK put no request together')
  return found
}

function readAddress(request: unknown): BucketAddress {
  const { protocol, hostname, port, path } = request as {
    readonly protocol: string
    readonly hostname: string
    readonly port?: number
    readonly path: string
  }
  return {
    isTls: protocol === 'https:',
    hostname,
    port,
    host: port === undefined ? hostname : `${hostname}:${port}`,
    path: path.replace(/\/+$/, ''),
  }
}
