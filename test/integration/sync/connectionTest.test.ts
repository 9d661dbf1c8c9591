import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '../../../src/main/engine/adapters/openStore.ts'
import type { OpenStore } from '../../../src/main/engine/sync/testRemote.ts'
import { testRemote } from '../../../src/main/engine/sync/testRemote.ts'
import { libraryIdSchema } from '../../../src/shared/domain/ids.ts'
import type { Credentials, RemoteLocation } from '../../../src/shared/domain/remote.ts'
import { describeUnless } from '../support/describeUnless.ts'
import { type CountingProxy, countingProxy } from './support/countingProxy.ts'
import { collect, temporaryFolder } from './support/files.ts'
import { testTimeouts } from './support/syncLibrary.ts'
import { openTestS3, s3Obstacle, type TestS3 } from './support/testS3.ts'

const library = { id: libraryIdSchema.parse('018f2b1e-7c3a-7000-8000-0123456789ab'), name: 'Mine' }
const open: OpenStore = (location, credentials) => openStore(location, credentials, testTimeouts)
const test = (location: RemoteLocation, credentials: Credentials | null) =>
  testRemote(location, credentials, library, open, Date.now())

describeUnless(s3Obstacle, 'the connection test of a bucket', () => {
  let s3: TestS3
  let location: Extract<RemoteLocation, { kind: 's3' }>
  let proxy: CountingProxy
  beforeAll(async () => {
    s3 = await openTestS3()
    location = await s3.place()
    proxy = await countingProxy(s3.endpoint)
  }, 300_000)
  afterAll(async () => {
    await proxy?.close()
    await s3?.close()
  })
  const viaProxy = () => ({ ...location, endpoint: proxy.endpoint })
  const answer = (status: number, code: string, headers: Record<string, string> = {}) => {
    proxy.fault = () => ({
      kind: 'answer',
      status,
      headers,
      body: `<?xml version="1.0"?><Error><Code>${code}</Code><Message>from the test</Message></Error>`,
    })
  }

  it('succeeds, says how the clocks differ, and leaves nothing behind', async () => {
    expect(await test(location, s3.credentials)).toEqual({
      ok: true,
      serverTimeOffsetMs: expect.any(Number),
      latencyMs: expect.any(Number),
      library: null,
      abilities: expect.objectContaining({ ranges: true, readAfterWrite: true, multipart: true, presign: true }),
    })
    const store = open(location, s3.credentials)
    expect(await collect(store.list(''))).toEqual([])
    expect(await collect(store.unfinished(''))).toEqual([])
  })

  it('finds out what a server lacks, and succeeds all the same', async () => {
    const refuse = (status: number, code: string) => ({
      kind: 'answer' as const,
      status,
      body: `<Error><Code>${code}</Code><Message>No such checksum, condition or link here</Message></Error>`,
    })
    proxy.fault = ({ method, headers, query }) => {
      if (query.has('uploads')) return refuse(501, 'NotImplemented')
      if (query.has('X-Amz-Signature')) return refuse(403, 'AccessDenied')
      const isUnknown = headers['if-none-match'] !== undefined || headers['x-amz-checksum-sha256'] !== undefined
      return method === 'PUT' && isUnknown ? refuse(501, 'NotImplemented') : null
    }
    expect(await test(viaProxy(), s3.credentials)).toMatchObject({
      ok: true,
      abilities: { conditionalCreate: false, checksumEcho: false, multipart: false, presign: false, ranges: true },
    })
    proxy.fault = null
  })

  it('names the host when nothing answers there', async () => {
    const dead = await test({ ...location, endpoint: 'http://127.0.0.1:1' }, s3.credentials)
    expect(dead).toMatchObject({ ok: false, problem: 'host', message: expect.stringContaining('127.0.0.1:1') })
    const unknown = await test({ ...location, endpoint: 'http://no-such-host.invalid' }, s3.credentials)
    expect(unknown).toMatchObject({ ok: false, problem: 'host', message: expect.stringContaining('spelling') })
  })

  it('names the host when a server accepts the connection and then says nothing', async () => {
    proxy.fault = () => ({ kind: 'stall' })
    expect(await test(viaProxy(), s3.credentials)).toMatchObject({ ok: false, problem: 'host' })
    proxy.fault = null
  })

  it('names the host when what answers is not an S3 server', async () => {
    const server: Server = createServer((_, response) => {
      response.writeHead(200, { 'content-type': 'text/html' })
      response.end('<!doctype html><html><body>Log in to the hotel’s network</body></html>')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    expect(await test({ ...location, endpoint }, s3.credentials)).toMatchObject({
      ok: false,
      problem: 'host',
      message: expect.stringContaining('not an S3 server'),
    })
    server.close()
  })

  it('names TLS when the server does not speak it', async () => {
    const endpoint = location.endpoint!.replace('http:', 'https:')
    expect(await test({ ...location, endpoint }, s3.credentials)).toMatchObject({
      ok: false,
      problem: 'tls',
      message: expect.stringContaining('http://'),
    })
  })

  it('names the secret key when the signature is wrong, and both keys where the server does not tell them apart', async () => {
    const wrong = await test(location, { ...s3.credentials, secretAccessKey: 'wrong' })
    expect(wrong).toMatchObject({ ok: false, problem: 'secret_key', message: expect.stringMatching(/secret/i) })
    const unknown = await test(location, { ...s3.credentials, accessKeyId: 'nobody:here' })
    expect(unknown).toMatchObject({ ok: false, message: expect.stringMatching(/access key/) })
    if (unknown.ok) throw new Error('an unknown key was accepted')
    expect(['access_key', 'secret_key']).toContain(unknown.problem)
  })

  it('names the access key where the server says that it does not know it', async () => {
    answer(403, 'InvalidAccessKeyId')
    expect(await test(viaProxy(), s3.credentials)).toMatchObject({ ok: false, problem: 'access_key' })
    proxy.fault = null
  })

  it('names the secret key alone where the server tells the two apart', async () => {
    proxy.fault = () => ({
      kind: 'answer',
      status: 403,
      body: `<Error><Code>${proxy.requests.length % 2 ? 'SignatureDoesNotMatch' : 'InvalidAccessKeyId'}</Code></Error>`,
    })
    if (proxy.requests.length % 2)
      await open(viaProxy(), s3.credentials)
        .head('even')
        .catch(() => undefined)
    const result = await test(viaProxy(), s3.credentials)
    proxy.fault = null
    expect(result).toMatchObject({ ok: false, problem: 'secret_key', message: expect.not.stringContaining('both') })
  })

  it('asks for keys when there are none', async () => {
    expect(await test(location, null)).toMatchObject({ ok: false, problem: 'access_key' })
  })

  it('names the bucket', async () => {
    const result = await test({ ...location, bucket: 'there-is-no-such-bucket' }, s3.credentials)
    expect(result).toMatchObject({
      ok: false,
      problem: 'bucket',
      message: expect.stringContaining('there-is-no-such-bucket'),
    })
    expect(await test({ ...location, bucket: 'Not A Bucket!' }, s3.credentials)).toMatchObject({
      ok: false,
      problem: 'bucket',
    })
  })

  it('names the region, and the right one if the server told it', async () => {
    expect(await test({ ...location, region: 'eu-central-1' }, s3.credentials)).toMatchObject({
      ok: false,
      problem: 'region',
      message: expect.stringContaining('“us-east-1”'),
    })
  })

  it('names the permission when the keys are right but may not do this', async ({ skip }) => {
    if (!s3.stranger) skip('this server has no second pair of keys')
    expect(await test(location, s3.stranger)).toMatchObject({ ok: false, problem: 'permission' })
  })

  it('works with a clock that is wrong, and names it when the server still minds', async () => {
    answer(403, 'RequestTimeTooSkewed')
    expect(await test(viaProxy(), s3.credentials)).toMatchObject({ ok: false, problem: 'clock' })
    proxy.fault = null
  })

  it('names the server when it fails or is overloaded', async () => {
    answer(500, 'InternalError')
    expect(await test(viaProxy(), s3.credentials)).toMatchObject({ ok: false, problem: 'server' })
    answer(503, 'SlowDown', { 'retry-after': '3' })
    expect(await test(viaProxy(), s3.credentials)).toMatchObject({ ok: false, problem: 'server' })
    proxy.fault = null
  })

  it.each(['/a', 'a/', 'a//b', '../b'])('refuses the prefix %j', async (prefix) => {
    expect(await test({ ...location, prefix }, s3.credentials)).toMatchObject({
      ok: false,
      message: expect.stringContaining('prefix'),
    })
  })

  it('finds a library among other things that are in the bucket', async () => {
    const crowded = { ...location, prefix: 'crowded' }
    const store = open(crowded, s3.credentials)
    for (const key of ['a.txt', 'aaa/1', 'aaa/2', 'b/c/d', 'zzz/1'])
      await store.putBytes(key, Buffer.from('x'), 'text/plain')
    expect(await test(crowded, s3.credentials)).toMatchObject({ ok: true, library: null })
    const other = {
      id: '018f2b1e-7c3a-7000-8000-000000000000',
      name: 'Theirs',
      format: 1,
      minimum: { read: 1, write: 1 },
    }
    await store.putBytes(`${other.id}/library.json`, Buffer.from(JSON.stringify(other)), 'application/json')
    expect(await test(crowded, s3.credentials)).toMatchObject({
      ok: false,
      problem: 'other_library',
      message: expect.stringContaining('Theirs'),
    })
  })
})

describe('the connection test of a folder', () => {
  const work = temporaryFolder()
  afterAll(() => work.remove())

  it('succeeds and leaves nothing behind', async () => {
    const location: RemoteLocation = { kind: 'folder', path: work.path, prefix: 'p' }
    expect(await test(location, null)).toMatchObject({ ok: true, library: null })
    expect(await collect(open(location, null).list(''))).toEqual([])
  })

  it('names the folder when it is not there, or is a file', async () => {
    const missing = join(work.path, 'not', 'there')
    expect(await test({ kind: 'folder', path: missing, prefix: '' }, null)).toMatchObject({
      ok: false,
      problem: 'folder',
      message: expect.stringContaining(missing),
    })
    const file = join(work.path, 'a-file')
    writeFileSync(file, 'x')
    expect(await test({ kind: 'folder', path: file, prefix: '' }, null)).toMatchObject({ ok: false, problem: 'folder' })
  })

  it('says what is in the way', async () => {
    const root = join(work.path, 'blocked')
    mkdirSync(root)
    writeFileSync(join(root, 'p'), 'a file where the prefix should be')
    expect(await test({ kind: 'folder', path: root, prefix: 'p' }, null)).toMatchObject({
      ok: false,
      problem: 'folder',
      message: expect.stringContaining('in the way'),
    })
  })
})
