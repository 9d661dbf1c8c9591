import { mkdirSync, renameSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '../../../src/main/engine/adapters/openStore.ts'
import type { S3Location } from '../../../src/main/engine/adapters/s3Requests.ts'
import type { ObjectStore } from '../../../src/main/engine/ports.ts'
import type { RemoteLocation } from '../../../src/shared/domain/remote.ts'
import { describeUnless } from '../support/describeUnless.ts'
import { countingProxy } from './support/countingProxy.ts'
import { collect, fileToPut, readAll, seededBytes, sha256Of, temporaryFolder } from './support/files.ts'
import { openTestS3, s3Obstacle, type TestS3 } from './support/testS3.ts'

const work = temporaryFolder()
afterAll(() => work.remove())

const oddKeys = [
  'images/2026/11/plain.0123456789ab.png',
  'images/2026/11/ünïcödé-日本語-🦊.0123456789ab.png',
  'images/2026/11/with space + plus & ampersand.png',
  'images/2026/11/100%41 percent %2F.png',
  "images/2026/11/quote'(paren)[bracket]~tilde,comma;=@$!*.png",
  `images/2026/11/${'long-'.repeat(40)}end.png`,
]

function storeBehaviour(open: () => ObjectStore, expectedVerification: string): void {
  it('stores a file, shows what it stored, and gives it back', async () => {
    const store = open()
    const bytes = seededBytes(100_000, 'round-trip')
    const file = fileToPut(work.path, 'round-trip', bytes)
    const { info, verified } = await store.putFile('documents/a.bin', file)
    expect(verified).toBe(expectedVerification)
    expect(info).toMatchObject({ key: 'documents/a.bin', size: bytes.length, sha256: file.sha256 })
    expect(await store.head('documents/a.bin')).toMatchObject({ size: bytes.length, sha256: file.sha256 })
    expect(sha256Of(await readAll(await store.get('documents/a.bin')))).toBe(file.sha256)
    expect(await readAll(await store.get('documents/a.bin', { start: 10, end: 19 }))).toEqual(bytes.subarray(10, 20))
  })

  it.each(oddKeys)('keeps the key %s as it is', async (key) => {
    const store = open()
    const bytes = Buffer.from(`content of ${key}`)
    await store.putFile(key, fileToPut(work.path, 'odd', bytes))
    expect(await readAll(await store.get(key))).toEqual(bytes)
    expect((await collect(store.list('images/'))).map((object) => object.key)).toContain(key)
  })

  it('lists below a prefix in the order of UTF-8 bytes, and after a key', async () => {
    const store = open()
    const keys = ['list/a.txt', 'list/a/1', 'list/a/2', 'list/b', 'list/ä', 'other/x']
    for (const key of keys) await store.putBytes(key, Buffer.from(key), 'text/plain')
    const listed = (await collect(store.list('list/'))).map((object) => object.key)
    expect(listed).toEqual(['list/a.txt', 'list/a/1', 'list/a/2', 'list/b', 'list/ä'])
    expect((await collect(store.list('list/', 'list/a/1'))).map((object) => object.key)).toEqual([
      'list/a/2',
      'list/b',
      'list/ä',
    ])
  })

  it('says that nothing is there, and deletes what is not there without an error', async () => {
    const store = open()
    expect(await store.head('nothing/here')).toBeNull()
    await expect(store.get('nothing/here')).rejects.toMatchObject({ code: 'not_found' })
    await store.putBytes('gone', Buffer.from('x'), 'text/plain')
    await store.delete('gone')
    await store.delete('gone')
    expect(await store.head('gone')).toBeNull()
  })

  it('creates an object once, and leaves what is there as it is', async () => {
    const store = open()
    expect(await store.createBytes('created/a', Buffer.from('first'), 'text/plain')).toBe(true)
    expect(await store.createBytes('created/a', Buffer.from('second'), 'text/plain')).toBe(false)
    expect(String(await readAll(await store.get('created/a')))).toBe('first')
    const many = Array.from({ length: 4 }, (_, n) =>
      store.createBytes('created/b', Buffer.from(String(n)), 'text/plain'),
    )
    const ends = await Promise.allSettled(many)
    const created = ends.filter((end) => end.status === 'fulfilled' && end.value).length
    // A server without conditional writes can only be asked first: one may find another's bytes after it has sent its own,
    // which is an error, because it can't be told from a line that has changed them.
    const { conditionalCreate } = await store.probe('created/probe')
    if (conditionalCreate) expect(created).toBe(1)
    else expect(created).toBeGreaterThanOrEqual(1)
    const codes = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason.code] : []))
    expect(codes.filter((code) => conditionalCreate || code !== 'remote_checksum')).toEqual([])
    expect(['0', '1', '2', '3']).toContain(String(await readAll(await store.get('created/b'))))
  })

  it('stores an empty object', async () => {
    const store = open()
    await store.putBytes('empty', Buffer.alloc(0), 'text/plain')
    expect(await store.head('empty')).toMatchObject({ size: 0 })
  })

  it('confirms an object that holds the same bytes, and no other', async () => {
    const store = open()
    const file = fileToPut(work.path, 'confirm', seededBytes(5000, 'confirm'))
    expect(await store.confirm('confirm/a', file)).toBeNull()
    await store.putFile('confirm/a', file)
    expect(await store.confirm('confirm/a', file)).toMatchObject({ verified: expectedVerification })
    const other = fileToPut(work.path, 'confirm-other', seededBytes(5000, 'other'))
    expect(await store.confirm('confirm/a', other)).toBeNull()
  })

  it('refuses a file that is not the one that was imported', async () => {
    const store = open()
    const file = fileToPut(work.path, 'changed', seededBytes(5000, 'before'))
    writeFileSync(file.path, seededBytes(5000, 'after'))
    await expect(store.putFile('changed/a', file)).rejects.toMatchObject({ code: 'io_error' })
    writeFileSync(file.path, seededBytes(4999, 'shorter'))
    await expect(store.putFile('changed/a', file)).rejects.toMatchObject({ code: 'io_error' })
    expect(await store.head('changed/a')).toBeNull()
  })

  it('says that a local file is gone', async () => {
    const file = { ...fileToPut(work.path, 'gone', Buffer.from('x')), path: join(work.path, 'never-there') }
    await expect(open().putFile('gone/a', file)).rejects.toMatchObject({ code: 'file_vanished' })
  })

  it('stops a transfer when it is told to', async () => {
    const stop = new AbortController()
    const file = fileToPut(work.path, 'stopped', seededBytes(24 << 20, 'stopped'))
    const store = open()
    const put = store.putFile('stopped/a', { ...file, signal: stop.signal, onProgress: () => stop.abort() })
    await expect(put).rejects.toMatchObject({ code: 'cancelled' })
    expect(await store.head('stopped/a')).toBeNull()
  })
}

