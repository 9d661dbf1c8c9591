import { describe, expect, it } from 'vitest'
import { VitrineError } from '../../../shared/contract/errors.ts'
import { parseRetryAfter, toRemoteError } from './remoteErrors.ts'

const place = { endpoint: 'https://s3.example.org', region: 'us-east-1', bucket: 'pictures' }
const NOW = Date.UTC(2026, 10, 21, 12)

/** An error as the SDK throws it: the raw answer is a property that is not enumerable. */
function answer(name: string, status: number, headers: Record<string, string> = {}, more: object = {}): Error {
  const error = Object.assign(new Error('from the server'), { name, $metadata: { httpStatusCode: status } }, more)
  Object.defineProperty(error, '$response', { value: { statusCode: status, headers }, enumerable: false })
  return error
}
const network = (code: string) => Object.assign(new Error(code), { code })
const codeOf = (thrown: unknown) => toRemoteError(thrown, place, NOW).code

describe('what a server or the network says', () => {
  it.each([
    ['ENOTFOUND', 'remote_unreachable'],
    ['EAI_AGAIN', 'remote_unreachable'],
    ['ECONNREFUSED', 'remote_unreachable'],
    ['ECONNRESET', 'remote_unreachable'],
    ['EPIPE', 'remote_unreachable'],
    ['ENETUNREACH', 'remote_unreachable'],
    ['HPE_INVALID_CONSTANT', 'remote_unreachable'],
    ['CERT_HAS_EXPIRED', 'remote_tls'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'remote_tls'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'remote_tls'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'remote_tls'],
    ['EPROTO', 'remote_tls'],
  ])('%s means %s', (errno, code) => expect(codeOf(network(errno))).toBe(code))

  it.each([
    ['InvalidAccessKeyId', 403, 'remote_access_key'],
    ['ExpiredToken', 400, 'remote_access_key'],
    ['Unauthorized', 401, 'remote_access_key'],
    ['SignatureDoesNotMatch', 403, 'remote_secret_key'],
    ['NoSuchBucket', 404, 'remote_bucket'],
    ['AuthorizationHeaderMalformed', 400, 'remote_region'],
    ['PermanentRedirect', 301, 'remote_region'],
    ['AccessDenied', 403, 'remote_permission'],
    ['Forbidden', 403, 'remote_permission'],
    ['RequestTimeTooSkewed', 403, 'remote_clock'],
    ['SlowDown', 503, 'remote_throttled'],
    ['Unknown', 429, 'remote_throttled'],
    ['ServiceUnavailable', 503, 'remote_server'],
    ['InternalError', 500, 'remote_server'],
    ['BadDigest', 400, 'remote_checksum'],
    ['XAmzContentSHA256Mismatch', 400, 'remote_checksum'],
    ['EntityTooLarge', 400, 'file_too_large'],
    ['InsufficientStorage', 507, 'disk_full'],
  ] as const)('%s with status %d means %s', (name, status, code) => expect(codeOf(answer(name, status))).toBe(code))

  it('a time-out is a server that cannot be reached, also one of several addresses', () => {
    expect(codeOf(Object.assign(new Error('late'), { name: 'TimeoutError' }))).toBe('remote_unreachable')
    expect(codeOf(new AggregateError([network('ECONNREFUSED'), network('EHOSTUNREACH')]))).toBe('remote_unreachable')
  })

  it('a page of HTML does not come from an S3 server', () => {
    expect(codeOf(answer('UnknownError', 404, { 'Content-Type': 'text/html; charset=utf-8' }))).toBe(
      'remote_unreachable',
    )
  })

  it('names what to change', () => {
    const say = (thrown: unknown) => toRemoteError(thrown, place, NOW).message
    expect(say(answer('NoSuchBucket', 404))).toContain('“pictures”')
    expect(say(network('ENOTFOUND'))).toContain('https://s3.example.org')
    expect(say(answer('AuthorizationHeaderMalformed', 400, {}, { Region: 'eu-west-3' }))).toContain('“eu-west-3”')
    expect(say(answer('PermanentRedirect', 301, { 'x-amz-bucket-region': 'eu-west-3' }))).toContain('“eu-west-3”')
  })

  it('keeps the time that a server asks for', () => {
    expect(toRemoteError(answer('SlowDown', 503, { 'Retry-After': '12' }), place, NOW).details).toEqual({
      retryAfterMs: 12_000,
    })
  })

  it('leaves an error of ours as it is', () => {
    const error = new VitrineError('cancelled', 'x')
    expect(toRemoteError(error, place, NOW)).toBe(error)
  })
})

describe('Retry-After', () => {
  it('is seconds or a date, and at most an hour', () => {
    expect(parseRetryAfter('5', NOW)).toBe(5000)
    expect(parseRetryAfter(new Date(NOW + 60_000).toUTCString(), NOW)).toBe(60_000)
    expect(parseRetryAfter(new Date(NOW - 60_000).toUTCString(), NOW)).toBe(0)
    expect(parseRetryAfter('999999', NOW)).toBe(3_600_000)
    expect(parseRetryAfter('soon', NOW)).toBeNull()
    expect(parseRetryAfter(undefined, NOW)).toBeNull()
  })
})
