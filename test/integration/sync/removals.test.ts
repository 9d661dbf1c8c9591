import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { createLibrary } from '../../../src/main/engine/library/openLibrary.ts'
import type { Tending } from '../../../src/main/engine/sync/tendBucket.ts'
import type { AssetId } from '../../../src/shared/domain/ids.ts'
import type { Device, Place } from './support/devices.ts'
import { seededBytes, temporaryFolder } from './support/files.ts'
import { syncLibrary } from './support/syncLibrary.ts'

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean()
})
const clean = (remove: () => unknown) => void cleanups.push(remove)
/** Rounds are looked at after every exchange, and are old enough at once. */
const eager: Tending = { roundsEveryMs: 0, leastRoundAgeMs: 0 }

function newPlace(): Place & { readonly path: string } {
  const folder = temporaryFolder()
  clean(() => folder.remove())
  return { path: folder.path, location: { kind: 'folder', path: folder.path, prefix: '' }, credentials: null } as never
}

async function device(place: Place, first?: Device, tending = eager): Promise<Device> {
  let root: string | undefined
  if (first !== undefined) {
    const folder = temporaryFolder()
    clean(() => folder.remove())
    root = join(folder.path, 'library')
    mkdirSync(root)
    createLibrary(root, 'Test library', Date.now(), first.catalog.libraryId)
  }
  const library = syncLibrary(root)
  clean(() => library.close())
  const syncing = library.sync({ tending })
  const connect = () => syncing.remotes.add({ role: 'library', location: place.location })
  await connect()
  return { ...library, syncing, connect }
}

const originals = ({ path }: { readonly path: string }): string[] =>
  readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((key) => /\/(images|thumbnails)\/.*\.\w+$/.test(key))
    .sort()

function purge({ catalog }: Device, id: AssetId): void {
  const row = catalog.assets.findById(id)!.rowId
  catalog.mutate({ kind: 'purge', label: () => 'Removed', undoable: false, now: Date.now() }, (writer) => {
    writer.purge([row], Date.now())
  })
}
const rounds = async (devices: readonly Device[], count = 4): Promise<void> => {
  for (let round = 0; round < count; round++) for (const { syncing } of devices) await syncing.once()
}

it('removes what is gone for good once every device knows, and nothing else', async () => {
  const place = newPlace()
  const a = await device(place)
  const [gone, kept] = [a.addKept('gone', seededBytes(900, 'gone')), a.addKept('kept', seededBytes(900, 'kept'))]
  await a.syncing.once()
  const b = await device(place, a)
  await rounds([a, b], 2)
  expect(originals(place)).toHaveLength(4)
  const share = join(place.path, a.catalog.libraryId, 'shares', 'x', 'gone.bin')
  mkdirSync(join(share, '..'), { recursive: true })
  writeFileSync(share, 'shared')
  purge(a, gone)
  await a.syncing.once()
  await a.syncing.once()
  expect(originals(place)).toHaveLength(4)
  await rounds([b, a])
  expect(originals(place)).toHaveLength(2)
  expect(readFileSync(share, 'utf8')).toBe('shared')
  expect(readdirSync(join(place.path, a.catalog.libraryId, 'gc'))).toEqual([])
  expect(await b.syncing.fetch([kept])).toMatchObject({ fetched: [kept] })
})

it('waits a day by the clock of the store', async () => {
  const place = newPlace()
  const a = await device(place, undefined, { roundsEveryMs: 0 })
  const id = a.addKept('gone', seededBytes(900, 'gone'))
  await a.syncing.once()
  purge(a, id)
  await rounds([a])
  expect(originals(place)).toHaveLength(2)
  expect(readdirSync(join(place.path, a.catalog.libraryId, 'gc'))).toHaveLength(1)
})

it('keeps what a device took in that has told nobody yet', async () => {
  const place = newPlace()
  const a = await device(place)
  const id = a.addKept('same', seededBytes(900, 'same'))
  await a.syncing.once()
  const b = await device(place, a)
  await rounds([a, b], 2)
  const own = b.addKept('same', seededBytes(900, 'same'))
  purge(a, id)
  await rounds([a, b])
  expect(originals(place)).toHaveLength(2)
  expect(b.stateOf(own).state).toBe('synced')
  const c = await device(place, a)
  await c.syncing.once()
  expect(await c.syncing.fetch([own])).toMatchObject({ fetched: [own] })
})

it('sends a file again that it had agreed to have removed', async () => {
  const place = newPlace()
  const a = await device(place)
  const id = a.addKept('again', seededBytes(900, 'again'))
  await a.syncing.once()
  const b = await device(place, a)
  await rounds([a, b], 2)
  purge(a, id)
  await a.syncing.once()
  await b.syncing.once()
  const own = b.addKept('again', seededBytes(900, 'again'))
  await rounds([b, a])
  expect(b.stateOf(own).state).toBe('synced')
  expect(originals(place)).toHaveLength(2)
  expect(await a.syncing.fetch([own])).toMatchObject({ failed: [] })
})

it('keeps two checkpoints and what they are made of', async () => {
  const place = newPlace()
  const a = await device(place, undefined, { ...eager, checkpointAfter: { segments: 1, bytes: 1 } })
  const id = a.addKept('one', seededBytes(900, 'one'))
  await a.syncing.once()
  for (let rating = 1; rating <= 5; rating++) {
    a.catalog.mutate({ kind: 'edit', label: () => 'Edited', undoable: true, now: Date.now() }, (writer) => {
      writer.set('asset', id, 'rating', rating)
    })
    await a.syncing.once()
  }
  await rounds([a], 4)
  const folder = (name: string) => readdirSync(join(place.path, a.catalog.libraryId, name))
  const manifests = folder('checkpoints').map((name) =>
    JSON.parse(readFileSync(join(place.path, a.catalog.libraryId, 'checkpoints', name), 'utf8')),
  )
  expect(manifests).toHaveLength(2)
  const used = new Set(
    manifests.flatMap(({ shards }) => shards.map(({ sha256 }: { sha256: string }) => `${sha256}.ndjson.gz`)),
  )
  expect(folder('shards').sort()).toEqual([...used].sort())
  expect(existsSync(join(place.path, a.catalog.libraryId, 'gc'))).toBe(true)
})
