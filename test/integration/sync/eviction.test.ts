import { spawn } from 'node:child_process'
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '../../../src/main/engine/adapters/openStore.ts'
import { addToCollection, createCollection } from '../../../src/main/engine/library/editCollections.ts'
import { trashAssets } from '../../../src/main/engine/library/trashAssets.ts'
import { changeCareSettings } from '../../../src/main/engine/sync/care/careSettings.ts'
import type { AssetId } from '../../../src/shared/domain/ids.ts'
import { describeUnless } from '../support/describeUnless.ts'
import { type Device, devicesOf, dump, type Place, settle } from './support/devices.ts'
import { eventually, seededBytes, temporaryFolder } from './support/files.ts'
import { syncLibrary } from './support/syncLibrary.ts'
import { openTestS3, s3Obstacle, type TestS3 } from './support/testS3.ts'

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean()
})
const clean = (remove: () => unknown) => void cleanups.push(remove)
const bytesOf = (name: string) => seededBytes(3000, name)
const originalOf = ({ root, catalog }: Pick<Device, 'root' | 'catalog'>, id: AssetId) =>
  join(root, catalog.assets.get(id)!.storage_path)
const evictProcess = fileURLToPath(new URL('./support/evictProcess.ts', import.meta.url))
const setCell = ({ catalog }: Device, id: AssetId, field: string, value: string | number | null) =>
  catalog.mutate({ kind: 'edit', label: () => 'Edited', undoable: true, now: Date.now() }, (writer) => {
    writer.set('asset', id, field, value)
  })

/** No decoder runs here: what it would still have to do is done. */
const decoded = ({ catalog }: Device) => catalog.queue.remove('media', '')

