import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '../../../src/main/engine/adapters/openStore.ts'
import { thumbnailPath } from '../../../src/main/engine/catalog/thumbnailPath.ts'
import type { AssetId } from '../../../src/shared/domain/ids.ts'
import { describeUnless } from '../support/describeUnless.ts'
import { type Device, devicesOf, type Place } from './support/devices.ts'
import { eventually, readAll, seededBytes, temporaryFolder } from './support/files.ts'
import { scrubberOf } from './support/scrubberOf.ts'
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
const scrubProcess = fileURLToPath(new URL('./support/scrubProcess.ts', import.meta.url))

function scrub(newPlace: () => Promise<Place>): void {
  async function synced(names: readonly string[]) {
    const place = await newPlace()
    const [device] = devicesOf(1, place, clean) as [Device]
    const ids = names.map((name) => device.addKept(name, bytesOf(name)))
    device.catalog.queue.remove('media', '')
    for (const id of ids) {
      const thumbnail = join(device.root, thumbnailPath(device.catalog.assets.findById(id)!.sha256, 300))
      mkdirSync(dirname(thumbnail), { recursive: true })
      writeFileSync(thumbnail, 'drawn')
    }
    await device.connect()
    await device.syncing.once()
    const store = openStore(place.location, place.credentials)
    clean(() => store.close())
    const keyOf = (id: AssetId): string =>
      device.catalog.remotes.object(device.catalog.remotes.list()[0]!.id, id, 'original')!.key
    return { device, ids, place, store, keyOf }
  }

  /** A whole round, in a hurry. */
  async function round(device: Device) {
    const scrubber = scrubberOf(device.catalog, device.root, device.syncing, () => undefined)
    scrubber.begin()
    await eventually('the round ends', () => scrubber.state().round === null)
    const { last } = scrubber.state()
    await scrubber.close()
    return last!
  }

  it('repairs each side from the other, and touches neither where both are bad', async () => {
    const names = ['sound', 'damaged', 'missing', 'lost there', 'changed there', 'both']
    const { device, ids, store, keyOf } = await synced(names)
    const [, damaged, missing, lost, changed, both] = ids as [AssetId, AssetId, AssetId, AssetId, AssetId, AssetId]
    const keys = ids.map(keyOf)
    writeFileSync(originalOf(device, damaged), bytesOf('rot'))
    rmSync(originalOf(device, missing))
    await store.delete(keyOf(lost))
    await store.putBytes(keyOf(changed), bytesOf('somebody else'), 'application/octet-stream')
    writeFileSync(originalOf(device, both), bytesOf('rot too'))
    await store.delete(keyOf(both))

    const report = await round(device)
    expect(report).toMatchObject({ found: 6, repaired: 4, unrepaired: 2 })
    expect(report.troubles).toMatchObject([{ id: both }])
    expect(readFileSync(originalOf(device, both)).equals(bytesOf('rot too'))).toBe(true)
    expect(device.catalog.assets.get(both)).toMatchObject({ status: 'error', error_code: 'damaged' })
    // What was damaged is kept, not thrown away.
    expect(readdirSync(join(device.root, 'quarantine'))).toHaveLength(1)

    await device.syncing.once()
    for (const [index, name] of names.entries()) {
      if (name === 'both') continue
      expect(readFileSync(originalOf(device, ids[index]!)).equals(bytesOf(name))).toBe(true)
      expect((await readAll(await store.get(keys[index]!))).equals(bytesOf(name))).toBe(true)
    }
    expect(await round(device)).toMatchObject({ repaired: 0 })
  })

  it('says of an original that is nowhere any more what it is, and forgets nothing of it', async () => {
    const { device, ids, store, keyOf } = await synced(['only there'])
    const [id] = ids as [AssetId]
    await device.syncing.care.evict([id])
    await store.delete(keyOf(id))
    expect(await round(device)).toMatchObject({ found: 1, repaired: 0, unrepaired: 1 })
    expect(device.stateOf(id)).toMatchObject({ state: 'cloud-only', reason: expect.stringContaining('Another device') })
    expect(keyOf(id)).toBeDefined()
  })

  it('goes on after a restart where it was, and waits while the bucket can’t be asked', async () => {
    const { device } = await synced(Array.from({ length: 11 }, (_, index) => `s${index}`))
    let closing: Promise<void> | null = null
    const first = scrubberOf(device.catalog, device.root, device.syncing, () => {
      if (first.state().checked > 0) closing ??= first.close()
    })
    first.begin()
    await eventually('some are looked at', () => closing !== null)
    await closing
    const { checked, round: begun } = first.state()
    device.syncing.pause(true)
    const second = scrubberOf(device.catalog, device.root, device.syncing, () => undefined)
    expect(second.state()).toMatchObject({ checked, round: begun })
    second.begin()
    await eventually('it waits', () => second.state().state === 'held')
    device.syncing.pause(false)
    await eventually('the connection is back', () => device.syncing.connection !== null)
    second.poke()
    await eventually('the round ends', () => second.state().round === null)
    expect(second.state().last).toMatchObject({ files: 11, startedAt: begun!.startedAt, unrepaired: 0 })
    await second.close()
  })

  it('loses nothing when its process is killed in the middle of repairs', async () => {
    const names = Array.from({ length: 16 }, (_, index) => `k${index}`)
    const { device, ids, place, store, keyOf } = await synced(names)
    const keys = ids.map(keyOf)
    for (const [index, id] of ids.entries()) {
      if (index % 2 === 0) writeFileSync(originalOf(device, id), bytesOf(`rot ${index}`))
      else await store.delete(keys[index]!)
    }
    await device.syncing.close()
    device.catalog.close()
    const environment = place.credentials
      ? { AWS_ACCESS_KEY_ID: place.credentials.accessKeyId, AWS_SECRET_ACCESS_KEY: place.credentials.secretAccessKey }
      : {}
    for (const lines of [1, 3, 5]) {
      const child = spawn(process.execPath, [scrubProcess, device.root], { env: { ...process.env, ...environment } })
      const ended = new Promise((resolve) => child.once('exit', resolve))
      let seen = 0
      child.stdout.on('data', (data: Buffer) => {
        seen += data.toString().split('\n').length - 1
        if (seen >= lines) child.kill('SIGKILL')
      })
      await ended
      for (const [index, name] of names.entries()) {
        const path = join(
          device.root,
          `originals/2026/11/`,
          readdirSync(join(device.root, 'originals/2026/11')).find((file) => file.startsWith(`${name}.`)) ?? 'none',
        )
        const here = existsSync(path) && readFileSync(path).equals(bytesOf(name))
        const there = (await store.head(keys[index]!)) !== null
        expect([name, here || there]).toEqual([name, true])
      }
    }
    const library = syncLibrary(device.root)
    clean(() => library.close())
    const syncing = library.sync({ envCredentials: place.credentials })
    await syncing.once()
    const again: Device = { ...library, syncing, connect: async () => undefined }
    expect(await round(again)).toMatchObject({ unrepaired: 0 })
    await syncing.once()
    for (const [index, id] of ids.entries()) {
      expect(readFileSync(originalOf(library, id)).equals(bytesOf(names[index]!))).toBe(true)
      expect((await readAll(await store.get(keys[index]!))).equals(bytesOf(names[index]!))).toBe(true)
    }
  })
}

describe('scrub: a folder', () => {
  scrub(async () => {
    const folder = temporaryFolder()
    clean(() => folder.remove())
    return { location: { kind: 'folder', path: folder.path, prefix: '' }, credentials: null }
  })
})

describeUnless(s3Obstacle, 'scrub: S3', () => {
  let s3: TestS3
  beforeAll(async () => {
    s3 = await openTestS3()
  }, 300_000)
  afterAll(() => s3.close())
  scrub(async () => ({ location: await s3.place(), credentials: s3.credentials }))
})
