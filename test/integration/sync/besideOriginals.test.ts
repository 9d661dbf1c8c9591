import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { nodeClock } from '../../../src/main/engine/adapters/nodeClock.ts'
import { openStore } from '../../../src/main/engine/adapters/openStore.ts'
import { purgeAssets } from '../../../src/main/engine/library/purgeAssets.ts'
import { trashAssets } from '../../../src/main/engine/library/trashAssets.ts'
import { addVersion } from '../../../src/main/engine/library/versions/addVersion.ts'
import { restoreVersion } from '../../../src/main/engine/library/versions/restoreVersion.ts'
import type { AssetId } from '../../../src/shared/domain/ids.ts'
import type { RemotePolicy } from '../../../src/shared/domain/remote.ts'
import { describeUnless } from '../support/describeUnless.ts'
import { type Device, devicesOf, dump, type Place, settle } from './support/devices.ts'
import { collect, seededBytes, sha256Of, temporaryFolder } from './support/files.ts'
import { openTestS3, s3Obstacle, type TestS3 } from './support/testS3.ts'

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean()
})
const clean = (remove: () => unknown) => void cleanups.push(remove)
const bytesOf = (name: string) => seededBytes(3000, name)
const decoded = ({ catalog }: Device, id: AssetId) => {
  catalog.queue.remove('media', '')
  catalog.mutate({ kind: 'media', label: () => 'Read', undoable: false, now: Date.now() }, (writer) =>
    writer.set('asset', id, 'status', 'available'),
  )
}

/** What the import does with the file of a new version, and what decoders do then. */
async function giveVersion(device: Device, id: AssetId, name: string, bytes = bytesOf(name)): Promise<void> {
  const sha256 = sha256Of(bytes)
  const storagePath = `originals/2026/11/${name}.${sha256.slice(0, 12)}.bin`
  const path = join(device.root, storagePath)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, bytes)
  const store = async () =>
    ({
      read: { sha256, size: bytes.length, mtimeMs: Date.now() },
      type: { mimeType: 'application/octet-stream', extension: 'bin', assetType: 'other' },
      storagePath,
    }) as unknown as Awaited<ReturnType<Parameters<typeof addVersion>[1]>>
  await addVersion(device.catalog, store, id, path, undefined, () => Date.now())
  decoded(device, id)
}

