import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { openStore } from '../../../src/main/engine/adapters/openStore.ts'
import type { ObjectStore } from '../../../src/main/engine/ports.ts'
import type { SyncOptions } from '../../../src/main/engine/sync/sync.ts'
import { VitrineError } from '../../../src/shared/contract/errors.ts'
import { type AssetId, deviceIdSchema } from '../../../src/shared/domain/ids.ts'
import { type Device, deviceIdOf, devicesOf, dump, type Place, settle } from './support/devices.ts'
import { seededBytes, temporaryFolder } from './support/files.ts'
import { type SyncLibrary, syncLibrary } from './support/syncLibrary.ts'

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean()
})
const clean = (remove: () => unknown) => void cleanups.push(remove)
/** Rounds are looked at after every exchange; they, and retirements, are old enough at once. */
const tending = { roundsEveryMs: 0, leastRoundAgeMs: 0 }
const bytesOf = (name: string) => seededBytes(900, name)

function newPlace(): Place & { readonly path: string } {
  const folder = temporaryFolder()
  clean(() => folder.remove())
  return { path: folder.path, location: { kind: 'folder', path: folder.path, prefix: '' }, credentials: null }
}
/** Devices that have all synced with each other. */
async function devicesAt(place: Place, count: number): Promise<Device[]> {
  const devices = devicesOf(count, place, clean, { tending })
  for (const device of devices) {
    await device.connect()
    await device.syncing.once()
  }
  await settle(devices)
  return devices
}
const idOf = ({ root }: { readonly root: string }) => deviceIdSchema.parse(deviceIdOf(root))
const originals = ({ path }: { readonly path: string }): string[] =>
  readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((key) => /\/images\/.*\.bin$/.test(key))
const logOf = ({ path }: { readonly path: string }, library: string, device: string): string[] =>
  readdirSync(join(path, library, 'log', device)).sort()
const edit = ({ catalog }: SyncLibrary, id: AssetId, field: string, value: string | number) =>
  catalog.mutate({ kind: 'edit', label: () => 'Edited', undoable: true, now: Date.now() }, (writer) => {
    writer.set('asset', id, field, value)
  })
function purge({ catalog }: SyncLibrary, id: AssetId): void {
  const row = catalog.assets.findById(id)!.rowId
  catalog.mutate({ kind: 'purge', label: () => 'Removed', undoable: false, now: Date.now() }, (writer) => {
    writer.purge([row], Date.now())
  })
}
async function reopen(device: Device, options: Partial<SyncOptions> = {}): Promise<Device> {
  await device.syncing.close()
  device.catalog.close()
  const library = syncLibrary(device.root)
  clean(() => library.close())
  return { ...library, syncing: library.sync({ tending, ...options }), connect: device.connect }
}
const others = (device: Device) =>
  device.syncing.devices.list().map(({ id, holds_up_removals, retired }) => ({ id, holds: holds_up_removals, retired }))

