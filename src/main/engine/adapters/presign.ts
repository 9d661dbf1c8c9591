import type { Credentials } from '../../../shared/domain/remote.ts'
import { LONGEST_SHARE_SECONDS } from '../../../shared/domain/share.ts'
import { escapePath, escapeSegment, queryText, signer, signingTime, UNSIGNED_PAYLOAD } from './signV4.ts'

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
  const bucketPath = object.pathStyle ? `/${escapeSegment(object.bucket)}` : ''
  const path = `${folder}${bucketPath}/${escapePath(object.key)}`

  const time = signingTime(object.now)
  const { credential, signature } = signer(credentials, region)
  const seconds = Math.min(LONGEST_SHARE_SECONDS, Math.max(1, Math.floor(object.expiresSeconds)))
  const query: Record<string, string> = {
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': credential(time),
    'X-Amz-Date': time,
    'X-Amz-Expires': String(seconds),
    ...(credentials.sessionToken === undefined ? {} : { 'X-Amz-Security-Token': credentials.sessionToken }),
    'X-Amz-SignedHeaders': 'host',
  }
  const signed = signature(time, { method: 'GET', path, query, headers: { host }, payload: UNSIGNED_PAYLOAD })
  return `${base.protocol}//${host}${path}?${queryText(query)}&X-Amz-Signature=${signed}`
}

function amazonEndpoint(region: string): string {
  return region === 'us-east-1' ? 'https://s3.amazonaws.com' : `https://s3.${region}.amazonaws.com`
}
