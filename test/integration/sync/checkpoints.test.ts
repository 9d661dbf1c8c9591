import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterEach, expect, it } from 'vitest'
import { openStore } from '../../../src/main/engine/adapters/openStore.ts'
import { libraryFolder } from '../../../src/main/engine/library/libraryFolder.ts'
import { createLibrary, markCatalogDamaged, openLibrary } from '../../../src/main/engine/library/openLibrary.ts'
import type { CheckpointRefusal } from '../../../src/main/engine/sync/checkpoints/readCheckpoints.ts'
import { beginCopy } from '../../../src/main/engine/sync/joinLibrary.ts'
import type { AssetId } from '../../../src/shared/domain/ids.ts'
import { type Device, deviceIdOf, devicesOf, dump, type Place, settle } from './support/devices.ts'
import { seededBytes, temporaryFolder } from './support/files.ts'
import { syncLibrary } from './support/syncLibrary.ts'

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean()
})
const clean = (remove: () => unknown) => void cleanups.push(remove)
const often = { tending: { checkpointAfter: { segments: 1, bytes: 1 } } }

function newPlace(): Place & { readonly path: string } {
  const folder = temporaryFolder()
  clean(() => folder.remove())
  return { path: folder.path, location: { kind: 'folder', path: folder.path, prefix: '' }, credentials: null } as never
}

/** A device whose every exchange writes a checkpoint. */
function eager(place: Place): Device {
  const library = syncLibrary()
  clean(() => library.close())
  const syncing = library.sync(often)
  return { ...library, syncing, connect: () => syncing.remotes.add({ role: 'library', location: place.location }) }
}

const edit = ({ catalog }: Pick<Device, 'catalog'>, id: AssetId, field: string, value: string | number | null) =>
  catalog.mutate({ kind: 'edit', label: () => 'Edited', undoable: true, now: Date.now() }, (writer) => {
    writer.set('asset', id, field, value)
  })

/** A new device, as `vitrine join` makes it. */
async function joined(
  place: Place,
  root = newRoot(),
): Promise<Device & { readonly refused: readonly CheckpointRefusal[] }> {
  const refused: CheckpointRefusal[] = []
  const found = await beginCopy({ location: place.location }, openStore, libraryFolder(root).journal, {
    onProgress: () => {},
    onRefused: (refusal) => void refused.push(refusal),
  })
  createLibrary(root, found.name, Date.now(), found.id)
  const library = syncLibrary(root)
  clean(() => library.close())
  const syncing = library.sync()
  const connect = () => syncing.remotes.add({ role: 'library', location: place.location })
  return { ...library, syncing, connect, refused }
}

function newRoot(): string {
  const folder = temporaryFolder()
  clean(() => folder.remove())
  const root = join(folder.path, 'library')
  mkdirSync(root)
  return root
}

const below = (place: { readonly path: string }, device: Device, folder: string): string[] => {
  const path = join(place.path, device.catalog.libraryId, folder)
  return existsSync(path)
    ? readdirSync(path)
        .sort()
        .map((name) => join(path, name))
    : []
}
const newest = (place: { readonly path: string }, device: Device) => {
  const found = below(place, device, 'checkpoints').map((path) => ({
    path,
    manifest: JSON.parse(readFileSync(path, 'utf8')),
  }))
  const reach = ({ frontier }: { frontier: Record<string, { seq: number }> }) =>
    Object.values(frontier).reduce((sum, { seq }) => sum + seq, 0)
  return found.sort((a, b) => reach(a.manifest) - reach(b.manifest)).at(-1)!
}

/** A library with some assets, one of them in Trash, that is in the bucket with a checkpoint. */
async function filled(device: Device): Promise<AssetId[]> {
  const ids = ['one', 'two', 'three'].map((name) => device.addKept(name, seededBytes(2000, name)))
  edit(device, ids[0]!, 'custom_title', 'First')
  edit(device, ids[1]!, 'rating', 4)
  await device.connect()
  await device.syncing.once()
  edit(device, ids[2]!, 'deleted_at', 1)
  await device.syncing.once()
  return ids
}

it('begins with a checkpoint, reads only what follows, and is equal', async () => {
  const place = newPlace()
  const a = eager(place)
  const [one] = await filled(a)
  expect(below(place, a, 'checkpoints').length).toBeGreaterThan(0)
  const seq = newest(place, a).manifest.frontier[deviceIdOf(a.root)].seq
  edit(a, one!, 'custom_title', 'Later')
  const b = await joined(place)
  expect(b.refused).toEqual([])
  expect(b.catalog.remoteLog.position(deviceIdOf(a.root)).seq).toBe(seq)
  expect(b.catalog.assets.get(one!)).toMatchObject({ custom_title: 'First', sync_state: 'cloud-only' })
  await b.connect()
  await settle([a, b])
  expect(dump(b)).toEqual(dump(a))
  expect(readdirSync(join(b.root, 'journal', deviceIdOf(a.root)))[0]).toBe(
    `${String(seq + 1).padStart(16, '0')}.jsonl.gz`,
  )
  expect(await b.syncing.fetch([one!])).toMatchObject({ fetched: [one!] })
})

