import { spawn } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openStore } from '../../../src/main/engine/adapters/openStore.ts'
import { trashAssets } from '../../../src/main/engine/library/trashAssets.ts'
import { originalKey } from '../../../src/main/engine/sync/objectKeys.ts'
import type { AssetId } from '../../../src/shared/domain/ids.ts'
import type { RemoteLocation } from '../../../src/shared/domain/remote.ts'
import { describeUnless } from '../support/describeUnless.ts'
import { type CountingProxy, countingProxy } from './support/countingProxy.ts'
import { collect, eventually, fileToPut, readAll, seededBytes, sha256Of, temporaryFolder } from './support/files.ts'
import { memoryNotes } from './support/memoryNotes.ts'
import { differences, type SyncLibrary, syncLibrary, testTimeouts } from './support/syncLibrary.ts'
import { killObstacle, openTestS3, s3Obstacle, type TestS3 } from './support/testS3.ts'

const MIB = 1 << 20
const uploadProcess = fileURLToPath(new URL('./support/uploadProcess.ts', import.meta.url))

describeUnless(s3Obstacle, 'uploads to a real server that is interrupted', () => {
  let s3: TestS3
  let proxy: CountingProxy
  let location: Extract<RemoteLocation, { kind: 's3' }>
  let library: SyncLibrary
  /** Requests of earlier tests. */
  let earlier = 0
  const seen = () => proxy.requests.slice(earlier)
  beforeAll(async () => {
    s3 = await openTestS3({ mayDie: true })
    proxy = await countingProxy(s3.endpoint)
  }, 300_000)
  afterAll(async () => {
    await proxy?.close()
    await s3?.close()
  })
  beforeEach(async () => {
    location = { ...(await s3.place()), endpoint: proxy.endpoint }
    library = syncLibrary()
    earlier = proxy.requests.length
  })
  afterEach(async () => {
    proxy.fault = null
    await library.close()
  })

  async function connected() {
    const sync = library.sync()
    await sync.remotes.add({ role: 'library', location, credentials: s3.credentials })
    return sync
  }
  const keep = (count: number, size = 20_000): AssetId[] =>
    Array.from({ length: count }, (_, index) => library.addKept(`file-${index}`, seededBytes(size + index, `${index}`)))
  const allSynced = (ids: readonly AssetId[]) => ids.every((id) => library.stateOf(id).state === 'synced')
  const isObject = (key: string) => /\/(images|thumbnails)\//.test(key)
  /** Keys of originals and thumbnails that the server accepted whole more than once. */
  function acceptedTwice(): string[] {
    const accepted = seen()
      .filter(({ method, key, query, status }) => {
        const whole = method === 'PUT' && !query.has('partNumber')
        return isObject(key) && status === 200 && (whole || (method === 'POST' && query.has('uploadId')))
      })
      .map(({ key }) => key)
    return accepted.filter((key, index) => accepted.indexOf(key) !== index)
  }

  it.skipIf(killObstacle)(
    'goes on with the parts it has after the server was killed in the middle of a large file',
    async () => {
      const work = temporaryFolder()
      const file = fileToPut(work.path, 'large', seededBytes(40 * MIB, 'large'))
      const store = openStore(location, s3.credentials, testTimeouts)
      const notes = memoryNotes(null, ({ number }) => {
        if (number === 2) void s3.kill?.()
      })
      const put = store.putFile('large/a', { ...file, notes })
      await expect(put).rejects.toMatchObject({ code: 'remote_unreachable' })
      expect(notes.present).toMatchObject({ uploadId: expect.any(String) })
      await s3.kill?.()
      await s3.restart()

      const sentBefore = proxy.requests.length
      const again = openStore(location, s3.credentials, testTimeouts)
      const { verified } = await again.putFile('large/a', { ...file, notes: memoryNotes(notes.present) })
      expect(verified).toBe('multipart-etag')
      const parts = proxy.requests.slice(sentBefore).filter(({ query }) => query.has('partNumber'))
      expect(parts.map(({ query }) => query.get('partNumber'))).toEqual(['3', '4', '5'])
      expect(sha256Of(await readAll(await again.get('large/a')))).toBe(file.sha256)
      work.remove()
    },
  )

  it('starts afresh when the server no longer knows the upload, and does not mix files', async () => {
    const work = temporaryFolder()
    const file = fileToPut(work.path, 'large', seededBytes(17 * MIB, 'afresh'))
    const store = openStore(location, s3.credentials, testTimeouts)
    const partSize = 8 * MIB
    const stale = { uploadId: 'bogus', size: file.size, sha256: file.sha256, partSize, parts: new Map() }
    await store.putFile('a', { ...file, notes: memoryNotes(stale) })
    expect(sha256Of(await readAll(await store.get('a')))).toBe(file.sha256)

    // The file changes after its first part was sent: nothing may come of it.
    const stop = new AbortController()
    const notes = memoryNotes()
    await store
      .putFile('b', { ...file, signal: stop.signal, notes, onProgress: () => stop.abort() })
      .catch(() => undefined)
    fileToPut(work.path, 'large', seededBytes(17 * MIB, 'other bytes'))
    await expect(store.putFile('b', { ...file, notes })).rejects.toMatchObject({ code: 'io_error' })
    expect(await store.head('b')).toBeNull()
    work.remove()
  })

  it.skipIf(killObstacle)('is offline while the server is down and uploads by itself when it is back', async () => {
    const sync = await connected()
    sync.start()
    await eventually('it is connected', () => sync.status().lastSuccessAt !== null)
    await s3.kill?.()
    const ids = keep(6)
    await eventually('it is offline', () => sync.status().state === 'offline' && sync.status().nextAttemptAt !== null)
    expect(sync.status()).toMatchObject({ waiting: 6, uploading: 0, attention: 0, message: expect.any(String) })
    expect(library.stateOf(ids[0]!).state).toBe('queued')
    await s3.restart()
    await eventually('all are synced', () => allSynced(ids))
    expect(await differences(library.catalog, ids, location, s3.credentials)).toEqual([])
    expect(acceptedTwice()).toEqual([])
  })

  it.skipIf(killObstacle)(
    'brings everything, once, although the server is killed in the middle of many files',
    async () => {
      const sync = await connected()
      const ids = [...keep(40, 60_000), library.addKept('large', seededBytes(24 * MIB, 'large'))]
      const before = proxy.requests.length
      sync.start()
      await eventually('some are on their way', () => proxy.requests.length > before + 40)
      await s3.kill?.()
      await eventually('it noticed', () => sync.status().state === 'offline')
      await s3.restart()
      sync.now()
      await eventually('all are synced', () => allSynced(ids))
      expect(await differences(library.catalog, ids, location, s3.credentials)).toEqual([])
      expect(acceptedTwice()).toEqual([])
      expect(sync.status()).toMatchObject({ state: 'up-to-date', synced: 41, waiting: 0, attention: 0 })
    },
  )

  it('sends nothing twice when answers are lost, connections cut, and the server asks to slow down', async () => {
    const sync = await connected()
    const ids = keep(12)
    let puts = 0
    proxy.fault = ({ method, key }) => {
      if (method !== 'PUT' || !isObject(key)) return null
      puts++
      if (puts === 2 || puts === 7) return { kind: 'lose-answer' }
      if (puts === 3) return { kind: 'cut' }
      if (puts === 5) return { kind: 'answer', status: 503, headers: { 'retry-after': '1' } }
      if (puts === 9) return { kind: 'answer', status: 500 }
      if (puts === 11) return { kind: 'stall' }
      return null
    }
    sync.start()
    await eventually('all are synced', () => allSynced(ids))
    expect(await differences(library.catalog, ids, location, s3.credentials)).toEqual([])
    expect(acceptedTwice()).toEqual([])
  })

  it('sends nothing while the server asks to wait', async () => {
    const sync = await connected()
    keep(8)
    const slowDown = { kind: 'answer', status: 503, headers: { 'retry-after': '600' } } as const
    proxy.fault = ({ method, key }) => (method === 'PUT' && isObject(key) ? slowDown : null)
    const result = await sync.once()
    expect(result).toMatchObject({ uploaded: 0, pending: 8 })
    const asked = seen().filter(({ status }) => status === 503).length
    expect(asked).toBeLessThanOrEqual(4)
    await sync.once()
    expect(seen().filter(({ status }) => status === 503).length).toBe(asked)
    expect(sync.status()).toMatchObject({ state: 'working', waiting: 8, nextAttemptAt: expect.any(String) })
  })

  it('stops at a refusal instead of repeating it, and goes on when the keys are right', async () => {
    const ids = keep(5)
    const sync = await connected()
    await sync.remotes.setCredentials(sync.remotes.list()[0]!.id, { ...s3.credentials, secretAccessKey: 'wrong' })
    const result = await sync.once()
    expect(result).toMatchObject({ uploaded: 0, pending: 5, errors: [{ code: 'remote_secret_key' }] })
    expect(sync.status()).toMatchObject({ state: 'attention', message: expect.stringContaining('secret') })
    const refused = seen().filter(({ status }) => status === 403).length
    expect(refused).toBe(1)
    await sync.remotes.setCredentials(sync.remotes.list()[0]!.id, s3.credentials)
    expect(await sync.once()).toMatchObject({ uploaded: 5, pending: 0, errors: [] })
    expect(allSynced(ids)).toBe(true)
  })

  it('asks for the keys after a restart, because they are never stored', async () => {
    keep(1)
    await (await connected()).close()
    const again = library.sync()
    expect(again.remotes.list()).toMatchObject([{ has_credentials: false }])
    expect(await again.once()).toMatchObject({ pending: 1, errors: [{ code: 'remote_no_credentials' }] })
    await again.close()
    const withKeys = library.sync({ envCredentials: s3.credentials })
    expect(withKeys.remotes.list()).toMatchObject([{ has_credentials: true }])
    expect(await withKeys.once()).toMatchObject({ uploaded: 1, pending: 0, errors: [] })
  })

  it('stops an upload whose asset is thrown away, frees its parts, and starts again when that is undone', async () => {
    const sync = await connected()
    const id = library.addKept('large', seededBytes(24 * MIB, 'large'))
    proxy.fault = ({ query }) => (query.get('partNumber') === '2' ? { kind: 'stall' } : null)
    sync.start()
    await eventually('it hangs at the second part', () =>
      seen().some(({ key, query }) => key.includes('/large.') && query.get('partNumber') === '2'),
    )
    expect(library.stateOf(id).state).toBe('uploading')
    trashAssets(library.catalog, { ids: [id] }, Date.now())
    await eventually('it was given up', () => library.stateOf(id).state === 'local')
    expect(seen().some(({ method, query }) => method === 'DELETE' && query.has('uploadId'))).toBe(true)
    expect(library.catalog.queue.counts('upload')).toEqual({ waiting: 0, leased: 0, parked: 0 })
    const asset = library.catalog.assets.findById(id)!
    const store = openStore(location, s3.credentials)
    expect(await store.head(originalKey(library.catalog.libraryId, asset))).toBeNull()
    proxy.fault = null
    library.catalog.history.undo(Date.now())
    await eventually('it is synced', () => library.stateOf(id).state === 'synced')
    expect(await differences(library.catalog, [id], location, s3.credentials)).toEqual([])
  })

  it('goes on at the same part after a pause', async () => {
    const sync = await connected()
    const id = library.addKept('large', seededBytes(24 * MIB, 'paused'))
    const part = (number: string) =>
      seen().filter(({ key, query }) => key.includes('/large.') && query.get('partNumber') === number).length
    proxy.fault = ({ query }) => (query.get('partNumber') === '2' ? { kind: 'stall' } : null)
    sync.start()
    const remote = sync.remotes.list()[0]!.id
    await eventually('it hangs at the second part, and has the first', () => {
      const [begun] = library.catalog.begunUploads.list(remote)
      const parts = begun && library.catalog.begunUploads.read(remote, begun.key)?.parts
      return part('2') > 0 && parts?.has(1) === true
    })
    sync.pause(true)
    await eventually('it waits', () => library.stateOf(id).state === 'queued')
    proxy.fault = null
    sync.pause(false)
    await eventually('it is synced', () => library.stateOf(id).state === 'synced')
    expect(part('1')).toBe(1)
    expect(await differences(library.catalog, [id], location, s3.credentials)).toEqual([])
  })

  it('does not take an emptied bucket for a new one', async () => {
    keep(1)
    const sync = await connected()
    await sync.once()
    const store = openStore(location, s3.credentials)
    for (const { key } of await collect(store.list(''))) await store.delete(key)
    library.addKept('new', Buffer.from('new'))
    expect(await sync.once()).toMatchObject({ uploaded: 1 })
    await sync.close()
    const again = library.sync({ envCredentials: s3.credentials })
    library.addKept('newer', Buffer.from('newer'))
    expect(await again.once()).toMatchObject({ uploaded: 0, pending: 1, errors: [{ code: 'remote_bucket' }] })
  })

  it('finishes after its own process was killed in the middle of uploads', async () => {
    const ids = [...keep(30, 50_000), library.addKept('large', seededBytes(24 * MIB, 'large'))]
    await (await connected()).close()
    const { root } = library
    library.catalog.close()
    const before = proxy.requests.length
    const child = spawn(process.execPath, [uploadProcess, root], {
      env: {
        ...process.env,
        AWS_ACCESS_KEY_ID: s3.credentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: s3.credentials.secretAccessKey,
      },
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    const ended = new Promise((resolve) => child.once('exit', resolve))
    await eventually('some are on their way', () => proxy.requests.length > before + 30)
    child.kill('SIGKILL')
    await ended

    const after = syncLibrary(root)
    const states = ids.map((id) => after.stateOf(id).state)
    expect(states).not.toContain('uploading')
    expect(states).toContain('queued')
    const sync = after.sync({ envCredentials: s3.credentials })
    expect(await sync.once()).toMatchObject({ pending: 0, errors: [] })
    expect(ids.every((id) => after.stateOf(id).state === 'synced')).toBe(true)
    expect(await differences(after.catalog, ids, location, s3.credentials)).toEqual([])
    expect(acceptedTwice()).toEqual([])
    await after.close()
  })
})

describe('uploads to a folder that are interrupted', () => {
  it('finish after their own process was killed, and leave no half-made object under its name', async () => {
    const work = temporaryFolder()
    const library = syncLibrary()
    const location: RemoteLocation = { kind: 'folder', path: work.path, prefix: '' }
    const ids = [
      ...Array.from({ length: 20 }, (_, index) => library.addKept(`file-${index}`, seededBytes(9000, `${index}`))),
      ...['a', 'b', 'c', 'd'].map((name) => library.addKept(name, seededBytes(24 * MIB, name))),
    ]
    const adding = library.sync()
    await adding.remotes.add({ role: 'library', location })
    await adding.close()
    const { root } = library
    library.catalog.close()
    const child = spawn(process.execPath, [uploadProcess, root], {
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    const ended = new Promise((resolve) => child.once('exit', resolve))
    const incoming = join(work.path, '.vitrine-incoming')
    await eventually('a large copy is half-made', () =>
      filesIn(incoming).some((path) => (statSync(path, { throwIfNoEntry: false })?.size ?? 0) > MIB),
    )
    child.kill('SIGKILL')
    await ended

    for await (const { key, size } of openStore(location, null).list('')) {
      if (/\/[abcd]\.[0-9a-f]{12}\.bin$/.test(key)) expect(size).toBe(24 * MIB)
    }
    const after = syncLibrary(root)
    expect(await after.sync().once()).toMatchObject({ pending: 0, errors: [] })
    expect(await differences(after.catalog, ids, location, null)).toEqual([])
    await after.close()
    await library.close()
    work.remove()
  })
})

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder).map((name) => join(folder, name))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}
