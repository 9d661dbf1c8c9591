import { mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openStore } from '../../../src/main/engine/adapters/openStore.ts'
import { trashAssets } from '../../../src/main/engine/library/trashAssets.ts'
import type { AssetId } from '../../../src/shared/domain/ids.ts'
import type { Credentials, RemoteLocation } from '../../../src/shared/domain/remote.ts'
import { describeUnless } from '../support/describeUnless.ts'
import { collect, eventually, seededBytes, temporaryFolder } from './support/files.ts'
import { differences, type SyncLibrary, syncLibrary } from './support/syncLibrary.ts'
import { openTestS3, s3Obstacle, type TestS3 } from './support/testS3.ts'

interface Place {
  readonly location: RemoteLocation
  readonly credentials: Credentials | null
}

/** What devices say of their changes is another matter. */
const isNoLog = (key: string) => !/^(log|devices)\//.test(key)

/** What holds for every kind of remote. */
function uploads(place: () => Promise<Place>): void {
  let library: SyncLibrary
  beforeEach(() => {
    library = syncLibrary()
  })
  afterEach(() => library.close())

  async function withRemote() {
    const { location, credentials } = await place()
    const sync = library.sync()
    await sync.remotes.add({ role: 'library', location, ...(credentials ? { credentials } : {}) })
    return { sync, location, credentials }
  }
  const keep = (count: number): AssetId[] =>
    Array.from({ length: count }, (_, index) => library.addKept(`file-${index}`, seededBytes(5000 + index, `${index}`)))

  it('brings kept assets and their thumbnails to the remote, with equal hashes', async () => {
    const ids = keep(5)
    const { sync, location, credentials } = await withRemote()
    expect(await sync.once()).toEqual({
      uploaded: 5,
      downloaded: 0,
      arrived: 0,
      applied: 0,
      conflicts: 0,
      pending: 0,
      errors: [],
    })
    expect(await differences(library.catalog, ids, location, credentials)).toEqual([])
    expect(ids.map((id) => library.stateOf(id))).toEqual(ids.map(() => ({ state: 'synced', reason: null })))
    expect(sync.status()).toMatchObject({ state: 'up-to-date', synced: 5, waiting: 0, uploading: 0, attention: 0 })

    const store = openStore(location, credentials)
    const keys = (await collect(store.list(''))).map(({ key }) => key.split('/').slice(1).join('/')).filter(isNoLog)
    expect(keys.filter((key) => /^images\/2026\/11\/file-\d\.[0-9a-f]{12}\.bin$/.test(key))).toHaveLength(5)
    expect(keys.filter((key) => /^thumbnails\/[0-9a-f]{2}\/[0-9a-f]{64}\.webp$/.test(key))).toHaveLength(5)
    expect(keys).toContain('library.json')
    expect(keys).toHaveLength(11)
  })

  it('keeps one object for the stored file that several assets share, and says of each that it is there', async () => {
    const bytes = seededBytes(5000, 'shared')
    const ids = [1, 2, 3].map(() => library.addKept('shared', bytes))
    const { sync, location, credentials } = await withRemote()
    expect(await sync.once()).toMatchObject({ pending: 0, errors: [] })
    expect(await differences(library.catalog, ids, location, credentials)).toEqual([])
    expect(ids.map((id) => library.stateOf(id).state)).toEqual(['synced', 'synced', 'synced'])
    const stored = await collect(openStore(location, credentials).list(''))
    expect(stored.filter(({ key }) => isNoLog(key.split('/').slice(1).join('/')))).toHaveLength(3)
  })

  it('does nothing the second time, and uploads only what is new', async () => {
    keep(2)
    const { sync } = await withRemote()
    await sync.once()
    expect(await sync.once()).toMatchObject({ uploaded: 0, pending: 0, errors: [] })
    library.addKept('one more', seededBytes(100, 'more'))
    expect(await sync.once()).toMatchObject({ uploaded: 1, pending: 0 })
  })

  it('takes what a remote that is added again holds already as it is', async () => {
    const ids = keep(3)
    const { sync, location, credentials } = await withRemote()
    await sync.once()
    const [remote] = sync.remotes.list()
    await sync.remotes.remove(remote!.id)
    expect(sync.status()).toMatchObject({ state: 'no-remote' })
    expect(library.stateOf(ids[0]!).state).toBe('local')
    await sync.remotes.add({ role: 'library', location, ...(credentials ? { credentials } : {}) })
    expect(await sync.once()).toMatchObject({ uploaded: 0, pending: 0, errors: [] })
    expect(library.stateOf(ids[0]!).state).toBe('synced')
    expect(await differences(library.catalog, ids, location, credentials)).toEqual([])
  })

  it('names the asset whose original is missing, goes on with the others, and tries again when asked', async () => {
    const ids = keep(3)
    const path = join(library.root, library.catalog.assets.get(ids[1]!)!.storage_path)
    renameSync(path, `${path}.away`)
    const { sync } = await withRemote()
    expect(await sync.once()).toMatchObject({ uploaded: 2, pending: 0, errors: [{ code: 'file_vanished' }] })
    expect(library.stateOf(ids[1]!)).toMatchObject({ state: 'error', reason: expect.stringContaining('gone') })
    expect(sync.status()).toMatchObject({ state: 'attention', attention: 1 })
    renameSync(`${path}.away`, path)
    expect(await sync.once()).toMatchObject({ uploaded: 1, pending: 0, errors: [] })
    expect(library.stateOf(ids[1]!).state).toBe('synced')
  })

  it('says that a missing original keeps an asset from the remote, and uploads it once it is back', async () => {
    const { sync } = await withRemote()
    sync.start()
    const id = library.addKept('found', seededBytes(4000, 'found'))
    await eventually('it is synced', () => library.stateOf(id).state === 'synced')
    const [lost] = keep(1)
    const missing = {
      assetId: lost!,
      ok: false,
      status: 'missing',
      code: 'file_vanished',
      message: 'gone',
      facts: null,
    } as const
    await sync.close()
    library.catalog.assets.recordMedia([missing])
    const again = library.sync({ envCredentials: (await place()).credentials })
    again.start()
    library.catalog.assets.recordMedia([missing])
    await eventually('it says so', () => library.stateOf(lost!).state === 'error')
    expect(library.stateOf(lost!).reason).toContain('missing')
    library.recordDecoded(lost!)
    await eventually('it is synced too', () => library.stateOf(lost!).state === 'synced')
  })

  it('sends the thumbnail of an asset later when it was made later', async () => {
    const { sync, location, credentials } = await withRemote()
    const [id] = keep(1)
    library.catalog.assets.recordMedia([
      { assetId: id!, ok: false, status: 'error', code: 'decode_failed', message: 'no picture', facts: null },
    ])
    await sync.once()
    library.recordDecoded(id!)
    expect(await sync.once()).toMatchObject({ pending: 0, errors: [] })
    expect(await differences(library.catalog, [id!], location, credentials)).toEqual([])
  })

  it('ends although thumbnails are gone from the cache, and sends them once they are drawn again', async () => {
    const { sync, location, credentials } = await withRemote()
    const [id] = keep(1)
    const thumbnails = join(library.root, 'cache', 'thumbs')
    renameSync(thumbnails, `${thumbnails} gone`)
    expect(await sync.once()).toMatchObject({ uploaded: 1, pending: 0, errors: [] })
    expect(library.catalog.queue.counts('media').waiting).toBeGreaterThan(0)
    renameSync(`${thumbnails} gone`, thumbnails)
    library.recordDecoded(id!)
    expect(await sync.once()).toMatchObject({ pending: 0, errors: [] })
    expect(await differences(library.catalog, [id!], location, credentials)).toEqual([])
  })

  it('uploads only what is still kept when its turn comes', async () => {
    const [first, second] = keep(2)
    trashAssets(library.catalog, { ids: [first!] }, Date.now())
    const { sync, location, credentials } = await withRemote()
    expect(await sync.once()).toMatchObject({ uploaded: 1, pending: 0, errors: [] })
    expect(await differences(library.catalog, [second!], location, credentials)).toEqual([])
    expect(library.stateOf(first!).state).toBe('local')
    library.catalog.history.undo(Date.now())
    expect(await sync.once()).toMatchObject({ uploaded: 1 })
    expect(library.stateOf(first!).state).toBe('synced')
  })

  it('refuses a second library in the same place', async () => {
    const { sync, location, credentials } = await withRemote()
    await sync.once()
    const other = syncLibrary()
    const draft = { role: 'library' as const, location, ...(credentials ? { credentials } : {}) }
    const otherSync = other.sync()
    expect(await otherSync.remotes.test(draft)).toMatchObject({ ok: false, problem: 'other_library' })
    await expect(otherSync.remotes.add(draft)).rejects.toMatchObject({ code: 'remote_other_library' })
    await other.close()
    expect(await sync.remotes.test(draft)).toMatchObject({ ok: true, library: { name: 'Test library' } })
  })

  it('uploads in the background, as soon as something is kept', async () => {
    const { sync } = await withRemote()
    sync.start()
    const id = library.addKept('later', seededBytes(4000, 'later'))
    await eventually('the asset is synced', () => library.stateOf(id).state === 'synced')
    await eventually('the status says so', () => library.statuses.at(-1)?.state === 'up-to-date')
  })

  it('does nothing while paused, also after a restart, and goes on afterwards', async () => {
    const ids = keep(2)
    const { sync, location, credentials } = await withRemote()
    expect(sync.pause(true)).toMatchObject({ state: 'paused' })
    expect(await sync.once()).toMatchObject({ uploaded: 0, errors: [{ code: 'cancelled' }] })
    await sync.close()
    const again = library.sync({ envCredentials: credentials })
    again.start()
    expect(again.status()).toMatchObject({ state: 'paused', waiting: 2 })
    again.pause(false)
    await eventually('both are synced', () => ids.every((id) => library.stateOf(id).state === 'synced'))
    expect(await differences(library.catalog, ids, location, credentials)).toEqual([])
  })

  it('removes no object when a remote is removed', async () => {
    keep(1)
    const { sync, location, credentials } = await withRemote()
    await sync.once()
    const store = openStore(location, credentials)
    const before = (await collect(store.list(''))).length
    await sync.remotes.remove(sync.remotes.list()[0]!.id)
    expect((await collect(store.list(''))).length).toBe(before)
  })
}

