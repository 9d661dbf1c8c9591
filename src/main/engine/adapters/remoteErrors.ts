import { type ErrorCode, VitrineError } from '../../../shared/contract/errors.ts'
import { errnoOf } from './localFile.ts'

/** What the messages name: the settings a person would have to change. */
export interface RemotePlace {
  /** Null for Amazon's own. */
  readonly endpoint: string | null
  readonly region: string
  readonly bucket: string
}

/** What S3 servers and their SDK throw, as far as it is looked at. */
interface ServiceAnswer {
  readonly name: string
  readonly message: string
  readonly status: number | undefined
  readonly headers: Readonly<Record<string, string>>
  readonly region: string | undefined
}

const LONGEST_RETRY_AFTER_MS = 3_600_000

const TLS_ERRNO =
  /^(EPROTO|ERR_SSL_|ERR_TLS_|CERT_|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_(VERIFY|GET)_|HOSTNAME_MISMATCH)/
const UNREACHABLE_ERRNO =
  /^(ECONNREFUSED|ECONNRESET|ECONNABORTED|EPIPE|ETIMEDOUT|EHOSTUNREACH|EHOSTDOWN|ENETUNREACH|ENETDOWN|EADDRNOTAVAIL|ENOTFOUND|EAI_[A-Z]+|ERR_STREAM_PREMATURE_CLOSE|HPE_[A-Z_]+)$/

/**
 * Turns whatever a request to an S3 server threw into a `VitrineError` with a `remote_*` code whose message says what
 * to change. A throttled answer carries `retryAfterMs` in its details when the server named a time.
 */
export function toRemoteError(thrown: unknown, place: RemotePlace, now: number): VitrineError {
  if (thrown instanceof VitrineError) return thrown
  const fail = (code: ErrorCode, message: string, details?: VitrineError['details']) =>
    new VitrineError(code, message, details, { cause: thrown })
  const where = placeName(place)

  const network = networkFailure(thrown, where)
  if (network) return fail(network.code, network.message)

  const answer = answerOf(thrown)
  if (answer.status === undefined) {
    return fail('remote_server', `${where} gave an answer that makes no sense: ${answer.message}`)
  }
  switch (answer.name) {
    case 'InvalidAccessKeyId':
    case 'InvalidSecurity':
    case 'UnrecognizedClientException':
      return fail('remote_access_key', `${where} does not know this access key. Check the access key ID.`)
    case 'ExpiredToken':
    case 'InvalidToken':
    case 'TokenRefreshRequired':
      return fail('remote_access_key', `${where} says that these temporary keys have expired. Enter new ones.`)
    case 'SignatureDoesNotMatch':
      return fail('remote_secret_key', `${where} refused the signature. Check the secret access key.`)
    case 'NoSuchBucket':
      return fail(
        'remote_bucket',
        `There is no bucket “${place.bucket}” at ${where}. Check its name, or create it there first.`,
      )
    case 'InvalidBucketName':
      return fail('remote_bucket', `“${place.bucket}” is not a name that a bucket can have. Check the bucket’s name.`)
    case 'AuthorizationHeaderMalformed':
    case 'PermanentRedirect':
    case 'TemporaryRedirect':
    case 'IllegalLocationConstraintException':
    case 'InvalidRegion':
      return fail('remote_region', regionMessage(answer, place, where))
    case 'RequestTimeTooSkewed':
    case 'RequestExpired':
      return fail('remote_clock', `${where} says that this computer’s clock is wrong. Set the date and time.`)
    case 'BadDigest':
    case 'XAmzContentSHA256Mismatch':
    case 'InvalidDigest':
      return fail('remote_checksum', 'The bytes were damaged on their way to the server. They will be sent again.')
    case 'EntityTooLarge':
      return fail('file_too_large', `The file is larger than ${where} accepts.`)
    case 'QuotaExceeded':
    case 'InsufficientStorage':
      return fail('disk_full', `The bucket “${place.bucket}” is full. Make room there or raise its quota.`)
    case 'SlowDown':
    case 'TooManyRequests':
    case 'TooManyRequestsException':
    case 'RequestLimitExceeded':
    case 'Throttling':
    case 'ThrottlingException':
      return throttled(answer, where, now, thrown)
    default:
      return byStatus(answer, place, where, now, thrown)
  }
}

/** How messages call a place. */
export function placeName(place: RemotePlace): string {
  return place.endpoint ?? `Amazon S3 in ${place.region}`
}

/** The error for a server that answers, but not as S3 does: a wrong address, or a network that wants a login first. */
export function notAnS3Server(where: string, cause?: unknown): VitrineError {
  return new VitrineError(
    'remote_unreachable',
    `What answers at ${where} is not an S3 server. Check the endpoint, and whether this network wants you to log in.`,
    undefined,
    { cause },
  )
}

/** The name that the server or the SDK gave an error, such as `NoSuchUpload`. */
export function errorNameOf(thrown: unknown): string {
  const cause = thrown instanceof VitrineError && thrown.cause !== undefined ? thrown.cause : thrown
  return cause instanceof Error ? cause.name : ''
}

/** An ETag without its quotes. */
export function unquote(etag: string): string {
  return etag.replace(/^"|"$/g, '')
}

/** The HTTP status of the answer behind an error, undefined when there was none. */
export function statusOf(thrown: unknown): number | undefined {
  return answerOf(thrown instanceof VitrineError && thrown.cause !== undefined ? thrown.cause : thrown).status
}

