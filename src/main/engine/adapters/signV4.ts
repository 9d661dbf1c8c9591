import { createHash, createHmac } from 'node:crypto'
import type { Credentials } from '../../../shared/domain/remote.ts'

/** Stands in place of a payload's hash where the payload is shown to be right in another way. */
export const UNSIGNED_PAYLOAD = 'UNSIGNED-PAYLOAD'

export interface RequestToSign {
  readonly method: string
  /** As it is sent: escaped. */
  readonly path: string
  /** Not escaped. */
  readonly query: Readonly<Record<string, string>>
  /** All of these are signed. Names are in lower case, and `host` is one of them. */
  readonly headers: Readonly<Record<string, string>>
  /** SHA-256 of the body, hexadecimal, or `UNSIGNED_PAYLOAD`. */
  readonly payload: string
}

/** Makes signatures with one pair of keys for one region. */
export interface Signer {
  /** Key, date and region, as they are named beside a signature. */
  credential(time: string): string
  /** Hexadecimal. */
  signature(time: string, request: RequestToSign): string
  /** The headers of a request with those that authorise it. `now` in ms since the epoch, by the server's clock. */
  authorized(request: RequestToSign, now: number): Record<string, string>
}

/** Source: AWS, "Authenticating Requests (AWS Signature Version 4)". */
export function signer(credentials: Credentials, region: string): Signer {
  let key: { readonly day: string; readonly bytes: Buffer } | null = null

  function keyOf(day: string): Buffer {
    if (key?.day === day) return key.bytes
    const bytes = [day, region, 's3', 'aws4_request'].reduce<Buffer>(
      (secret, part) => createHmac('sha256', secret).update(part).digest(),
      Buffer.from(`AWS4${credentials.secretAccessKey}`),
    )
    key = { day, bytes }
    return bytes
  }
  const scopeOf = (time: string): string => `${time.slice(0, 8)}/${region}/s3/aws4_request`
  const credential = (time: string): string => `${credentials.accessKeyId}/${scopeOf(time)}`

  function signature(time: string, request: RequestToSign): string {
    const hash = createHash('sha256').update(canonical(request)).digest('hex')
    return createHmac('sha256', keyOf(time.slice(0, 8)))
      .update(`AWS4-HMAC-SHA256\n${time}\n${scopeOf(time)}\n${hash}`)
      .digest('hex')
  }

  return {
    credential,
    signature,
    authorized(request, now) {
      const time = signingTime(now)
      const headers: Record<string, string> = {
        ...request.headers,
        'x-amz-content-sha256': request.payload,
        'x-amz-date': time,
        ...(credentials.sessionToken === undefined ? {} : { 'x-amz-security-token': credentials.sessionToken }),
      }
      const names = signedHeaders(headers)
      const signed = signature(time, { ...request, headers })
      headers.authorization = `AWS4-HMAC-SHA256 Credential=${credential(time)},SignedHeaders=${names},Signature=${signed}`
      return headers
    },
  }
}

/** `yyyymmddThhmmssZ`, of ms since the epoch. */
export function signingTime(now: number): string {
  return `${new Date(now).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`
}

/** Names and values as they are signed, and may be sent: escaped, by name. */
export function queryText(query: Readonly<Record<string, string>>): string {
  return Object.entries(query)
    .map(([name, value]): [string, string] => [escapeSegment(name), escapeSegment(value)])
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&')
}

/** A key or another path, whose slashes stay. */
export function escapePath(path: string): string {
  return path.split('/').map(escapeSegment).join('/')
}

/** Everything but the unreserved characters, as the signature wants it (RFC 3986, section 2.3). */
export function escapeSegment(text: string): string {
  return encodeURIComponent(text).replaceAll(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
}

function signedHeaders(headers: Readonly<Record<string, string>>): string {
  return Object.keys(headers).sort().join(';')
}

function canonical({ method, path, query, headers, payload }: RequestToSign): string {
  let lines = ''
  for (const name of Object.keys(headers).sort()) {
    lines += `${name}:${(headers[name] ?? '').trim().replaceAll(/ {2,}/g, ' ')}\n`
  }
  return `${method}\n${path}\n${queryText(query)}\n${lines}\n${signedHeaders(headers)}\n${payload}`
}