describe('a device that is lost', () => {
  it('is named as the one that removals wait for, and is not waited for once it is retired', async () => {
    const place = newPlace()
    const [desk, laptop] = (await devicesAt(place, 2)) as [Device, Device]
    const gone = desk.addKept('gone', bytesOf('gone'))
    await settle([desk, laptop])
    purge(desk, gone)
    await settle([desk])
    expect(originals(place)).toHaveLength(1)
    expect(others(desk)).toEqual([{ id: idOf(laptop), holds: true, retired: false }])
    expect(Date.parse(desk.syncing.devices.list()[0]?.heard_at ?? '')).toBeLessThanOrEqual(Date.now())
    await desk.syncing.devices.retire(idOf(laptop))
    await settle([desk])
    expect(originals(place)).toEqual([])
    expect(others(desk)).toEqual([{ id: idOf(laptop), holds: false, retired: true }])
  })

  it('is waited for until all that it ever told is known here', async () => {
    const place = newPlace()
    const [desk, laptop] = (await devicesAt(place, 2)) as [Device, Device]
    const gone = desk.addKept('same', bytesOf('same'))
    await settle([desk, laptop])
    purge(desk, gone)
    await desk.syncing.once()
    // It takes the same file in, tells of that, and is not heard of again.
    const own = laptop.addKept('same', bytesOf('same'))
    await laptop.syncing.pause(false)
    await laptop.syncing.once()
    await desk.syncing.devices.retire(idOf(laptop))
    await settle([desk])
    expect(desk.catalog.assets.get(own)).toBeDefined()
    expect(originals(place)).toHaveLength(1)
  })

  it('leaves nothing behind that nobody else may rely on, when it was about to remove it', async () => {
    const place = newPlace()
    const [desk, laptop, tablet] = (await devicesAt(place, 3)) as [Device, Device, Device]
    const gone = laptop.addKept('gone', bytesOf('gone'))
    await settle([laptop, desk, tablet])
    purge(laptop, gone)
    await laptop.syncing.once()
    await settle([desk])
    const again = desk.addKept('gone', bytesOf('gone'))
    await desk.syncing.devices.retire(idOf(laptop))
    await settle([desk])
    expect(desk.stateOf(again).state).toBe('synced')
    const remote = desk.catalog.remotes.list()[0]!.id
    expect(desk.catalog.removals.rounds(remote)).toEqual([])
  })

  it('can’t be the one that says so, nor one that nobody knows', async () => {
    const [desk] = (await devicesAt(newPlace(), 1)) as [Device]
    await expect(desk.syncing.devices.retire(idOf(desk))).rejects.toMatchObject({ code: 'invalid_request' })
    const nobody = deviceIdSchema.parse('11111111-0000-4000-8000-000000000000')
    await expect(desk.syncing.devices.retire(nobody)).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('a device that comes back after it was retired', () => {
  it('goes on as a new device with all that was done on it, before it publishes anything', async () => {
    const place = newPlace()
    const [desk, first] = (await devicesAt(place, 2)) as [Device, Device]
    const library = desk.catalog.libraryId
    const [shared, edited] = [desk.addKept('shared', bytesOf('shared')), desk.addKept('edited', bytesOf('edited'))]
    await settle([desk, first])
    await first.syncing.fetch([edited])
    const old = idOf(first)
    await first.syncing.close()

    edit(first, shared, 'rating', 4)
    edit(first, edited, 'custom_title', 'Kept on the laptop')
    const own = first.addKept('own', bytesOf('own'))
    edit(desk, shared, 'description', 'Written on the desk')
    purge(desk, edited)
    await desk.syncing.devices.retire(old)
    await settle([desk])
    expect(originals(place)).toHaveLength(1)
    const told = logOf(place, library, old)

    const laptop = await reopen(first)
    expect(await laptop.syncing.once()).toMatchObject({ errors: [{ code: 'remote_other_library' }] })
    expect(logOf(place, library, old)).toEqual(told)
    const back = await reopen(laptop)
    expect(idOf(back)).not.toBe(old)
    await settle([back, desk, back])
    expect(logOf(place, library, old)).toEqual(told)

    expect(dump(desk)).toEqual(dump(back))
    expect(desk.catalog.assets.get(shared)).toMatchObject({ rating: 4, description: 'Written on the desk' })
    // It was removed for good by somebody who did not know of the edit, and its file was still on the laptop.
    expect(desk.catalog.assets.get(edited)).toMatchObject({ custom_title: 'Kept on the laptop' })
    expect(originals(place)).toHaveLength(3)
    for (const id of [shared, edited, own]) expect(back.stateOf(id).state).toMatch(/synced|cloud-only/)
    expect(await desk.syncing.fetch([edited, own])).toMatchObject({ failed: [] })
    // Nobody waits for its old name, and everybody for its new one.
    expect(desk.syncing.devices.list().map(({ id, retired }) => ({ id, retired }))).toEqual([
      { id: idOf(back), retired: false },
      { id: old, retired: true },
    ])
  })

  it('sends again what was removed from the bucket while it was away', async () => {
    const place = newPlace()
    const [desk, first] = (await devicesAt(place, 2)) as [Device, Device]
    const both = desk.addKept('both', bytesOf('both'))
    await settle([desk, first])
    // It has taken the same file in and seen it in the bucket, but told nobody of it yet.
    await first.syncing.close()
    const library = await reopen(first)
    const own = library.addKept('both', bytesOf('both'))
    const store = keepingLog(library)
    const silent = await reopen(library, { openStore: store.open })
    await silent.syncing.once()
    expect(silent.catalog.publication.isHeld(silent.catalog.remotes.list()[0]!.id, own)).toBe(false)
    store.isOpen = true

    purge(desk, both)
    await desk.syncing.devices.retire(idOf(silent))
    await settle([desk])
    expect(originals(place)).toEqual([])
    const leaving = await reopen(silent)
    await leaving.syncing.once()
    const back = await reopen(leaving)
    await settle([back, desk, back])
    expect(originals(place)).toHaveLength(1)
    expect(desk.catalog.assets.get(own)).toBeDefined()
    expect(await desk.syncing.fetch([own])).toMatchObject({ failed: [] })
  })

  it('takes what it sent last for told if it did arrive, though nobody said so', async () => {
    const place = newPlace()
    const [desk, first] = (await devicesAt(place, 2)) as [Device, Device]
    const id = desk.addKept('shared', bytesOf('shared'))
    await settle([desk, first])
    const old = idOf(first)
    const store = keepingLog(first)
    store.arrives = true
    const losing = await reopen(first, { openStore: store.open })
    edit(losing, id, 'custom_title', 'Sent, and not answered')
    await losing.syncing.once()
    await desk.syncing.devices.retire(old)
    const told = logOf(place, desk.catalog.libraryId, old)
    const leaving = await reopen(losing)
    await leaving.syncing.once()
    const back = await reopen(leaving)
    expect(idOf(back)).not.toBe(old)
    await settle([desk, back, desk])
    expect(logOf(place, desk.catalog.libraryId, old)).toEqual(told)
    expect(desk.catalog.assets.get(id)).toMatchObject({ custom_title: 'Sent, and not answered' })
    expect(desk.catalog.conflicts.count()).toBe(0)
    expect(dump(desk)).toEqual(dump(back))
  })
})

/** A store whose segments are not taken, or are without an answer that says so. */
function keepingLog(of: SyncLibrary) {
  const log = `${of.catalog.libraryId}/log/`
  const state = {
    isOpen: false,
    arrives: false,
    open: ((location, credentials) => {
      const store = openStore(location, credentials)
      return new Proxy(store, {
        get(target, name: keyof ObjectStore) {
          const value = target[name]
          if (name !== 'createBytes') return typeof value === 'function' ? value.bind(target) : value
          return async (...parameters: Parameters<ObjectStore['createBytes']>) => {
            const isLost = !state.isOpen && parameters[0].startsWith(log)
            const result = isLost && !state.arrives ? false : await target.createBytes(...parameters)
            if (isLost) throw new VitrineError('remote_server', 'No answer')
            return result
          }
        },
      })
    }) as SyncOptions['openStore'],
  }
  return state
}