describeUnless(s3Obstacle, 'a bucket as remote', () => {
  let s3: TestS3
  beforeAll(async () => {
    s3 = await openTestS3()
  }, 300_000)
  afterAll(() => s3?.close())

  uploads(async () => ({ location: await s3.place(), credentials: s3.credentials }))
})

describe('a folder as remote', () => {
  const work = temporaryFolder()
  afterAll(() => work.remove())
  let count = 0
  const newFolder = () => {
    const path = join(work.path, `remote-${count++}`)
    mkdirSync(path)
    return path
  }

  uploads(async () => ({ location: { kind: 'folder', path: newFolder(), prefix: 'backup' }, credentials: null }))

  it('is offline while its disk is gone or an empty mount point, and goes on by itself when it is back', async () => {
    const library = syncLibrary()
    const path = newFolder()
    const location: RemoteLocation = { kind: 'folder', path, prefix: '' }
    const sync = library.sync()
    await sync.remotes.add({ role: 'library', location })
    sync.start()
    await eventually('it is connected', () => sync.status().lastSuccessAt !== null)
    renameSync(path, `${path}-unplugged`)
    const id = library.addKept('meanwhile', seededBytes(3000, 'meanwhile'))
    await eventually('it is offline', () => sync.status().state === 'offline')
    expect(sync.status()).toMatchObject({ waiting: 1, message: expect.stringContaining(path) })
    expect(library.stateOf(id).state).toBe('queued')
    mkdirSync(path)
    sync.now()
    await eventually('it looked at the empty folder', () => sync.status().message?.includes('library.json') ?? false)
    expect(sync.status().state).toBe('offline')
    rmSync(path, { recursive: true })
    renameSync(`${path}-unplugged`, path)
    await eventually('it is synced', () => library.stateOf(id).state === 'synced')
    expect(await differences(library.catalog, [id], location, null)).toEqual([])
    await library.close()
  })
})
