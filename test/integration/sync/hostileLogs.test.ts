import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '../../../src/main/engine/adapters/openStore.ts'
import { encodeSegment, segmentHash, segmentName } from '../../../src/main/engine/catalog/journal/segment.ts'
import type { ObjectStore } from '../../../src/main/engine/ports.ts'
import type { AssetId } from '../../../src/shared/domain/ids.ts'
import { describeUnless } from '../support/describeUnless.ts'
import { type Device, deviceIdOf, devicesOf, dump, type Place, settle } from './support/devices.ts'
import { collect, readAll, seededBytes, temporaryFolder } from './support/files.ts'
import { syncLibrary } from './support/syncLibrary.ts'
import { openTestS3, s3Obstacle, type TestS3 } from './support/testS3.ts'

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean()
})
const clean = (remove: () => unknown) => void cleanups.push(remove)
const edit = ({ catalog }: Pick<Device, 'catalog'>, id: AssetId, field: string, value: string | number | null) =>
  catalog.mutate({ kind: 'edit', label: () => 'Edited', undoable: true, now: Date.now() }, (writer) => {
    writer.set('asset', id, field, value)
  })
const stranger = 'd0000000-0000-4000-8000-00000000000d'

function hostile(newPlace: () => Promise<Place>): void {
  /** Two devices with an asset that both have, and the door to what stands in between. */
  async function shared(count = 2) {
    const place = await newPlace()
    const devices = devicesOf(count, place, clean)
    const [a] = devices as [Device]
    for (const device of devices) await device.connect()
    const id = a.addKept('pier', seededBytes(3000, 'pier'))
    await settle(devices)
    const store = openStore(place.location, place.credentials)
    clean(() => store.close())
    const logOf = (device: string) => `${a.catalog.libraryId}/log/${device}`
    return { devices, id, store, logOf, library: a.catalog.libraryId }
  }
  const keysOf = async (store: ObjectStore, prefix: string) =>
    (await collect(store.list(`${prefix}/`))).map(({ key }) => key).sort()
  const bytesOf = async (store: ObjectStore, key: string) => readAll(await store.get(key))
  const put = (store: ObjectStore, key: string, bytes: Uint8Array) => store.putBytes(key, bytes, 'application/gzip')
  /** Each title is a segment of its own. */
  const tell = async (device: Device, id: AssetId, ...titles: string[]) => {
    for (const title of titles) {
      edit(device, id, 'custom_title', title)
      await device.syncing.once()
    }
  }

  it('a part that comes again under the next number changes nothing, and its log goes on once that is put right', async () => {
    const { devices, id, store, logOf } = await shared()
    const [a, b] = devices as [Device, Device]
    await tell(a, id, 'One', 'Two')
    await b.syncing.once()
    const keys = await keysOf(store, logOf(deviceIdOf(a.root)))
    const next = keys.at(-1)!.replace(/\d{16}/, String(keys.length + 1).padStart(16, '0'))
    await put(store, next, await bytesOf(store, keys.at(-2)!))
    edit(b, id, 'custom_title', 'Three')
    expect((await b.syncing.once()).errors).toMatchObject([{ message: expect.stringContaining('wrong place') }])
    expect(b.catalog.assets.get(id)?.custom_title).toBe('Three')
    await store.delete(next)
    await settle([a, b])
    expect(dump(b)).toEqual(dump(a))
    expect(a.catalog.assets.get(id)?.custom_title).toBe('Three')
  })

  it('parts in another order are not applied, and then in theirs', async () => {
    const { devices, id, store, logOf } = await shared()
    const [a, b] = devices as [Device, Device]
    await tell(a, id, 'One', 'Two', 'Three')
    const [second, third] = (await keysOf(store, logOf(deviceIdOf(a.root)))).slice(-2) as [string, string]
    const [bytes, later] = [await bytesOf(store, second), await bytesOf(store, third)]
    await put(store, second, later)
    await put(store, third, bytes)
    expect((await b.syncing.once()).errors).toHaveLength(1)
    expect(b.catalog.assets.get(id)?.custom_title).toBe('One')
    await put(store, second, bytes)
    await put(store, third, later)
    expect((await b.syncing.once()).errors).toEqual([])
    expect(dump(b)).toEqual(dump(a))
  })

  it('a log that was put back to an earlier state takes nothing away from whoever knew more', async () => {
    const { devices, id, store, logOf } = await shared()
    const [a, b] = devices as [Device, Device]
    await tell(a, id, 'One', 'Two')
    await b.syncing.once()
    const last = (await keysOf(store, logOf(deviceIdOf(a.root)))).at(-1)!
    const bytes = await bytesOf(store, last)
    await store.delete(last)
    expect((await b.syncing.once()).errors).toEqual([])
    expect(b.catalog.assets.get(id)?.custom_title).toBe('Two')
    // What comes after the gap is applied all the same by whoever has seen what stood there.
    await tell(a, id, 'Three')
    await b.syncing.once()
    expect(b.catalog.assets.get(id)?.custom_title).toBe('Three')
    await put(store, last, bytes)
    expect((await b.syncing.once()).errors).toEqual([])
    expect(dump(b)).toEqual(dump(a))
  })

  it('a part of one device’s log under the name of another is nobody’s', async () => {
    const { devices, id, store, logOf, library } = await shared(3)
    const [a, b, c] = devices as [Device, Device, Device]
    await tell(a, id, 'One')
    const [first] = (await keysOf(store, logOf(deviceIdOf(a.root)))) as [string]
    await put(store, `${logOf(stranger)}/${segmentName(1)}`, await bytesOf(store, first))
    await store.putBytes(`${library}/devices/${stranger}.json`, Buffer.from('{}'), 'application/json')
    for (const device of [b, c]) {
      expect((await device.syncing.once()).errors).toMatchObject([{ message: expect.stringContaining('wrong place') }])
      expect(dump(device)).toEqual(dump(a))
    }
  })

  it('what a newer version says waits for a version that understands it, over a rebuild and to the last word', async () => {
    const { devices, id, store, logOf, library } = await shared()
    const [a, b] = devices as [Device, Device]
    const seen = b.catalog.remoteLog.frontier()
    const stamp = `1895142400000.000000.${stranger}`
    const lines = [
      { entity: 'asset', id, field: 'custom_title', value: 'Of the newer version', stamp },
      { entity: 'asset', id, field: 'mood', value: 'calm', stamp },
      { entity: 'moodboard', id, field: '', value: { name: 'Sea' }, stamp },
      { entity: 'asset', id, field: 'visibility', value: { audience: 'friends' }, stamp },
    ].map((line) => JSON.stringify(line))
    const header = { format: 1, library, device: stranger, seq: 1, prevSha: null, seen, lastOutbox: 4 } as const
    const bytes = encodeSegment(header, lines)
    await put(store, `${logOf(stranger)}/${segmentName(1)}`, bytes)
    const more = encodeSegment({ ...header, seq: 2, prevSha: segmentHash(bytes), lastOutbox: 5 }, [
      JSON.stringify({ entity: 'asset', id, field: 'rating', value: 5, stamp }),
    ])
    await put(store, `${logOf(stranger)}/${segmentName(2)}`, more)
    await store.putBytes(`${library}/devices/${stranger}.json`, Buffer.from('{}'), 'application/json')
    expect(await b.syncing.once()).toMatchObject({ errors: [] })
    expect(b.catalog.assets.get(id)).toMatchObject({ custom_title: 'Of the newer version', rating: 5 })
    await a.syncing.once()
    expect(dump(b)).toEqual(dump(a))

    await b.syncing.close()
    b.catalog.close()
    const rebuilt = syncLibrary(b.root, true)
    await rebuilt.close()
    const file = new Database(join(b.root, 'catalog.sqlite'))
    const parked = file.prepare('SELECT reason, operation FROM parked_operations ORDER BY place').all()
    expect(parked).toMatchObject([
      { reason: 'unknown', operation: lines[1] },
      { reason: 'unknown', operation: lines[2] },
      { reason: 'unusable', operation: lines[3] },
    ])
    // The version that understands it: to it the cell has a name that is known.
    file.prepare("UPDATE parked_operations SET operation = replace(operation, 'mood\"', 'description\"')").run()
    file.close()
    const newer = syncLibrary(b.root)
    clean(() => newer.close())
    newer.sync().start()
    expect(newer.catalog.assets.get(id)).toMatchObject({ description: 'calm', rating: 5 })
  })
}

describe('hostile logs in a folder', () => {
  const folder = temporaryFolder()
  afterAll(() => folder.remove())
  let count = 0
  hostile(async () => {
    const path = join(folder.path, String(count++))
    mkdirSync(path)
    return { location: { kind: 'folder', path, prefix: '' }, credentials: null }
  })
})

describeUnless(s3Obstacle, 'hostile logs in a bucket', () => {
  let s3: TestS3
  beforeAll(async () => {
    s3 = await openTestS3()
  }, 300_000)
  afterAll(() => s3?.close())
  hostile(async () => ({ location: await s3.place(), credentials: s3.credentials }))
})