function eviction(newPlace: () => Promise<Place>): void {
  async function synced(names: readonly string[]): Promise<{ device: Device; ids: AssetId[]; place: Place }> {
    const place = await newPlace()
    const [device] = devicesOf(1, place, clean) as [Device]
    const ids = names.map((name) => device.addKept(name, bytesOf(name)))
    decoded(device)
    await device.connect()
    expect(await device.syncing.once()).toMatchObject({ pending: 0, errors: [] })
    return { device, ids, place }
  }

  it('removes an original that the bucket is shown to hold, and brings the same bytes back', async () => {
    const { device, ids } = await synced(['one', 'two'])
    const [one, two] = ids as [AssetId, AssetId]
    const before = dump(device)
    expect(await device.syncing.care.evict([one])).toEqual({ evicted: [one], bytes: 3000, kept: [], failed: [] })
    expect(existsSync(originalOf(device, one))).toBe(false)
    expect(device.stateOf(one)).toEqual({ state: 'cloud-only', reason: null })
    expect(existsSync(originalOf(device, two))).toBe(true)
    // Nobody else learns of it, and nothing is sent again.
    expect(dump(device)).toEqual(before)
    expect(await device.syncing.once()).toMatchObject({ uploaded: 0, pending: 0, errors: [] })
    expect(device.stateOf(one).state).toBe('cloud-only')
    expect(await device.syncing.care.evict([one])).toMatchObject({ kept: [{ id: one, reason: 'elsewhere' }] })

    expect(await device.syncing.fetch([one])).toMatchObject({ fetched: [one], failed: [] })
    expect(readFileSync(originalOf(device, one)).equals(bytesOf('one'))).toBe(true)
    expect(device.stateOf(one).state).toBe('synced')
  })

  it('removes what was fetched only after the bucket has shown it to this device too', async () => {
    const place = await newPlace()
    const [a, b] = devicesOf(2, place, clean) as [Device, Device]
    const id = a.addKept('shared', bytesOf('shared'))
    for (const device of [a, b]) await device.connect()
    await settle([a, b])
    await b.syncing.fetch([id])
    decoded(b)
    expect(await b.syncing.care.evict([id])).toMatchObject({ evicted: [id] })
    const remote = b.catalog.remotes.list()[0]!.id
    expect(b.catalog.remotes.object(remote, id, 'original')!.verified).not.toBe('published')
    expect(await b.syncing.fetch([id])).toMatchObject({ fetched: [id] })
  })

  it('keeps what the bucket has lost or changed, what is pinned, in the Workspace, in Trash, or not synced', async () => {
    const { device, ids, place } = await synced(['lost', 'changed', 'pinned', 'workspace', 'trash'])
    const [lost, changed, pinned, workspace, trash] = ids as [AssetId, AssetId, AssetId, AssetId, AssetId]
    const remote = device.catalog.remotes.list()[0]!.id
    const store = openStore(place.location, place.credentials)
    clean(() => store.close())
    await store.delete(device.catalog.remotes.object(remote, lost, 'original')!.key)
    const { key } = device.catalog.remotes.object(remote, changed, 'original')!
    await store.putBytes(key, bytesOf('other bytes of the same length'), 'application/octet-stream')
    const { collection } = createCollection(device.catalog, 'Stays', undefined, Date.now(), {})
    addToCollection(device.catalog, collection.id, { ids: [pinned] }, Date.now())
    device.syncing.care.setPinned(collection.id, true)
    setCell(device, workspace, 'space', 'workspace')
    trashAssets(device.catalog, { ids: [trash] }, Date.now())
    const fresh = device.addKept('fresh', bytesOf('fresh'))
    decoded(device)
    const { evicted, kept } = await device.syncing.care.evict([...ids, fresh])
    expect(evicted).toEqual([])
    expect(new Map(kept.map(({ id, reason }) => [id, reason]))).toEqual(
      new Map([
        [lost, 'bucket'],
        [changed, 'bucket'],
        [pinned, 'pinned'],
        [workspace, 'workspace'],
        [trash, 'trash'],
        [fresh, 'unsynced'],
      ]),
    )
    for (const id of [...ids, fresh]) expect(existsSync(originalOf(device, id))).toBe(true)
  })

  it('lets a damaged file go while the bucket has the right bytes', async () => {
    const { device, ids } = await synced(['rotten'])
    const [id] = ids as [AssetId]
    writeFileSync(originalOf(device, id), bytesOf('not what it was'))
    const { evicted, kept } = await device.syncing.care.evict([id])
    expect([evicted.length, kept.length]).toEqual([1, 0])
    await device.syncing.fetch([id])
    expect(readFileSync(originalOf(device, id)).equals(bytesOf('rotten'))).toBe(true)
  })

  it('keeps a film until its poster is drawn, also one that was given up for now', async () => {
    const { device, ids } = await synced(['film'])
    const [film] = ids as [AssetId]
    const { queue } = device.catalog
    queue.enqueue([{ kind: 'poster', key: film, payload: null, priority: 0, runAt: Date.now() }])
    expect(await device.syncing.care.evict([film])).toMatchObject({ kept: [{ id: film, reason: 'busy' }] })
    const [job] = queue.claim('poster', 1, Date.now())
    queue.fail(job!.id, { code: 'engine_unavailable', message: 'No window.' }, null)
    expect(await device.syncing.care.evict([film])).toMatchObject({ kept: [{ id: film, reason: 'busy' }] })
    queue.remove('poster', '')
    expect(await device.syncing.care.evict([film])).toMatchObject({ evicted: [film] })
  })

  it('keeps within a budget what was read last', async () => {
    const { device, ids } = await synced(['a', 'b', 'c', 'd'])
    const [a, b, c, d] = ids as [AssetId, AssetId, AssetId, AssetId]
    const past = Date.now() - 86_400_000
    for (const [index, id] of [d, b, a, c].entries()) device.catalog.localOriginals.noteUse([id], past + index)
    for (const id of ids) setCell(device, id, 'imported_at', past - 1000)
    expect(await device.syncing.care.shrink(6000)).toEqual({ evicted: 2, bytes: 6000, bytesHere: 6000 })
    expect(ids.map((id) => device.stateOf(id).state)).toEqual(['synced', 'cloud-only', 'synced', 'cloud-only'])
    expect([a, c].every((id) => existsSync(originalOf(device, id)))).toBe(true)
  })

  it('fetches what a pinned collection holds, also what comes to it later, and keeps it from going', async () => {
    const { device, ids } = await synced(['p1', 'p2', 'p3'])
    const [one, two, three] = ids as [AssetId, AssetId, AssetId]
    await device.syncing.care.evict(ids)
    const { collection } = createCollection(device.catalog, 'Above', undefined, Date.now(), {})
    const { collection: below } = createCollection(device.catalog, 'Below', collection.id, Date.now(), {})
    addToCollection(device.catalog, below.id, { ids: [one] }, Date.now())
    device.syncing.care.setPinned(collection.id, true)
    device.syncing.start()
    await eventually('the first comes', () => device.stateOf(one).state === 'synced')
    addToCollection(device.catalog, collection.id, { ids: [two] }, Date.now())
    await eventually('the second comes', () => device.stateOf(two).state === 'synced')
    expect(device.stateOf(three).state).toBe('cloud-only')
    expect(await device.syncing.care.evict([one, two])).toMatchObject({ evicted: [], kept: { length: 2 } })
  })

  it('never says that an original is here when it is not, nor loses one, whenever its process is killed', async () => {
    const names = Array.from({ length: 40 }, (_, index) => `k${index}`)
    const { device, ids, place } = await synced(names)
    await device.syncing.close()
    device.catalog.close()
    const keys = place.credentials
      ? { AWS_ACCESS_KEY_ID: place.credentials.accessKeyId, AWS_SECRET_ACCESS_KEY: place.credentials.secretAccessKey }
      : {}
    let gone = 0
    for (let round = 0; round < 6 && gone < ids.length; round++) {
      // The bucket has it all meanwhile, and the kill comes while originals go: each has its own line.
      const child = spawn(process.execPath, [evictProcess, device.root], { env: { ...process.env, ...keys } })
      const ended = new Promise((resolve) => child.once('exit', resolve))
      let lines = 0
      child.stdout.on('data', (data: Buffer) => {
        lines += data.toString().split('\n').length - 1
        if (lines > round * 2) child.kill('SIGKILL')
      })
      await ended
      const library = syncLibrary(device.root)
      const syncing = library.sync({ envCredentials: place.credentials })
      for (const id of ids) {
        const { state } = library.stateOf(id)
        expect([id, existsSync(originalOf(library, id))]).toEqual([id, state === 'synced'])
      }
      gone = ids.filter((id) => library.stateOf(id).state === 'cloud-only').length
      expect(gone).toBeGreaterThan(0)
      await syncing.close()
      await library.close()
    }
    const library = syncLibrary(device.root)
    clean(() => library.close())
    const syncing = library.sync({ envCredentials: place.credentials })
    expect(await syncing.fetch(ids)).toMatchObject({ failed: [] })
    for (const [index, id] of ids.entries()) {
      expect(readFileSync(originalOf(library, id)).equals(bytesOf(names[index]!))).toBe(true)
    }
  })

  it('brings everything here that is only in the bucket, before that is taken away', async () => {
    const { device, ids } = await synced(['one', 'two', 'three'])
    const { id } = device.catalog.remotes.list()[0]!
    await device.syncing.care.evict(ids.slice(0, 2))
    expect(await device.syncing.fetchOnlyThere(id)).toEqual({
      fetched: 2,
      failures: 0,
      failed: [],
      left: { count: 0, bytes: 0 },
    })
    await device.syncing.remotes.remove(id)
    for (const one of ids) expect(device.stateOf(one).state).toBe('local')
  })

  it('names what it can’t bring here, and keeps the remote', async () => {
    const { device, ids, place } = await synced(['one', 'two'])
    const { id } = device.catalog.remotes.list()[0]!
    await device.syncing.care.evict(ids)
    const store = openStore(place.location, place.credentials)
    const gone = device.catalog.remotes.object(id, ids[0] as AssetId, 'original')!
    await store.delete(gone.key)
    store.close()
    expect(await device.syncing.fetchOnlyThere(id)).toMatchObject({
      fetched: 1,
      failures: 1,
      failed: [{ code: 'not_found', name: expect.stringContaining('one') }],
      left: { count: 1 },
    })
    await expect(device.syncing.remotes.remove(id)).rejects.toMatchObject({ details: { count: 1 } })
  })

  it('knows what is only in the bucket when that is taken away, and has it again when it is back', async () => {
    const { device, ids, place } = await synced(['here', 'there'])
    const [here, there] = ids as [AssetId, AssetId]
    await device.syncing.care.evict([there])
    const { id } = device.catalog.remotes.list()[0]!
    const bytes = bytesOf('there').length
    expect(device.syncing.remotes.onlyThere(id)).toEqual({ count: 1, bytes })
    await expect(device.syncing.remotes.remove(id)).rejects.toMatchObject({ details: { count: 1, bytes } })
    expect(device.syncing.remotes.list()).toHaveLength(1)
    await device.syncing.remotes.remove(id, true)
    expect(device.stateOf(here).state).toBe('local')
    expect(device.stateOf(there)).toMatchObject({
      state: 'cloud-only',
      reason: expect.stringContaining('Add it again'),
    })
    await expect(device.syncing.care.evict([here])).rejects.toMatchObject({ code: 'not_found' })
    const credentials = place.credentials ? { credentials: place.credentials } : {}
    await device.syncing.remotes.add({ role: 'library', location: place.location, ...credentials })
    expect(await device.syncing.once()).toMatchObject({ pending: 0, errors: [] })
    expect(device.stateOf(there)).toEqual({ state: 'cloud-only', reason: null })
    expect(await device.syncing.fetch([there])).toMatchObject({ fetched: [there] })
  })

  it('keeps the budget by itself, and only while sync may work', async () => {
    const place = await newPlace()
    const [device] = devicesOf(1, place, clean) as [Device]
    const ids = ['old', 'new'].map((name) => device.addKept(name, seededBytes(64 * 1024 * 1024, name)))
    const [old, recent] = ids as [AssetId, AssetId]
    decoded(device)
    await device.connect()
    await device.syncing.once()
    const past = Date.now() - 86_400_000
    for (const id of ids) setCell(device, id, 'imported_at', past)
    device.catalog.localOriginals.noteUse([recent], past + 1000)
    await device.syncing.once()
    device.syncing.pause(true)
    changeCareSettings(device.catalog, { budgetBytes: 120 * 1024 * 1024 })
    device.syncing.start()
    device.syncing.care.changed()
    await new Promise((resolve) => setTimeout(resolve, 3000))
    expect(existsSync(originalOf(device, old))).toBe(true)
    device.syncing.pause(false)
    await eventually('the older one leaves', () => device.stateOf(old).state === 'cloud-only')
    expect(existsSync(originalOf(device, old))).toBe(false)
    expect(device.stateOf(recent).state).toBe('synced')
  })

  it('takes a file for here whose removal was written down and then never happened', async () => {
    const { device, ids } = await synced(['cut short'])
    const [id] = ids as [AssetId]
    const { sha256, storagePath } = device.catalog.assets.findById(id)!
    device.catalog.localOriginals.beginEviction(storagePath, sha256, [id], Date.now())
    expect(device.stateOf(id).state).toBe('cloud-only')
    await device.syncing.close()
    device.sync()
    expect(device.stateOf(id).state).toBe('synced')
    expect(device.catalog.localOriginals.evictions()).toEqual([])
  })

  it('does not take for lost what was removed on purpose when the catalogue is made anew', async () => {
    const { device, ids, place } = await synced(['kept', 'removed'])
    const [kept, removed] = ids as [AssetId, AssetId]
    await device.syncing.care.evict([removed])
    await device.syncing.close()
    device.catalog.close()
    const saved = join(device.root, '..', 'copy.sqlite')
    cpSync(join(device.root, 'catalog.sqlite'), saved)
    for (const suffix of ['', '-wal', '-shm']) rmSync(join(device.root, `catalog.sqlite${suffix}`), { force: true })
    const library = syncLibrary(device.root)
    clean(() => library.close())
    expect(library.stateOf(removed).state).toBe('cloud-only')
    expect(library.stateOf(kept).state).toBe('local')
    const syncing = library.sync({ envCredentials: place.credentials })
    expect(await syncing.once()).toMatchObject({ pending: 0, errors: [] })
    expect(await syncing.fetch([removed])).toMatchObject({ fetched: [removed] })
  })
}

describe('eviction: a folder', () => {
  eviction(async () => {
    const folder = temporaryFolder()
    clean(() => folder.remove())
    return { location: { kind: 'folder', path: folder.path, prefix: '' }, credentials: null }
  })
})

describeUnless(s3Obstacle, 'eviction: S3', () => {
  let s3: TestS3
  beforeAll(async () => {
    s3 = await openTestS3()
  }, 300_000)
  afterAll(() => s3.close())
  eviction(async () => ({ location: await s3.place(), credentials: s3.credentials }))
})