function beside(newPlace: () => Promise<Place>): void {
  const keysAt = async (place: Place): Promise<string[]> => {
    const store = openStore(place.location, place.credentials)
    try {
      return (await collect(store.list(''))).map(({ key }) => key)
    } finally {
      store.close()
    }
  }
  const remoteOf = ({ catalog }: Device) => catalog.remotes.list()[0]!.id

  it('holds every version, whether it was sent as an original before or never was', async () => {
    const place = await newPlace()
    const [a, b] = devicesOf(2, place, clean) as [Device, Device]
    const before = a.addKept('sent', bytesOf('sent'))
    const never = a.addKept('first', bytesOf('first'))
    await giveVersion(a, never, 'second')
    for (const device of [a, b]) await device.connect()
    await settle([a, b])
    await giveVersion(a, before, 'sent again')
    await settle([a, b])

    const keys = await keysAt(place)
    for (const name of ['sent', 'sent again', 'first', 'second']) {
      const digits = sha256Of(bytesOf(name)).slice(0, 12)
      expect(keys.filter((key) => key.includes(digits) && !key.includes('/thumbnails/'))).toHaveLength(1)
    }
    for (const device of [a, b]) {
      for (const id of [before, never]) {
        expect(device.catalog.versions.list(id).map(({ in_bucket }) => in_bucket)).toEqual([true, true])
        // Whoever looks for what is left over finds it in use.
        const kinds = device.catalog.remotes.objectsOf(remoteOf(device), id).map(({ kind }) => kind)
        expect(kinds).toEqual(expect.arrayContaining(['original', 'version']))
      }
    }
    expect(dump(b)).toEqual(dump(a))
    // Nothing is done twice.
    expect(await a.syncing.once()).toMatchObject({ uploaded: 0, pending: 0, errors: [] })
  })

  it('counts as something that would be lost with the remote, and is brought here before that goes', async () => {
    const place = await newPlace()
    const [a, b] = devicesOf(2, place, clean) as [Device, Device]
    const id = a.addKept('old', bytesOf('old'))
    await giveVersion(a, id, 'new')
    for (const device of [a, b]) await device.connect()
    await settle([a, b])
    const [present, old] = b.catalog.versions.list(id)
    const bytes = present!.file_size_bytes + old!.file_size_bytes
    expect(b.syncing.remotes.onlyThere(remoteOf(b))).toEqual({ count: 2, bytes })
    await b.syncing.fetch([id])
    await expect(b.syncing.remotes.remove(remoteOf(b))).rejects.toMatchObject({ details: { count: 1 } })
    expect(await b.syncing.fetchOnlyThere(remoteOf(b))).toMatchObject({ fetched: 1, failures: 0, left: { count: 0 } })
    expect(readFileSync(join(b.root, old!.storage_path)).equals(bytesOf('old'))).toBe(true)
    await b.syncing.remotes.remove(remoteOf(b))
  })

  it('fetches a version that is only in the bucket, and makes it current again', async () => {
    const place = await newPlace()
    const [a, b] = devicesOf(2, place, clean) as [Device, Device]
    const id = a.addKept('old', bytesOf('old'))
    await giveVersion(a, id, 'new')
    for (const device of [a, b]) await device.connect()
    await settle([a, b])
    const [, old] = b.catalog.versions.list(id)
    const file = join(b.root, old!.storage_path)
    expect(existsSync(file)).toBe(false)
    expect(await b.syncing.bringVersion(old!.id)).toBe('fetched')
    expect(readFileSync(file).equals(bytesOf('old'))).toBe(true)
    expect(await b.syncing.bringVersion(old!.id)).toBe('here')
    restoreVersion(b.catalog, old!.id, Date.now())
    decoded(b, id)
    await settle([b, a])
    expect(a.catalog.assets.findById(id)!.sha256).toBe(sha256Of(bytesOf('old')))
    expect(dump(b)).toEqual(dump(a))
  })

  it('keeps the original of an evicted asset, which became an earlier version', async () => {
    const place = await newPlace()
    const [a] = devicesOf(1, place, clean) as [Device]
    const id = a.addKept('gone from here', bytesOf('gone from here'))
    a.catalog.queue.remove('media', '')
    await a.connect()
    await a.syncing.once()
    expect(await a.syncing.care.evict([id])).toMatchObject({ evicted: [id] })
    await giveVersion(a, id, 'after')
    await a.syncing.once()
    expect(a.stateOf(id)).toEqual({ state: 'synced', reason: null })
    const [, old] = a.catalog.versions.list(id)
    expect(old).toMatchObject({ in_bucket: true })
    expect(await a.syncing.bringVersion(old!.id)).toBe('fetched')
  })

  it('lets files of earlier versions go before originals, and brings back what is wanted again', async () => {
    const place = await newPlace()
    const [a] = devicesOf(1, place, clean) as [Device]
    const id = a.addKept('v1', bytesOf('v1'))
    const other = a.addKept('other', bytesOf('other'))
    a.catalog.queue.remove('media', '')
    await a.connect()
    await a.syncing.once()
    await giveVersion(a, id, 'v2')
    expect(await a.syncing.once()).toMatchObject({ pending: 0, errors: [] })
    const [, old] = a.catalog.versions.list(id)
    const file = join(a.root, old!.storage_path)
    // An undo just after the change finds it here.
    expect(await a.syncing.care.shrink(6000)).toEqual({ evicted: 0, bytes: 0, bytesHere: 9000 })

    const later = a.sync({
      clock: { ...nodeClock, now: () => Date.now() + 2 * 86_400_000 },
      envCredentials: place.credentials,
    })
    expect(await later.care.shrink(6000)).toEqual({ evicted: 1, bytes: 3000, bytesHere: 6000 })
    expect(existsSync(file)).toBe(false)
    expect([id, other].map((one) => a.stateOf(one).state)).toEqual(['synced', 'synced'])
    expect(await later.bringVersion(old!.id)).toBe('fetched')
    expect(readFileSync(file).equals(bytesOf('v1'))).toBe(true)
    expect(await later.care.shrink(6000)).toMatchObject({ evicted: 1 })

    a.catalog.history.undo(Date.now())
    expect(a.catalog.assets.findById(id)?.sha256).toBe(sha256Of(bytesOf('v1')))
    expect(await later.bringBack(id)).toBe('here')
    expect(readFileSync(file).equals(bytesOf('v1'))).toBe(true)
    decoded(a, id)
    expect(await a.syncing.once()).toMatchObject({ pending: 0, errors: [] })
    expect(a.stateOf(id)).toEqual({ state: 'synced', reason: null })
    const fresh = a.addKept('fresh', bytesOf('fresh'))
    expect(await a.syncing.bringBack(fresh)).toBe('unknown')
  })

  it('keeps a version here that the bucket has lost', async () => {
    const place = await newPlace()
    const [a] = devicesOf(1, place, clean) as [Device]
    const id = a.addKept('v1', bytesOf('v1'))
    await giveVersion(a, id, 'v2')
    await a.connect()
    await a.syncing.once()
    const [, old] = a.catalog.versions.list(id)
    const store = openStore(place.location, place.credentials)
    clean(() => store.close())
    await store.delete(a.catalog.remotes.object(remoteOf(a), id, 'version', old!.sha256)!.key)
    const later = a.sync({
      clock: { ...nodeClock, now: () => Date.now() + 2 * 86_400_000 },
      envCredentials: place.credentials,
    })
    await later.care.shrink(0)
    expect(existsSync(join(a.root, old!.storage_path))).toBe(true)
  })

  it('says who has a version that the bucket lacks, and lets a policy keep it at home without a fuss', async () => {
    const place = await newPlace()
    const [a, b] = devicesOf(2, place, clean) as [Device, Device]
    const id = a.addKept('large', seededBytes(40_000, 'large'))
    await giveVersion(a, id, 'small')
    for (const device of [a, b]) await device.connect()
    const policy: Partial<RemotePolicy> = { sizeLimitBytes: 10_000 }
    await a.syncing.remotes.configure(remoteOf(a), policy)
    await settle([a, b])
    expect(a.stateOf(id)).toEqual({ state: 'synced', reason: null })
    const [, old] = b.catalog.versions.list(id)
    expect(old).toMatchObject({ in_bucket: false })
    await expect(b.syncing.bringVersion(old!.id)).rejects.toMatchObject({ code: 'not_found' })
    await a.syncing.remotes.configure(remoteOf(a), { sizeLimitBytes: null })
    await settle([a, b])
    expect(b.catalog.versions.list(id)[1]).toMatchObject({ in_bucket: true })
    expect(await b.syncing.bringVersion(old!.id)).toBe('fetched')
  })

  it('brings sidecars along with the original that they describe', async () => {
    const place = await newPlace()
    const [a, b] = devicesOf(2, place, clean) as [Device, Device]
    const id = a.addKept('described', bytesOf('described'))
    const text = Buffer.from('<x:xmpmeta/>')
    const path = `${a.catalog.assets.findById(id)!.storagePath}.xmp`
    writeFileSync(join(a.root, path), text)
    a.catalog.assets.attachSidecars(id, [{ name: 'described.xmp', path, sha256: sha256Of(text), bytes: text.length }])
    for (const device of [a, b]) await device.connect()
    await settle([a, b])
    expect(existsSync(join(b.root, path))).toBe(false)
    await b.syncing.fetch([id])
    expect(readFileSync(join(b.root, path)).equals(text)).toBe(true)
    expect(b.catalog.remotes.object(remoteOf(b), id, 'sidecar', sha256Of(text))).toBeDefined()
  })

  it('hands versions of a purged asset to whoever empties the bucket, unless another asset has the bytes', async () => {
    const place = await newPlace()
    const [a] = devicesOf(1, place, clean) as [Device]
    const id = a.addKept('v1', bytesOf('v1'))
    await giveVersion(a, id, 'v2')
    await a.connect()
    await a.syncing.once()
    const keys = a.catalog.remotes
      .objectsOf(remoteOf(a), id)
      .filter(({ kind }) => kind !== 'thumbnail')
      .map(({ key }) => key)
    expect(keys).toHaveLength(2)
    trashAssets(a.catalog, { ids: [id] }, Date.now())
    await purgeAssets(a.catalog, [a.catalog.assets.findById(id)!.rowId], 1, Date.now())
    expect(a.catalog.remotes.objectsOf(remoteOf(a), id)).toEqual([])
    rmSync(join(a.root, 'originals'), { recursive: true })
  })
}

describe('beside originals: a folder', () => {
  beside(async () => {
    const folder = temporaryFolder()
    clean(() => folder.remove())
    return { location: { kind: 'folder', path: folder.path, prefix: '' }, credentials: null }
  })
})

describeUnless(s3Obstacle, 'beside originals: S3', () => {
  let s3: TestS3
  beforeAll(async () => {
    s3 = await openTestS3()
  }, 300_000)
  afterAll(() => s3.close())
  beside(async () => ({ location: await s3.place(), credentials: s3.credentials }))
})
