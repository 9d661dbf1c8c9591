import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DeleteBucketCommand, S3Client } from '@aws-sdk/client-s3'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { openStore } from '../../../src/main/engine/adapters/openStore.ts'
import type { S3Location } from '../../../src/main/engine/adapters/s3Requests.ts'
import { download } from '../../../src/main/engine/sync/transfer/download.ts'
import { VitrineError } from '../../../src/shared/contract/errors.ts'
import type { AssetId } from '../../../src/shared/domain/ids.ts'
import { describeUnless } from '../support/describeUnless.ts'
import { type CountingProxy, countingProxy, type Fault, type ProxiedRequest } from './support/countingProxy.ts'
import { collect, eventually, fileToPut, seededBytes, temporaryFolder } from './support/files.ts'
import { differences, type SyncLibrary, syncLibrary } from './support/syncLibrary.ts'
import { openTestS3, s3Obstacle, type TestS3 } from './support/testS3.ts'

const MIB = 1 << 20
const uploadProcess = fileURLToPath(new URL('./support/uploadProcess.ts', import.meta.url))
const error = (status: number, code: string, headers: Record<string, string> = {}): Fault => ({
  kind: 'answer',
  status,
  headers,
  body: `<?xml version="1.0"?><Error><Code>${code}</Code><Message>from the test</Message></Error>`,
})