it('tells where a file of another program lies whose asset is gone for good, so that nobody takes it in again', async () => {
  const place = newPlace()
  const a = eager(place)
  const [one] = await filled(a)
  const { sha256, row_id } = a.catalog.assets.get(one!)!
  edit(a, one!, 'object_key', `${sha256}/theirs/one.bin`)
  a.catalog.mutate({ kind: 'purge', label: () => 'Removed', undoable: false, now: Date.now() }, (writer) =>
    writer.purge([row_id], Date.now()),
  )
  await a.syncing.once()
  await a.syncing.once()
  const b = await joined(place)
  expect(b.refused).toEqual([])
  await b.connect()
  const listed = { key: 'theirs/one.bin', size: 2000, etag: null, modifiedAt: 1 }
  expect(b.catalog.adopted.recognise(b.catalog.remotes.list()[0]!.id, listed)).toBe(true)
})

it('merges what an offline device did without knowing any of it, like a device that has read the logs', async () => {
  const place = newPlace()
  const [old, fromLogs] = devicesOf(2, place, clean) as [Device, Device]
  const a = syncLibrary(copyFolder(old))
  clean(() => a.close())
  const eagerly = a.sync(often)
  const writer: Device = {
    ...a,
    syncing: eagerly,
    connect: () => eagerly.remotes.add({ role: 'library', location: place.location }),
  }
  const id = old.addKept('shared', seededBytes(1000, 'shared'))
  for (const device of [old, writer]) await device.connect()
  await settle([old, writer])
  edit(old, id, 'custom_title', 'Offline')
  edit(old, id, 'rating', 2)
  edit(writer, id, 'custom_title', 'Online')
  edit(writer, id, 'rating', 5)
  await settle([writer])
  const b = await joined(place)
  for (const device of [b, fromLogs]) await device.connect()
  await settle([b, fromLogs])
  expect(dump(b)).toEqual(dump(fromLogs))
  await settle([old, writer, b, fromLogs])
  expect(dump(b)).toEqual(dump(old))
  expect(dump(fromLogs)).toEqual(dump(old))
  const lost = (device: Device) =>
    device.catalog.conflicts
      .list(10)
      .map(({ field, lost }) => [field, lost])
      .sort()
  expect(lost(old)).toHaveLength(2)
  for (const device of [writer, b, fromLogs]) expect(lost(device)).toEqual(lost(old))
})

function copyFolder(first: Device): string {
  const root = newRoot()
  createLibrary(root, 'Test library', Date.now(), first.catalog.libraryId)
  return root
}

it('tells nothing of what others do not know', async () => {
  const place = newPlace()
  const a = eager(place)
  const [, two] = await filled(a)
  const held = a.addKept('workspace', seededBytes(10, 'workspace'))
  edit(a, held, 'space', 'workspace')
  const gone = a.addKept('gone', seededBytes(10, 'gone'))
  edit(a, gone, 'space', 'workspace')
  a.catalog.mutate({ kind: 'purge', label: () => 'Removed', undoable: false, now: 9 }, (writer) => {
    writer.purge([a.catalog.assets.findById(gone)!.rowId], 9)
  })
  await a.syncing.once()
  const { manifest } = newest(place, a)
  const text = manifest.shards
    .map(({ sha256 }: { sha256: string }) => gunzipSync(readFileSync(shardPath(place, a, sha256))).toString())
    .join('')
  expect(text).toContain(two!)
  expect(text).not.toContain(held)
  expect(text).not.toContain(gone)
})

const shardPath = (place: { readonly path: string }, device: Device, sha256: string): string =>
  join(place.path, device.catalog.libraryId, 'shards', `${sha256}.ndjson.gz`)

it('refers again to parts that are as they were, and writes nothing without growth', async () => {
  const place = newPlace()
  const a = eager(place)
  const [one] = await filled(a)
  const before = newest(place, a).manifest
  const count = below(place, a, 'checkpoints').length
  await a.syncing.once()
  expect(below(place, a, 'checkpoints')).toHaveLength(count)
  edit(a, one!, 'rating', 1)
  await a.syncing.once()
  const after = below(place, a, 'checkpoints')
    .map((path) => JSON.parse(readFileSync(path, 'utf8')))
    .find(({ frontier }) => frontier[deviceIdOf(a.root)].seq > before.frontier[deviceIdOf(a.root)].seq)
  const changed = after.shards.filter(
    ({ sha256 }: { sha256: string }) => !before.shards.some((shard: { sha256: string }) => shard.sha256 === sha256),
  )
  expect(changed.map(({ kind }: { kind: string }) => kind)).toEqual(['asset'])
})