describeUnless(s3Obstacle, 'a bucket', () => {
  let s3: TestS3
  let location: RemoteLocation
  beforeAll(async () => {
    s3 = await openTestS3()
    location = { ...(await s3.place()), prefix: 'some/prefix' }
  }, 300_000)
  afterAll(() => s3?.close())

  storeBehaviour(() => openStore(location, s3.credentials), 'etag-md5')

  it('sends a large file in parts and verifies it by the MD5s of its parts', async () => {
    const store = openStore(location, s3.credentials)
    const file = fileToPut(work.path, 'large', seededBytes(20 << 20, 'large'))
    const noted: string[] = []
    const progress: number[] = []
    const { verified } = await store.putFile('large/a', {
      ...file,
      notes: {
        read: () => null,
        begin: ({ partSize }) => noted.push(`begun in parts of ${partSize}`),
        part: ({ number }) => noted.push(`part ${number}`),
        end: () => noted.push('ended'),
      },
      onProgress: (bytes) => progress.push(bytes),
    })
    expect(verified).toBe('multipart-etag')
    expect(noted).toEqual(['begun in parts of 8388608', 'part 1', 'part 2', 'part 3', 'ended'])
    expect(progress).toEqual(progress.toSorted((a, b) => a - b))
    expect(progress.at(-1)).toBe(20 << 20)
    expect(progress.length).toBeGreaterThan(20)
    expect(sha256Of(await readAll(await store.get('large/a')))).toBe(file.sha256)
    expect(await store.confirm('large/a', file)).toMatchObject({ verified: 'multipart-etag' })
  })

  it('reads back what a store with other ETags holds, as an encrypted bucket does', async () => {
    const proxy = await countingProxy(s3.endpoint)
    let count = 0
    proxy.fault = () => ({ kind: 'rewrite', headers: { etag: `"${(count++).toString(16).padStart(32, '0')}"` } })
    const encrypted = { ...(location as S3Location), endpoint: proxy.endpoint }
    const store = openStore(encrypted, s3.credentials)
    const small = fileToPut(work.path, 'encrypted', seededBytes(5000, 'encrypted'))
    expect(await store.putFile('encrypted/a', small)).toMatchObject({ verified: 'read-back' })
    expect(await store.confirm('encrypted/a', small)).toMatchObject({ verified: 'read-back' })
    await proxy.close()
  })

  it('notices that a store holds other bytes than were sent', async () => {
    const proxy = await countingProxy(s3.endpoint)
    proxy.fault = ({ method }) => {
      if (method === 'PUT')
        return { kind: 'answer', status: 200, headers: { etag: '"0123456789abcdef0123456789abcdef"' } }
      return method === 'GET' ? { kind: 'answer', status: 200, body: 'what nobody sent' } : null
    }
    const broken = { ...(location as S3Location), endpoint: proxy.endpoint }
    const file = fileToPut(work.path, 'broken', seededBytes(5000, 'broken'))
    await expect(openStore(broken, s3.credentials).putFile('broken/a', file)).rejects.toMatchObject({
      code: 'remote_checksum',
    })
    await proxy.close()
  })

  it('leaves the checksum header out for a server that rejects it, and still verifies', async () => {
    const proxy = await countingProxy(s3.endpoint)
    let rejected = 0
    proxy.fault = ({ method, headers }) => {
      if (method !== 'PUT' || headers['x-amz-checksum-sha256'] === undefined) return null
      rejected++
      const body =
        '<Error><Code>InvalidArgument</Code><Message>Unsupported header x-amz-checksum-sha256</Message></Error>'
      return { kind: 'answer', status: 400, body }
    }
    const store = openStore({ ...(location as S3Location), endpoint: proxy.endpoint }, s3.credentials)
    for (const name of ['a', 'b']) {
      const file = fileToPut(work.path, name, seededBytes(5000, name))
      expect(await store.putFile(`old-server/${name}`, file)).toMatchObject({ verified: 'etag-md5' })
    }
    expect(rejected).toBe(1)
    await proxy.close()
  })

  it('knows how far the clocks are apart after the first answer', async () => {
    const store = openStore(location, s3.credentials)
    expect(store.clockOffsetMs).toBeNull()
    await store.head('anything')
    expect(Math.abs(store.clockOffsetMs ?? Number.NaN)).toBeLessThan(600_000)
  })
})

