import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '../../../src/main/engine/adapters/openStore.ts'
import { encodeSegment } from '../../../src/main/engine/catalog/journal/segment.ts'
import { trashAssets } from '../../../src/main/engine/library/trashAssets.ts'
import type { AssetId } from '../../../src/shared/domain/ids.ts'
import { describeUnless } from '../support/describeUnless.ts'
import { type Device, deviceIdOf, devicesOf, dump, type Place, plant, settle } from './support/devices.ts'
import { collect, seededBytes, temporaryFolder } from './support/files.ts'
import { syncLibrary } from './support/syncLibrary.ts'
import { openTestS3, s3Obstacle, type TestS3 } from './support/testS3.ts'

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean()
})
const clean = (remove: () => unknown) => void cleanups.push(remove)
const bytesOf = (name: string) => seededBytes(3000, name)
const edit = ({ catalog }: Device, id: AssetId, field: string, value: string | number | null) =>
  catalog.mutate({ kind: 'edit', label: () => 'Edited', undoable: true, now: Date.now() }, (writer) => {
    writer.set('asset', id, field, value)
  })
const originalOf = (device: Device, id: AssetId) => join(device.root, device.catalog.assets.get(id)!.storage_path)

const syncProcess = fileURLToPath(new URL('./support/uploadProcess.ts', import.meta.url))

/** Lets a process of its own sync a library for so long, then kills it. */
async function killedAfter(ms: number, root: string, { credentials }: Place): Promise<void> {
  const keys = credentials
    ? { AWS_ACCESS_KEY_ID: credentials.accessKeyId, AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey }
    : {}
  const child = spawn(process.execPath, [syncProcess, root], { env: { ...process.env, ...keys }, stdio: 'ignore' })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  await new Promise((resolve) => setTimeout(resolve, ms))
  child.kill('SIGKILL')
  await ended
}