it('makes the same library again when the catalogue of a copy is lost', async () => {
  const place = newPlace()
  const a = eager(place)
  const [one, two] = await filled(a)
  const root = newRoot()
  const b = await joined(place, root)
  await b.connect()
  edit(b, two!, 'description', 'Written on the copy')
  edit(a, one!, 'description', 'Written on the first')
  await settle([a, b])
  const expected = dump(b)
  await b.close()
  markCatalogDamaged(libraryFolder(root))
  const again = openLibrary(root, () => Date.now())
  clean(() => again.catalog.close())
  expect(dump(again)).toEqual(expected)
})

it('goes on with a join that was killed, fetching what is not there yet', async () => {
  const place = newPlace()
  const a = eager(place)
  await filled(a)
  const root = newRoot()
  const folder = join(root, 'journal', 'checkpoint')
  await beginCopy({ location: place.location }, openStore, join(root, 'journal'), {
    onProgress: () => {},
    onRefused: () => {},
  })
  const parts = readdirSync(folder)
  rmSync(join(folder, parts[0]!))
  writeFileSync(join(folder, parts[1]!), 'cut short')
  writeFileSync(join(folder, 'left over'), '')
  rmSync(join(folder, 'checkpoint.json'), { force: true })
  const b = await joined(place, root)
  await b.connect()
  await settle([a, b])
  expect(dump(b)).toEqual(dump(a))
  expect(readdirSync(folder).sort()).toEqual(parts.sort())
})

interface Damage {
  readonly name: string
  readonly problem: CheckpointRefusal['problem']
  readonly break: (files: { readonly manifest: string; readonly shard: (kind: string) => string }) => void
}
const rewrite = (path: string, change: (manifest: ReturnType<typeof JSON.parse>) => void): void => {
  const manifest = JSON.parse(readFileSync(path, 'utf8'))
  change(manifest)
  writeFileSync(path, JSON.stringify(manifest))
}
const damages: readonly Damage[] = [
  { name: 'no JSON', problem: 'damaged', break: ({ manifest }) => writeFileSync(manifest, '{') },
  {
    name: 'a manifest of 5 MiB',
    problem: 'too_large',
    break: ({ manifest }) => writeFileSync(manifest, Buffer.alloc(5 << 20, 0x20)),
  },
  {
    name: 'another library',
    problem: 'other_library',
    break: ({ manifest }) =>
      rewrite(manifest, (it) => {
        it.library = randomUUID()
      }),
  },
  {
    name: 'the id of another',
    problem: 'damaged',
    break: ({ manifest }) =>
      rewrite(manifest, (it) => {
        it.id = randomUUID()
      }),
  },
  {
    name: 'a field that no version writes',
    problem: 'damaged',
    break: ({ manifest }) =>
      rewrite(manifest, (it) => {
        it.path = '../../x'
      }),
  },
  {
    name: 'a path for a hash',
    problem: 'damaged',
    break: ({ manifest }) =>
      rewrite(manifest, (it) => {
        it.shards[0].sha256 = '../../../etc/passwd'
      }),
  },
  {
    name: 'a shard of a terabyte',
    problem: 'damaged',
    break: ({ manifest }) =>
      rewrite(manifest, (it) => {
        it.shards[0].size = 2 ** 40
      }),
  },
  {
    name: 'a device that had seen more than there is',
    problem: 'damaged',
    break: ({ manifest }) =>
      rewrite(manifest, (it) => {
        Object.values(it.frontier as Record<string, { seen: object }>)[0]!.seen = { [randomUUID()]: 9 }
      }),
  },
  {
    name: 'shards out of order',
    problem: 'damaged',
    break: ({ manifest }) =>
      rewrite(manifest, (it) => {
        it.shards.reverse()
      }),
  },
  { name: 'a shard that is gone', problem: 'missing', break: ({ shard }) => rmSync(shard('asset')) },
  {
    name: 'a shard with another content',
    problem: 'damaged',
    break: ({ shard }) => writeFileSync(shard('asset'), gzipSync('{}\n')),
  },
  {
    name: 'a shard cut short',
    problem: 'damaged',
    break: ({ shard }) => writeFileSync(shard('asset'), readFileSync(shard('asset')).subarray(0, 40)),
  },
  {
    name: 'a gzip bomb',
    problem: 'damaged',
    break: ({ shard }) => writeFileSync(shard('asset'), gzipSync(Buffer.alloc(80 << 20))),
  },
]
it.each(damages)('does not use a checkpoint with $name: an older one, or the logs, say the same', async (damage) => {
  const place = newPlace()
  const a = eager(place)
  const [one] = await filled(a)
  // Only the newest: what both share would be missing in the older one, too.
  for (const path of below(place, a, 'checkpoints')) if (path !== newest(place, a).path) rmSync(path)
  const { path, manifest } = newest(place, a)
  damage.break({
    manifest: path,
    shard: (kind) => shardPath(place, a, manifest.shards.find((entry: { kind: string }) => entry.kind === kind).sha256),
  })
  const b = await joined(place)
  expect(b.refused).toEqual([{ id: expect.any(String), problem: damage.problem }])
  expect(b.catalog.assets.get(one!)).toBeUndefined()
  await b.connect()
  await settle([a, b])
  expect(dump(b)).toEqual(dump(a))
})
