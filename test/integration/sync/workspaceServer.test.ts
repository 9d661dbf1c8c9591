import { spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { openStore } from '../../../src/main/engine/adapters/openStore.ts'
import { keepAssets } from '../../../src/main/engine/library/keepAssets.ts'
import { discardAssets } from '../../../src/main/engine/library/trashAssets.ts'
import type { ObjectStore } from '../../../src/main/engine/ports.ts'
import type { RemoteLocation } from '../../../src/shared/domain/remote.ts'
import { inconsistencies } from '../import/support/importLibrary.ts'
import { jpeg } from '../import/support/pictures.ts'
import { describeUnless } from '../support/describeUnless.ts'
import { type CountingProxy, countingProxy, type ProxiedRequest } from './support/countingProxy.ts'
import { collect, readAll, sha256Of, temporaryFolder } from './support/files.ts'
import { testTimeouts } from './support/syncLibrary.ts'
import { openTestS3, s3Obstacle, type TestS3 } from './support/testS3.ts'
import { type WorkspaceLibrary, workspaceLibrary } from './support/workspaceLibrary.ts'

const program = fileURLToPath(new URL('./support/workspaceProcess.ts', import.meta.url))

describeUnless(s3Obstacle, 'a workspace bucket on a real server', () => {
  let s3: TestS3
  let proxy: CountingProxy
  let folder: ReturnType<typeof temporaryFolder>
  let root: string
  let library: WorkspaceLibrary
  let location: Extract<RemoteLocation, { kind: 's3' }>
  let libraryLocation: Extract<RemoteLocation, { kind: 's3' }>
  let generator: ObjectStore
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
    folder = temporaryFolder()
    root = join(folder.path, 'library')
    mkdirSync(root)
    const direct = await s3.place()
    location = { ...direct, endpoint: proxy.endpoint }
    libraryLocation = { ...(await s3.place()), endpoint: proxy.endpoint }
    generator = openStore(direct, s3.credentials, testTimeouts)
    library = workspaceLibrary(root, { credentials: s3.credentials })
    await library.sync.remotes.add({ role: 'workspace', owner: 'user-1', location })
    earlier = proxy.requests.length
  })
  afterEach(async () => {
    proxy.fault = null
    await library.close()
    generator.close()
    folder.remove()
  })

  const seen = (): readonly ProxiedRequest[] => proxy.requests.slice(earlier)
  const put = (key: string, bytes: Uint8Array) => generator.putBytes(key, bytes, 'image/jpeg')
  const inBucket = async (): Promise<string[]> => (await collect(generator.list(''))).map(({ key }) => key)
  const addLibraryBucket = () => library.sync.remotes.add({ role: 'library', location: libraryLocation })
  async function arrive(...names: string[]): Promise<void> {
    for (const [index, name] of names.entries()) await put(`user-1/job/${name}`, await jpeg(index + 1))
    expect(await library.sync.once()).toMatchObject({ arrived: names.length, errors: [] })
    await library.drawn()
  }
  const keep = (name: string) => keepAssets(library.catalog, { ids: [library.asset(name).id] }, undefined, Date.now())
  const discard = (name: string) => discardAssets(library.catalog, { ids: [library.asset(name).id] }, Date.now())

  it('is listed with one request while nothing happens there', async () => {
    await arrive('one.jpg', 'two.jpg')
    earlier = proxy.requests.length
    await library.sync.once()
    // Once before the library’s own bucket would be synced, and once after it.
    expect(seen().map(({ method, query }) => [method, query.get('list-type')])).toEqual([
      ['GET', '2'],
      ['GET', '2'],
    ])
  })

  it('gives what is kept to the library’s bucket by a copy on the server, and loses it then', async () => {
    await addLibraryBucket()
    await arrive('one.jpg')
    const { sha256 } = library.asset('one.jpg')
    keep('one.jpg')
    earlier = proxy.requests.length
    expect(await library.sync.once()).toMatchObject({ uploaded: 1, errors: [] })
    const images = seen().filter(({ method, key }) => method === 'PUT' && key.includes('/images/'))
    expect(images).toHaveLength(1)
    expect(images[0]?.headers).toMatchObject({
      'x-amz-copy-source': expect.stringContaining('user-1/job/one.jpg'),
    })
    expect(Number(images[0]?.headers['content-length'] ?? 0)).toBe(0)
    expect(await inBucket()).toEqual([])
    const store = openStore(libraryLocation, s3.credentials, testTimeouts)
    const [original] = (await collect(store.list(''))).filter(({ key }) => key.includes('/images/'))
    expect(sha256Of(await readAll(await store.get(original!.key)))).toBe(sha256)
    expect((await store.head(original!.key))?.sha256).toBe(sha256)
    store.close()
  })

  it('sends what it can’t copy, and removes the object all the same', async () => {
    await addLibraryBucket()
    await arrive('one.jpg')
    keep('one.jpg')
    proxy.fault = ({ headers }) =>
      headers['x-amz-copy-source'] === undefined ? null : { kind: 'answer', status: 403, body: denied }
    expect(await library.sync.once()).toMatchObject({ uploaded: 1, errors: [] })
    expect(library.asset('one.jpg').sync_state).toBe('synced')
    expect(await inBucket()).toEqual([])
  })

  it('goes on to give where nothing may be removed, and says so', async () => {
    await arrive('one.jpg')
    discard('one.jpg')
    proxy.fault = ({ method }) => (method === 'DELETE' ? { kind: 'answer', status: 403, body: denied } : null)
    await library.sync.once()
    await put('user-1/job/later.jpg', await jpeg(9))
    await library.sync.once()
    expect(library.named('workspace')).toEqual(['later.jpg'])
    expect(library.sync.workspaceRemotes()).toMatchObject([
      { state: 'attention', leaving: 1, message: expect.stringContaining('does not allow') },
    ])
    proxy.fault = null
    await library.sync.once()
    expect(await inBucket()).toEqual(['user-1/job/later.jpg'])
    expect(library.sync.workspaceRemotes()).toMatchObject([{ state: 'up-to-date', leaving: 0, message: null }])
  })

  it('is offline when no answer comes, and taken up again where it was', async () => {
    await put('user-1/job/one.jpg', await jpeg(1))
    proxy.fault = () => ({ kind: 'cut' })
    expect((await library.sync.once()).errors).toMatchObject([{ code: 'remote_unreachable' }])
    expect(library.sync.workspaceRemotes()).toMatchObject([{ state: 'offline', objects: 0 }])
    let cuts = 0
    proxy.fault = ({ key }) =>
      key.endsWith('one.jpg') && cuts++ < 2 ? { kind: 'cut-after', of: 'answer', bytes: 300 } : null
    expect(await library.sync.once()).toMatchObject({ arrived: 1, errors: [] })
    expect(cuts).toBe(3)
    expect(library.named('workspace')).toEqual(['one.jpg'])
  })

  it('loses nothing and gives nothing twice, however often the program is killed', async () => {
    await addLibraryBucket()
    const names = Array.from({ length: 24 }, (_, index) => `${['keep', 'discard', 'leave'][index % 3]}-${index}.jpg`)
    const bytes = new Map<string, Buffer>()
    for (const [index, name] of names.entries()) {
      bytes.set(name, await jpeg(index + 1))
      await put(`user-1/job-${index % 2}/${name}`, bytes.get(name)!)
    }
    await library.close()
    for (let attempt = 0; attempt < 8; attempt++) await runKilled(300 + attempt * 350)
    library = workspaceLibrary(root, { credentials: s3.credentials })
    for (let round = 0; round < 3; round++) {
      expect(await library.sync.once()).toMatchObject({ errors: [] })
      await library.drawn()
      for (const name of library.named('workspace')) {
        if (name.startsWith('keep')) keep(name)
        if (name.startsWith('discard')) discard(name)
      }
    }
    const of = (kind: string) => names.filter((name) => name.startsWith(kind)).sort()
    expect(library.named('workspace').sort()).toEqual(of('leave'))
    expect(library.named('library').sort()).toEqual(of('keep'))
    expect(library.named('trash').sort()).toEqual(of('discard'))
    for (const name of names) expect(library.asset(name).sha256).toBe(sha256Of(bytes.get(name)!))
    expect((await inBucket()).map((key) => key.split('/').at(-1)).sort()).toEqual(of('leave'))
    // What lies in Trash is no asset of any view.
    expect(inconsistencies(library).filter((wrong) => !wrong.includes('/discard-'))).toEqual([])
    const store = openStore(libraryLocation, s3.credentials, testTimeouts)
    expect((await collect(store.list(''))).filter(({ key }) => key.includes('/images/'))).toHaveLength(8)
    store.close()
  }, 240_000)

  function runKilled(afterMs: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const { accessKeyId, secretAccessKey } = s3.credentials
      const engine = spawn(process.execPath, [program, root], {
        stdio: ['ignore', 'pipe', 'inherit'],
        env: { ...process.env, AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey },
      })
      engine.stdout.once('data', () => setTimeout(() => engine.kill('SIGKILL'), afterMs))
      engine.on('error', reject)
      engine.on('close', (_code, signal) => {
        if (signal === 'SIGKILL') resolve()
        else reject(new Error('The program ended by itself.'))
      })
    })
  }
})

const denied = '<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>no</Message></Error>'