function exchange(newPlace: () => Promise<Place>): void {
  it('shows on a second device what was kept on the first, and fetches the original when it is wanted', async () => {
    const [a, b] = devicesOf(2, await newPlace(), clean) as [Device, Device]
    const id = a.addKept('one', bytesOf('one'))
    await a.connect()
    expect(await a.syncing.once()).toMatchObject({ uploaded: 1, errors: [] })
    await b.connect()
    expect(await b.syncing.once()).toMatchObject({ downloaded: 1, applied: expect.any(Number), pending: 0, errors: [] })
    expect(b.stateOf(id)).toEqual({ state: 'cloud-only', reason: null })
    expect(existsSync(originalOf(b, id))).toBe(false)
    expect(dump(b)).toEqual(dump(a))

    expect(await b.syncing.fetch([id])).toEqual({ fetched: [id], here: [], failed: [] })
    expect(readFileSync(originalOf(b, id)).equals(bytesOf('one'))).toBe(true)
    expect(b.stateOf(id).state).toBe('synced')
    expect(await b.syncing.fetch([id])).toMatchObject({ here: [id] })
    expect(b.syncing.devices.list()).toMatchObject([{ id: deviceIdOf(a.root), problem: null, question: null }])
  })

  it('tells nothing of what is not kept, and all of it once it is', async () => {
    const [a, b] = devicesOf(2, await newPlace(), clean) as [Device, Device]
    const id = a.addKept('later', bytesOf('later'))
    edit(a, id, 'space', 'workspace')
    edit(a, id, 'custom_title', 'Named in the Workspace')
    for (const device of [a, b]) await device.connect()
    await settle([a, b])
    expect(b.catalog.assets.get(id)).toBeUndefined()
    edit(a, id, 'space', 'library')
    await settle([a, b])
    expect(b.catalog.assets.get(id)).toMatchObject({ custom_title: 'Named in the Workspace', sync_state: 'cloud-only' })
    expect(dump(b)).toEqual(dump(a))
  })

  it('ends with the same library on three devices that worked at once and were offline in turn', async () => {
    const devices = devicesOf(3, await newPlace(), clean)
    for (const device of devices) await device.connect()
    const ids: AssetId[] = []
    for (let round = 0; round < 4; round++) {
      for (const [index, device] of devices.entries()) {
        ids.push(device.addKept(`r${round}d${index}`, bytesOf(`r${round}d${index}`)))
        for (const id of ids) {
          if (device.catalog.assets.get(id) === undefined) continue
          edit(device, id, 'rating', (round + index) % 6)
          if ((round + index) % 3 === 0) edit(device, id, 'custom_title', `Title ${round} ${index}`)
        }
        if (round === 2 && index === 1) trashAssets(device.catalog, { ids: [ids[0]!] }, Date.now())
      }
      // One stays away each time.
      for (const [index, { syncing }] of devices.entries()) if (index !== round % 3) await syncing.once()
    }
    await settle(devices)
    const [first, ...others] = devices.map(dump)
    for (const other of others) expect(other).toEqual(first)
    expect((first as { assets: unknown[] }).assets).toHaveLength(ids.length)
    const away = devices[1]!.catalog.assets.get(ids[0]!)
    expect(await devices[1]!.syncing.fetch([ids[0]!])).toMatchObject({ failed: [] })
    expect(away).toBeDefined()
  })

  it('tells everything once although its process is killed again and again', async () => {
    const place = await newPlace()
    const [a, b] = devicesOf(2, place, clean) as [Device, Device]
    for (const device of [a, b]) await device.connect()
    const ids = Array.from({ length: 12 }, (_, index) => a.addKept(`k${index}`, bytesOf(`k${index}`)))
    await a.syncing.close()
    a.catalog.close()
    for (const ms of [350, 700, 1100, 1600]) await killedAfter(ms, a.root, place)
    const again = syncLibrary(a.root)
    clean(() => again.close())
    expect(await again.sync({ envCredentials: place.credentials }).once()).toMatchObject({ pending: 0, errors: [] })
    expect(await b.syncing.once()).toMatchObject({ pending: 0, errors: [] })
    expect(b.catalog.verification.count()).toBe(ids.length)
    expect(dump(b)).toEqual(dump(again))
    expect(await b.syncing.fetch(ids)).toMatchObject({ failed: [], fetched: { length: ids.length } })
  })

  it('goes on with its own log after the catalogue was rebuilt', async () => {
    const place = await newPlace()
    const [a, b] = devicesOf(2, place, clean) as [Device, Device]
    for (const device of [a, b]) await device.connect()
    a.addKept('before', bytesOf('before'))
    await settle([a, b])
    await a.syncing.close()
    a.catalog.close()
    for (const suffix of ['', '-wal', '-shm']) rmSync(join(a.root, `catalog.sqlite${suffix}`), { force: true })
    const again = syncLibrary(a.root)
    clean(() => again.close())
    const syncing = again.sync({ envCredentials: place.credentials })
    again.addKept('after', bytesOf('after'))
    expect(await syncing.once()).toMatchObject({ pending: 0, errors: [] })
    expect(await b.syncing.once()).toMatchObject({ downloaded: 1, errors: [] })
    expect(dump(b)).toEqual(dump(again))
  })

  it('stops a copy of a library’s folder that writes as the same device, and changes nothing in the bucket', async () => {
    const place = await newPlace()
    const [a] = devicesOf(1, place, clean) as [Device]
    await a.connect()
    a.addKept('shared', bytesOf('shared'))
    await a.syncing.once()
    await a.syncing.close()
    a.catalog.journal.seal()
    const folder = temporaryFolder()
    clean(() => folder.remove())
    const copy = join(folder.path, 'copy')
    cpSync(a.root, copy, { recursive: true })
    const clone = syncLibrary(copy)
    clean(() => clone.close())
    const original = a.sync({ envCredentials: place.credentials })
    a.addKept('by the first', bytesOf('first'))
    await original.once()
    const store = openStore(place.location, place.credentials)
    const log = async () =>
      (await collect(store.list(`${a.catalog.libraryId}/log/`))).map(({ key, size }) => [key, size])
    const before = await log()
    clone.addKept('by the copy', bytesOf('copy'))
    const report = await clone.sync({ envCredentials: place.credentials }).once()
    expect(report.errors).toMatchObject([{ code: 'remote_other_library', message: expect.stringContaining('copy') }])
    expect(await log()).toEqual(before)
    store.close()
  })
}

