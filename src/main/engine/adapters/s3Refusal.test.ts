import { Readable } from 'node:stream'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { toRemoteError } from './remoteErrors.ts'
import { RefusedRequest, refusalOf } from './s3Refusal.ts'

const place = { endpoint: 'https://s3.example', region: 'eu-central-1', bucket: 'photos' }
const codeOf = (status: number, text: string, headers = {}) =>
  toRemoteError(new RefusedRequest(status, headers, text), place, 0).code

it('reads the code, the message and the region of an answer', () => {
  const text =
    '<?xml version="1.0"?>\n<Error><Code>PermanentRedirect</Code><Message>a &lt; b &amp;amp;</Message><Region>us-west-2</Region></Error>'
  const refusal = new RefusedRequest(301, {}, text)
  expect(refusal).toMatchObject({ name: 'PermanentRedirect', message: 'a < b &amp;', Region: 'us-west-2' })
  expect(toRemoteError(refusal, place, 0)).toMatchObject({ code: 'remote_region' })
})

it('becomes the error that the same answer to the SDK would', () => {
  expect(codeOf(403, '<Error><Code>SignatureDoesNotMatch</Code><Message>x</Message></Error>')).toBe('remote_secret_key')
  expect(codeOf(404, '<Error><Code>NoSuchBucket</Code><Message>x</Message></Error>')).toBe('remote_bucket')
  expect(codeOf(403, '')).toBe('remote_permission')
  expect(codeOf(503, '', { 'retry-after': '3' })).toBe('remote_throttled')
  expect(codeOf(511, '<html>Log in</html>', { 'content-type': 'text/html' })).toBe('remote_server')
  expect(codeOf(404, '<html>Not here</html>', { 'content-type': 'text/html' })).toBe('remote_unreachable')
})

it('never throws for what a server says, and reads no more of it than is sensible', async () => {
  fc.assert(
    fc.property(fc.string(), fc.constantFrom('Code', 'Message', 'Region'), (text, name) => {
      const refusal = new RefusedRequest(400, {}, `<Error><${name}>${text}`)
      expect(refusal.name).toBe('Unknown')
    }),
    { numRuns: 200 },
  )
  let sent = 0
  const endless = Readable.from(
    (function* () {
      for (;;) {
        sent += 1000
        yield Buffer.alloc(1000, '<')
      }
    })(),
  )
  const refusal = await refusalOf(Object.assign(endless, { statusCode: 500, headers: {} }) as never)
  expect(refusal.$metadata.httpStatusCode).toBe(500)
  expect(sent).toBeLessThan(1_000_000)
})