function networkFailure(thrown: unknown, where: string): { code: ErrorCode; message: string } | null {
  const errno = errnoOf(thrown) ?? ''
  const name = thrown instanceof Error ? thrown.name : ''
  // A connection to a host with several addresses fails with all their errors at once.
  if (thrown instanceof AggregateError && thrown.errors.length > 0) return networkFailure(thrown.errors[0], where)
  if (errno === 'EPROTO' || errno === 'ERR_SSL_WRONG_VERSION_NUMBER') {
    return {
      code: 'remote_tls',
      message: `${where} does not speak TLS. If it is a server of your own, try http:// instead of https://.`,
    }
  }
  if (TLS_ERRNO.test(errno)) {
    return {
      code: 'remote_tls',
      message: `The certificate of ${where} cannot be trusted (${errno}). Check the address, or install the certificate’s authority on this computer.`,
    }
  }
  if (errno === 'ENOTFOUND' || errno.startsWith('EAI_')) {
    return {
      code: 'remote_unreachable',
      message: `No server with the name of ${where} was found. Check the endpoint’s spelling and the network connection.`,
    }
  }
  if (errno === 'ECONNREFUSED') {
    return {
      code: 'remote_unreachable',
      message: `Nothing answers at ${where}. Check the endpoint’s address and port, and whether the server runs.`,
    }
  }
  if (errno.startsWith('HPE_')) {
    return notAnS3Server(where)
  }
  if (UNREACHABLE_ERRNO.test(errno) || name === 'TimeoutError') {
    return {
      code: 'remote_unreachable',
      message: `The connection to ${where} was lost. Check the network connection and whether the server runs.`,
    }
  }
  return null
}

function byStatus(
  answer: ServiceAnswer,
  place: RemotePlace,
  where: string,
  now: number,
  thrown: unknown,
): VitrineError {
  const fail = (code: ErrorCode, message: string) => new VitrineError(code, message, undefined, { cause: thrown })
  const status = answer.status ?? 0
  if (isNotS3(answer)) {
    return notAnS3Server(where, thrown)
  }
  if (status === 429 || (status === 503 && answer.headers['retry-after'] !== undefined)) {
    return throttled(answer, where, now, thrown)
  }
  if (status === 401) return fail('remote_access_key', `${where} does not accept these keys. Check both of them.`)
  if (status === 403) {
    return fail(
      'remote_permission',
      `${where} knows these keys, but does not allow them to do this in the bucket “${place.bucket}”. Give them the right to list, read, write and delete objects there.`,
    )
  }
  if (status === 301 || status === 307) return fail('remote_region', regionMessage(answer, place, where))
  if (status === 404) {
    return fail('remote_bucket', `${where} has no such object or bucket (“${place.bucket}”). Check the bucket’s name.`)
  }
  if (status === 413) return fail('file_too_large', `The file is larger than ${where} accepts.`)
  if (status === 507) return fail('disk_full', `The bucket “${place.bucket}” is full. Make room there.`)
  return fail('remote_server', `${where} failed with “${answer.name}: ${answer.message}” (status ${status}).`)
}

/** S3 answers in XML; a page of HTML or JSON comes from something else, such as a proxy's login page. */
function isNotS3(answer: ServiceAnswer): boolean {
  const type = answer.headers['content-type'] ?? ''
  return (answer.status ?? 0) < 500 && /html/i.test(type)
}

function throttled(answer: ServiceAnswer, where: string, now: number, cause: unknown): VitrineError {
  const retryAfterMs = parseRetryAfter(answer.headers['retry-after'], now)
  return new VitrineError(
    'remote_throttled',
    `${where} asks to slow down. Uploads go on by themselves after a pause.`,
    retryAfterMs === null ? undefined : { retryAfterMs },
    { cause },
  )
}

/** Milliseconds that a `Retry-After` header asks for (seconds or a date), at most an hour; null without one. */
export function parseRetryAfter(header: string | undefined, now: number): number | null {
  if (header === undefined || header.trim() === '') return null
  const seconds = Number(header)
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - now
  return Number.isFinite(ms) ? Math.min(Math.max(ms, 0), LONGEST_RETRY_AFTER_MS) : null
}

function regionMessage(answer: ServiceAnswer, place: RemotePlace, where: string): string {
  const expected =
    answer.region ?? answer.headers['x-amz-bucket-region'] ?? /expecting '([^']+)'/.exec(answer.message)?.[1]
  return expected
    ? `The bucket “${place.bucket}” at ${where} is in the region “${expected}”, not “${place.region}”. Change the region.`
    : `The bucket “${place.bucket}” at ${where} is not in the region “${place.region}”. Check the region and the endpoint.`
}

function answerOf(thrown: unknown): ServiceAnswer {
  const value: Record<string, unknown> = typeof thrown === 'object' && thrown !== null ? { ...thrown } : {}
  const metadata = asRecord(value.$metadata)
  // The SDK keeps the raw answer in a property that is not enumerable.
  const response = asRecord(
    typeof thrown === 'object' && thrown !== null ? Reflect.get(thrown, '$response') : undefined,
  )
  const headers: Record<string, string> = {}
  for (const [name, header] of Object.entries(asRecord(response.headers))) headers[name.toLowerCase()] = String(header)
  const status = metadata.httpStatusCode ?? response.statusCode
  return {
    name: thrown instanceof Error ? thrown.name : 'unknown',
    message: thrown instanceof Error ? thrown.message : String(thrown),
    status: typeof status === 'number' ? status : undefined,
    headers,
    region: typeof value.Region === 'string' ? value.Region : undefined,
  }
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
