import { expect, it } from 'vitest'
import { type PresignedObject, presignedUrl } from './presign.ts'

const example: PresignedObject = {
  endpoint: null,
  region: 'us-east-1',
  bucket: 'examplebucket',
  pathStyle: false,
  key: 'test.txt',
  credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' },
  expiresSeconds: 86_400,
  now: Date.UTC(2013, 4, 24),
}

it('signs the example of the specification as it does', () => {
  const url = new URL(presignedUrl(example))
  expect(url.host).toBe('examplebucket.s3.amazonaws.com')
  expect(url.searchParams.get('X-Amz-Signature')).toBe(
    'aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404',
  )
})

it('names the bucket in the path, keeps the port and the folder of the endpoint, and escapes what has to be', () => {
  const url = presignedUrl({
    ...example,
    endpoint: 'http://127.0.0.1:9000/storage/v1/s3/',
    pathStyle: true,
    key: "a b/été (1)'+.png",
  })
  expect(url).toMatch(
    /^http:\/\/127\.0\.0\.1:9000\/storage\/v1\/s3\/examplebucket\/a%20b\/%C3%A9t%C3%A9%20%281%29%27%2B\.png\?X-Amz-/,
  )
})

it('carries a session token, and never lasts longer than a week', () => {
  const url = new URL(
    presignedUrl({ ...example, credentials: { ...example.credentials, sessionToken: 't/+=' }, expiresSeconds: 1e9 }),
  )
  expect(url.searchParams.get('X-Amz-Security-Token')).toBe('t/+=')
  expect(url.searchParams.get('X-Amz-Expires')).toBe('604800')
})