describe('a folder', () => {
  const root = join(work.path, 'remote')
  mkdirSync(root)
  const location: RemoteLocation = { kind: 'folder', path: root, prefix: 'some/prefix' }

  storeBehaviour(() => openStore(location, null), 'read-back')

  it.each(['../outside', 'a/../../outside', '/absolute', 'a//b', 'a/./b', 'a\\b', 'c:/x', 'nul\0', ''])(
    'refuses the key %j, which could lead out of it',
    async (key) => {
      const store = openStore(location, null)
      await expect(store.putBytes(key, Buffer.from('x'), 'text/plain')).rejects.toMatchObject({ code: 'name_invalid' })
      await expect(store.head(key)).rejects.toMatchObject({ code: 'name_invalid' })
    },
  )

  it('does not write through a link that leads out of it', async () => {
    const outside = temporaryFolder()
    mkdirSync(join(root, 'some/prefix'), { recursive: true })
    symlinkSync(outside.path, join(root, 'some/prefix/link'))
    const put = openStore(location, null).putBytes('link/x', Buffer.from('x'), 'text/plain')
    await expect(put).rejects.toMatchObject({ code: 'remote_folder' })
    outside.remove()
  })

  it('is unreachable while its disk is gone, and never writes into what stands in its place', async () => {
    const path = join(work.path, 'disk')
    mkdirSync(path)
    const store = openStore({ kind: 'folder', path, prefix: '' }, null)
    await store.putBytes('a', Buffer.from('a'), 'text/plain')
    renameSync(path, `${path}-unplugged`)
    await expect(store.head('a')).rejects.toMatchObject({ code: 'remote_unreachable' })
    mkdirSync(path)
    await expect(store.putBytes('b', Buffer.from('b'), 'text/plain')).rejects.toMatchObject({
      code: 'remote_unreachable',
    })
  })
})
