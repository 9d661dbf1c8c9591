import { expect, it } from 'vitest'
import { escapePath, queryText, type RequestToSign, signer, UNSIGNED_PAYLOAD } from './signV4.ts'

/** Keys, time and requests of the examples in AWS, "Signature Calculations for the Authorization Header". */
const keys = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' }
const now = Date.UTC(2013, 4, 24)
const nothing = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
const base = { method: 'GET', path: '/', query: {}, payload: nothing } as const
const host = 'examplebucket.s3.amazonaws.com'

const examples: readonly (readonly [name: string, request: RequestToSign, signature: string])[] = [
  [
    'a read of a range',
    { ...base, path: '/test.txt', headers: { host, range: 'bytes=0-9' } },
    'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
  ],
  [
    'a write',
    {
      method: 'PUT',
      path: escapePath('/test$file.text'),
      query: {},
      headers: { date: 'Fri, 24 May 2013 00:00:00 GMT', host, 'x-amz-storage-class': 'REDUCED_REDUNDANCY' },
      payload: '44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072',
    },
    '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
  ],
  [
    'a question without a value',
    { ...base, query: { lifecycle: '' }, headers: { host } },
    'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543',
  ],
  [
    'a listing',
    { ...base, query: { prefix: 'J', 'max-keys': '2' }, headers: { host } },
    '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
  ],
]

it.each(examples)('signs %s as the specification does', (_, request, signature) => {
  const { authorization } = signer(keys, 'us-east-1').authorized(request, now)
  expect(authorization).toContain(
    'AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,',
  )
  expect(authorization).toMatch(new RegExp(`,Signature=${signature}$`))
})

it('signs the token of temporary keys, and makes a new key every day', () => {
  const request = { ...base, headers: { host } }
  const temporary = signer({ ...keys, sessionToken: 'of a session' }, 'us-east-1')
  const headers = temporary.authorized(request, now)
  expect(headers['x-amz-security-token']).toBe('of a session')
  expect(headers.authorization).toContain('SignedHeaders=host;x-amz-content-sha256;x-amz-date;x-amz-security-token,')
  const sameAgain = signer({ ...keys, sessionToken: 'of a session' }, 'us-east-1')
  const tomorrow = now + 86_400_000
  expect(temporary.authorized(request, tomorrow)).toEqual(sameAgain.authorized(request, tomorrow))
})

it('says when a payload is not signed', () => {
  const headers = signer(keys, 'us-east-1').authorized({ ...base, headers: { host }, payload: UNSIGNED_PAYLOAD }, now)
  expect(headers['x-amz-content-sha256']).toBe('UNSIGNED-PAYLOAD')
})

it('escapes everything but unreserved characters, once, and orders what is asked by name', () => {
  expect(escapePath("a b/été (1)'+%41.png")).toBe('a%20b/%C3%A9t%C3%A9%20%281%29%27%2B%2541.png')
  expect(queryText({ uploadId: 'a/b+c=', partNumber: '1' })).toBe('partNumber=1&uploadId=a%2Fb%2Bc%3D')
  expect(queryText({ 'a-b': '1', a: '2' })).toBe('a=2&a-b=1')
})