describeUnless(s3Obstacle, 'transfers to and from a real server', () => {
  let s3: TestS3
  let proxy: CountingProxy
  let location: S3Location
  let library: SyncLibrary
  let earlier = 0
  beforeAll(async () => {
    s3 = await openTestS3()
    proxy = await countingProxy(s3.endpoint)
  }, 300_000)
  afterAll(async () => {
    await proxy?.close()
    await s3?.close()
  })
  beforeEach(async () => {
    location = { ...(await s3.place()), endpoint: proxy.endpoint }
    library = syncLibrary()
  })
  afterEach(async () => {
    proxy.fault = null
    await library.close()
  })

  async function connected() {
    const sync = library.sync()
    await sync.remotes.add({ role: 'library', location, credentials: s3.credentials })
    earlier = proxy.requests.length
    return sync
  }
  const seen = () => proxy.requests.slice(earlier)
  const isPart = ({ query }: ProxiedRequest) => query.has('partNumber')
  const isBody = (request: ProxiedRequest) => request.method === 'PUT' && /\/(images|thumbnails)\//.test(request.key)
  /** Objects and parts that the server confirmed more than once, by key and number of the part. */
  function confirmedTwice(): string[] {
    const confirmed = seen()
      .filter((request) => isBody(request) && request.status === 200)
      .map(({ key, query }) => `${key} ${query.get('partNumber') ?? ''}`)
    return confirmed.filter((name, index) => confirmed.indexOf(name) !== index)
  }
  const wrong = (ids: readonly AssetId[]) => differences(library.catalog, ids, location, s3.credentials)

  it('bring every byte once although the server asks to slow down again and again', async () => {
    const sync = await connected()
    const ids = [
      library.addKept('large', seededBytes(40 * MIB, 'throttled')),
      ...Array.from({ length: 8 }, (_, n) => library.addKept(`small-${n}`, seededBytes(5000 + n, `${n}`))),
    ]
    let bodies = 0
    let quietUntil = 0
    let early = 0
    proxy.fault = (request) => {
      if (!isBody(request)) return null
      const now = Date.now()
      // What was under way when the server began to ask is refused too; only what begins later does not listen.
      if (now < quietUntil - 100 && now > quietUntil - 1000) early++
      bodies++
      if (bodies % 8 !== 0) return null
      quietUntil = now + 2000
      return bodies % 16 === 0
        ? error(429, 'TooManyRequests', { 'retry-after': '2' })
        : error(503, 'SlowDown', { 'retry-after': '2' })
    }
    expect(await sync.once()).toMatchObject({ pending: 0, errors: [] })
    expect(confirmedTwice()).toEqual([])
    expect(early).toBe(0)
    proxy.fault = null
    expect(await wrong(ids)).toEqual([])
  })

  it('go on at the part that failed when connections are cut at any byte', async () => {
    const sync = await connected()
    const id = library.addKept('large', seededBytes(40 * MIB, 'cut'))
    let parts = 0
    proxy.fault = (request) => {
      if (!isPart(request)) return null
      parts++
      return parts % 2 === 1 && parts < 8
        ? { kind: 'cut-after', of: 'request', bytes: (parts * 1_234_567) % (8 * MIB) }
        : null
    }
    expect(await sync.once()).toMatchObject({ pending: 0, errors: [] })
    expect(parts).toBeGreaterThan(5)
    expect(confirmedTwice()).toEqual([])
    proxy.fault = null
    expect(await wrong([id])).toEqual([])
  })

  it('fetch what is missing, and no more, when connections are cut at any byte', async () => {
    const work = temporaryFolder()
    const bytes = seededBytes(6 * MIB, 'down')
    const file = fileToPut(work.path, 'source', bytes)
    const store = openStore(location, s3.credentials)
    await store.putFile('large/a', file)
    earlier = proxy.requests.length
    let cuts = 0
    proxy.fault = ({ method }) => {
      if (method !== 'GET' || cuts >= 4) return null
      cuts++
      return { kind: 'cut-after', of: 'answer', bytes: 300_000 + cuts * 400_001 }
    }
    let received = 0
    const target = join(work.path, 'target')
    const attempt = () =>
      download({
        store,
        key: 'large/a',
        sha256: file.sha256,
        size: file.size,
        target,
        partial: join(work.path, 'partial'),
        onBytes: (more) => {
          received += more
        },
      })
    let resumedFrom = 0
    for (let tries = 1; ; tries++) {
      try {
        resumedFrom = (await attempt()).resumedFrom
        break
      } catch (thrown) {
        if (!(thrown instanceof VitrineError) || thrown.code !== 'remote_unreachable' || tries > 6) throw thrown
      }
    }
    expect(cuts).toBe(4)
    expect(resumedFrom).toBeGreaterThan(MIB)
    expect(received).toBe(bytes.length)
    expect(readFileSync(target).equals(bytes)).toBe(true)
    store.close()
    work.remove()
  })

  it('send no part again that was confirmed before their own process was killed', async () => {
    const id = library.addKept('large', seededBytes(48 * MIB, 'killed'))
    await (await connected()).close()
    const { root } = library
    library.catalog.close()
    proxy.fault = (request) => (isPart(request) && request.query.get('partNumber') === '5' ? { kind: 'stall' } : null)
    const child = spawn(process.execPath, [uploadProcess, root], {
      env: {
        ...process.env,
        AWS_ACCESS_KEY_ID: s3.credentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: s3.credentials.secretAccessKey,
      },
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    const ended = new Promise((resolve) => child.once('exit', resolve))
    await eventually('some parts are confirmed', () => seen().filter((r) => isPart(r) && r.status === 200).length >= 3)
    child.kill('SIGKILL')
    await ended
    proxy.fault = null
    const after = syncLibrary(root)
    expect(await after.sync({ envCredentials: s3.credentials }).once()).toMatchObject({ pending: 0, errors: [] })
    // One that arrived while its sender was dying may be on the server only after the list was read.
    expect(confirmedTwice().length).toBeLessThanOrEqual(1)
    expect(seen().filter(({ method, query }) => method === 'POST' && query.has('uploads'))).toHaveLength(1)
    expect(await differences(after.catalog, [id], location, s3.credentials)).toEqual([])
    await after.close()
  })

  it.each([
    ['keys are taken away', error(403, 'InvalidAccessKeyId'), 'remote_access_key'],
    ['the quota is used up', error(507, 'InsufficientStorage'), 'disk_full'],
    ['the right to write is taken away', error(403, 'AccessDenied'), 'remote_permission'],
  ] as const)('stop at once when %s in the middle, and go on at the same part', async (_what, answer, code) => {
    const sync = await connected()
    const id = library.addKept('large', seededBytes(24 * MIB, code))
    let refused = 0
    proxy.fault = (request) => {
      if (request.query.get('partNumber') !== '2') return null
      refused++
      return answer
    }
    expect(await sync.once()).toMatchObject({ pending: 1, errors: [{ code }] })
    expect(refused).toBe(1)
    expect(sync.status()).toMatchObject({ state: 'attention', message: expect.any(String), nextAttemptAt: null })
    proxy.fault = null
    await sync.remotes.setCredentials(sync.remotes.list()[0]!.id, s3.credentials)
    expect(await sync.once()).toMatchObject({ pending: 0, errors: [] })
    expect(confirmedTwice()).toEqual([])
    expect(await wrong([id])).toEqual([])
  })

  it('stop when the bucket is gone, without asking for it again and again', async () => {
    const sync = await connected()
    const client = new S3Client({
      endpoint: s3.endpoint,
      region: location.region,
      forcePathStyle: true,
      credentials: { accessKeyId: s3.credentials.accessKeyId, secretAccessKey: s3.credentials.secretAccessKey },
    })
    const store = openStore(location, s3.credentials)
    for (const { key } of await collect(store.list(''))) await store.delete(key)
    await client.send(new DeleteBucketCommand({ Bucket: location.bucket }))
    client.destroy()
    store.close()
    earlier = proxy.requests.length
    library.addKept('small', seededBytes(1000, 'nowhere'))
    const result = await sync.once()
    expect(result).toMatchObject({ uploaded: 0, pending: 1, errors: [{ code: 'remote_bucket' }] })
    const asked = seen().length
    await new Promise((resolve) => setTimeout(resolve, 1500))
    expect(seen().length).toBe(asked)
    expect(asked).toBeLessThan(10)
  })

  it('stop for a person who cancels one, and go on when asked to', async () => {
    const sync = await connected()
    const id = library.addKept('large', seededBytes(24 * MIB, 'cancelled'))
    proxy.fault = ({ query }) => (query.get('partNumber') === '2' ? { kind: 'stall' } : null)
    sync.start()
    await eventually('it is under way', () => sync.transfers.list().some(({ doneBytes }) => doneBytes > 4 * MIB))
    expect(sync.transfers.list()).toMatchObject([{ assetId: id, direction: 'up', totalBytes: 24 * MIB }])
    sync.transfers.cancel(id)
    await eventually('it was stopped', () => library.stateOf(id).state === 'error')
    expect(library.stateOf(id).reason).toContain('You stopped')
    proxy.fault = null
    sync.retry({ ids: [id] })
    await eventually('it is synced', () => library.stateOf(id).state === 'synced')
    expect(await wrong([id])).toEqual([])
  })

  it('leave large files for better conditions, and send small ones', async () => {
    const sync = await connected()
    sync.transfers.setConditions({ online: true, onBattery: true, metered: null })
    const large = library.addKept('large', seededBytes(17 * MIB, 'battery'))
    const small = library.addKept('small', seededBytes(500, 'battery'))
    expect(await sync.once()).toMatchObject({ uploaded: 1, pending: 1 })
    expect(library.stateOf(small).state).toBe('synced')
    expect(sync.status().message).toContain('battery')
    sync.transfers.setConditions({ online: true, onBattery: false, metered: null })
    await eventually('it is synced', () => library.stateOf(large).state === 'synced')
    expect(await wrong([large, small])).toEqual([])
  })

  it('free the parts of an upload whose remote is removed', async () => {
    const sync = await connected()
    library.addKept('large', seededBytes(24 * MIB, 'removed'))
    proxy.fault = ({ query }) => (query.get('partNumber') === '2' ? { kind: 'stall' } : null)
    sync.start()
    await eventually('a part is there', () => seen().some((request) => isPart(request) && request.status === 200))
    proxy.fault = null
    await sync.remotes.remove(sync.remotes.list()[0]!.id)
    const store = openStore(location, s3.credentials)
    await eventually('nothing is left', async () => (await collect(store.unfinished(''))).length === 0)
    store.close()
  })
})