describe('through a folder', () => {
  const folder = temporaryFolder()
  afterAll(() => folder.remove())
  let count = 0
  const newFolder = (): string => {
    const path = join(folder.path, String(count++))
    mkdirSync(path)
    return path
  }
  const placeAt = (path: string): Place => ({ location: { kind: 'folder', path, prefix: '' }, credentials: null })
  exchange(async () => placeAt(newFolder()))

  /** A and B share a library; a third device's log in the bucket is what an attacker wrote. */
  async function attacked(write: (path: string, log: string, library: string, device: string) => void) {
    const path = newFolder()
    const [a, b] = devicesOf(2, placeAt(path), clean) as [Device, Device]
    for (const device of [a, b]) await device.connect()
    const stranger = 'd0000000-0000-4000-8000-00000000000d'
    const library = a.catalog.libraryId
    plant(path, `${library}/devices/${stranger}.json`, Buffer.from('{'))
    write(path, `${library}/log/${stranger}`, library, stranger)
    const id = a.addKept('good', bytesOf('good'))
    const around = () => readdirSync(join(b.root, '..')).sort()
    const before = around()
    await a.syncing.once()
    const report = await b.syncing.once()
    // The honest device's changes arrive, whatever the other log holds, and nothing is written beside the library.
    expect(b.catalog.assets.get(id)).toBeDefined()
    expect(around()).toEqual(before)
    expect(dump(b)).toEqual(dump(a))
    return { b, report }
  }
  const first = '0000000000000001.jsonl.gz'
  const header = (library: string, device: string) =>
    ({ format: 1, library, device, seq: 1, prevSha: null, seen: {}, lastOutbox: 1 }) as const

  it.each<[string, (path: string, log: string, library: string, device: string) => void, string]>([
    ['bytes that are no segment', (path, log) => plant(path, `${log}/${first}`, Buffer.from('nonsense')), 'damaged'],
    [
      'a gzip bomb',
      (path, log) => plant(path, `${log}/${first}`, gzipSync(Buffer.alloc(80 << 20), { level: 9 })),
      'damaged',
    ],
    ['a huge object', (path, log) => plant(path, `${log}/${first}`, Buffer.alloc(33 << 20)), 'larger'],
    [
      'a log without its beginning',
      (path, log) => plant(path, `${log}/0000000000000003.jsonl.gz`, Buffer.from('x')),
      'not in the bucket',
    ],
    [
      'changes of another library',
      (path, log, library, device) => {
        plant(path, `${log}/${first}`, encodeSegment({ ...header(library, device), library: device }, []))
      },
      'another library',
    ],
    [
      'a chain that begins with something else',
      (path, log, library, device) => {
        plant(path, `${log}/${first}`, encodeSegment({ ...header(library, device), prevSha: 'ab'.repeat(32) }, []))
      },
      'follow',
    ],
  ])('%s stops only the log that it is in, and a person is told', async (_what, write, message) => {
    const { b, report } = await attacked(write)
    expect(report.errors).toMatchObject([{ message: expect.stringContaining(message) }])
    expect(b.syncing.devices.list().filter(({ problem }) => problem !== null)).toHaveLength(1)
    expect(b.syncing.status()).toMatchObject({ state: 'attention', message: expect.stringContaining(message) })
  })

  it('keys and paths that lead elsewhere are nobody’s', async () => {
    const { b, report } = await attacked((path, log, library, device) => {
      plant(path, `${library}/devices/..json`, Buffer.from('{}'))
      plant(path, `${library}/devices/x/${device}.json`, Buffer.from('{}'))
      plant(path, `${log}/../../outside/${first}`, Buffer.from('x'))
      const stamp = `1795142400000.000000.${device}`
      const record = {
        storage_path: '../../../outside.bin',
        sha256: 'ab'.repeat(32),
        file_name: '../x',
        space: 'library',
      }
      const id = 'e0000000-0000-4000-8000-00000000000e'
      const lines = [
        { entity: 'asset', id, field: 'storage_path', value: '/etc/passwd', stamp },
        { entity: 'asset', id: '../../x', field: '', value: record, stamp },
      ].map((line) => JSON.stringify(line))
      plant(path, `${log}/${first}`, encodeSegment(header(library, device), lines))
    })
    expect(report.errors).toEqual([])
    expect(b.catalog.verification.count()).toBe(1)
  })
})

describeUnless(s3Obstacle, 'through a bucket', () => {
  let s3: TestS3
  beforeAll(async () => {
    s3 = await openTestS3()
  }, 300_000)
  afterAll(() => s3?.close())
  exchange(async () => ({ location: await s3.place(), credentials: s3.credentials }))
})
