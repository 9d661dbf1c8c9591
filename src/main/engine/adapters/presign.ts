import { createHash, createHmac } from 'node:crypto'
import type { Credentials } from '../../../shared/domain/remote.ts'
import { LONGEST_SHARE_SECONDS } from '../../../shared/domain/share.ts'

export interface PresignedObject {
  /** Null for Amazon's own. */
  readonly endpoint: string | null
  readonly region: string
  readonly bucket: string
  readonly pathStyle: boolean
  readonly key: string
  readonly credentials: Credentials
  /** From `now` on (ms since the epoch, by the server's clock), at most a week. */
  readonly expiresSeconds: number
  readonly now: number
}

/**
 * An address that lets anybody read one object until it expires. Nothing is asked of the server.
 * Source: AWS, "Authenticating Requests: Using Query Parameters (AWS Signature Version 4)".
 */
export function presignedUrl(object: PresignedObject): string {
  const { region, credentials } = object
  const base = new URL(object.endpoint ?? amazonEndpoint(region))
  const folder = base.pathname.replace(/\/$/, '')
  const host = object.pathStyle ? base.host : `${object.bucket}.${base.host}`
  const bucketPath = object.pathStyle ? `/${encodeSegment(object.bucket)}` : ''
  const path = `${folder}${bucketPath}/${object.key.split('/').map(encodeSegment).join('/')}`

  const time = `${new Date(object.now).toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`
  const scope = `${time.slice(0, 8)}/${region}/s3/aws4_request`
  const seconds = Math.min(LONGEST_SHARE_SECONDS, Math.max(1, Math.floor(object.expiresSeconds)))
  const query: Record<string, string> = {
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': `${credentials.accessKeyId}/${scope}`,
    'X-Amz-Date': time,
    'X-Amz-Expires': String(seconds),
    ...(credentials.sessionToken === undefined ? {} : { 'X-Amz-Security-Token': credentials.sessionToken }),
    'X-Amz-SignedHeaders': 'host',
  }
  const queryText = Object.entries(query)
    .map(([name, value]) => `${name}=${encodeSegment(value)}`)
    .join('&')
  const canonical = ['GET', path, queryText, `host:${host}`, '', 'host', 'UNSIGNED-PAYLOAD'].join('\n')
  const toSign = ['AWS4-HMAC-SHA256', time, scope, createHash('sha256').update(canonical).digest('hex')].join('\n')
  const key = [time.slice(0, 8), region, 's3', 'aws4_request'].reduce<Buffer>(
    (secret, part) => createHmac('sha256', secret).update(part).digest(),
    Buffer.from(`AWS4${credentials.secretAccessKey}`),
  )
  const signature = createHmac('sha256', key).update(toSign).digest('hex')
  return `${base.protocol}//${host}${path}?${queryText}&X-Amz-Signature=${signature}`
}

function amazonEndpoint(region: string): string {
  return region === 'us-east-1' ? 'https://s3.amazonaws.com' : `https://s3.${region}.amazonaws.com`
}

/** Everything but the unreserved characters, as the signature wants it (RFC 3986, section 2.3). */
function encodeSegment(text: string): string {
  return encodeURIComponent(text).replaceAll(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
}
