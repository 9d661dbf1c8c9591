import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { AssetId, CollectionId, DeviceId, LibraryId, RowId } from '../../../../shared/domain/ids.ts'
import type { Catalog } from '../catalog.ts'
import { segmentName } from '../journal/segment.ts'
import { openCatalog } from '../openCatalog.ts'

const library = 'aaaaaaaa-0000-4000-8000-000000000000' as LibraryId
const idOf = (name: string) => `${name.repeat(8)}-0000-4000-8000-000000000000` as DeviceId
const asset = '11111111-0000-7000-8000-000000000001' as AssetId

let root: string
let clock = 1_790_000_000_000
interface Device {
  readonly id: DeviceId
  readonly folder: string
  catalog: Catalog
}
let a: Device
let b: Device
let c: Device

const openAt = (folder: string, id: DeviceId, rebuild = false): Catalog =>
  openCatalog({
    file: join(folder, 'catalog.sqlite'),
    journalFolder: join(folder, 'journal'),
    remotesFile: join(folder, 'remotes.json'),
    libraryId: library,
    deviceId: id,
    now: () => ++clock,
    rebuild,
  }).catalog

const device = (name: string): Device => {
  const folder = join(root, name)
  mkdirSync(join(folder, 'journal'), { recursive: true })
  return { id: idOf(name), folder, catalog: openAt(folder, idOf(name)) }
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'vitrine-merge-'))
  a = device('a')
  b = device('b')
  c = device('c')
})
afterEach(() => {
  for (const { catalog } of [a, b, c]) catalog.close()
  rmSync(root, { recursive: true, force: true })
})

const segmentsOf = ({ folder, id }: Device) => {
  const own = join(folder, 'journal', id)
  return readdirSync(own)
    .sort()
    .map((name) => readFileSync(join(own, name)))
}
/** Everything that `from` wrote, to `to`. Returns the outcomes that are not `known`. */
const send = async (from: Device, to: Device) => {
  from.catalog.journal.seal()
  to.catalog.remoteLog.nameDevice(from.id, from.id.slice(0, 1))
  const outcomes = []
  for (const [index, bytes] of segmentsOf(from).entries()) {
    const outcome = await to.catalog.remoteLog.apply({ device: from.id, seq: index + 1, bytes })
    if (outcome.kind !== 'known') outcomes.push(outcome)
  }
  return outcomes
}
const exchange = async (...devices: Device[]) => {
  for (let round = 0; round < 4; round++)
    for (const from of devices) for (const to of devices) if (from !== to) await send(from, to)
}

const record = (space = 'library') => ({
  owner_id: library,
  space,
  status: 'available',
  asset_type: 'image',
  file_name: 'pier.png',
  extension: 'png',
  mime_type: 'image/png',
  file_size_bytes: 10,
  sha256: 'ab'.repeat(32),
  storage_path: 'originals/2026/11/pier.abababababab.png',
  created_at: clock,
  updated_at: clock,
  imported_at: clock,
})
const edit = ({ catalog }: Device, ...cells: [field: string, value: string | number | null][]) =>
  catalog.mutate({ kind: 'edit', label: () => 'Edit', undoable: true, now: ++clock }, (writer) => {
    for (const [field, value] of cells) writer.set('asset', asset, field, value)
  })
const add = ({ catalog }: Device, space?: string) =>
  catalog.mutate({ kind: 'import', label: () => 'Import', undoable: false, now: ++clock }, (writer) => {
    writer.set('asset', asset, '', record(space))
  })
const rowOf = ({ catalog }: Device) => catalog.assets.findById(asset)?.rowId as RowId
const shown = ({ catalog }: Device) => catalog.assets.get(asset)
const titles = () => [a, b, c].map((of) => shown(of)?.custom_title)

describe('what another device wrote', () => {
  beforeEach(async () => {
    add(a)
    await exchange(a, b, c)
  })

  it('arrives, and its original is said to be elsewhere instead of missing', () => {
    expect(shown(b)).toMatchObject({ id: asset, file_name: 'pier.png', status: 'available', sync_state: 'cloud-only' })
    expect(b.catalog.queue.counts('media')).toMatchObject({ waiting: 0, parked: 0 })
    expect(shown(a)?.sync_state).toBe('local')
  })

  it('wins if it knew what it replaces, whatever its clock says, and nobody is asked', async () => {
    clock += 10 * 24 * 3_600_000
    edit(a, ['custom_title', 'From the future'])
    await send(a, b)
    clock -= 10 * 24 * 3_600_000
    edit(b, ['custom_title', 'Later'])
    await exchange(a, b, c)
    expect(titles()).toEqual(['Later', 'Later', 'Later'])
    expect([a, b, c].map(({ catalog }) => catalog.conflicts.count())).toEqual([0, 0, 0])
  })

  it('is listed as lost on every device if two were written without knowing each other, and is restored with one call', async () => {
    edit(a, ['custom_title', 'Mine'])
    edit(b, ['custom_title', 'Yours'])
    await exchange(a, b, c)
    expect(titles()).toEqual(['Yours', 'Yours', 'Yours'])
    for (const { catalog } of [a, b, c]) {
      expect(catalog.conflicts.list(10)).toMatchObject([
        { field: 'custom_title', value: 'Yours', lost: 'Mine', lostDevice: a.id },
      ])
    }
    const [conflict] = c.catalog.conflicts.list(10)
    expect(c.catalog.conflicts.resolve([conflict?.id ?? 0], 'restore', ++clock)).toMatchObject({ count: 1 })
    await exchange(a, b, c)
    expect(titles()).toEqual(['Mine', 'Mine', 'Mine'])
    expect([a, b, c].map(({ catalog }) => catalog.conflicts.count())).toEqual([0, 0, 0])
  })

  it('stays settled everywhere when the value that stands is confirmed', async () => {
    edit(a, ['rating', 2])
    edit(b, ['rating', 5])
    await exchange(a, b, c)
    a.catalog.conflicts.resolve(
      a.catalog.conflicts.list(10).map(({ id }) => id),
      'keep',
      ++clock,
    )
    await exchange(a, b, c)
    expect([a, b, c].map((of) => [shown(of)?.rating, of.catalog.conflicts.count()])).toEqual([
      [5, 0],
      [5, 0],
      [5, 0],
    ])
  })

  it('is not undone by undoing what was done before it here', async () => {
    edit(a, ['rating', 2])
    await send(a, b)
    edit(b, ['rating', 4])
    await send(b, a)
    a.catalog.history.undo(++clock)
    expect(shown(a)?.rating).toBe(4)
    expect(a.catalog.history.list(3).map(({ label }) => label)).toContain('Changed 1 asset on “b”')
  })

  it('puts a tag on although somebody else took it off without knowing', async () => {
    const tag = '22222222-0000-4000-8000-000000000001'
    const link = (of: Device, value: { at: number } | null) =>
      of.catalog.mutate({ kind: 'tag', label: () => 'Tag', undoable: true, now: ++clock }, (writer) => {
        writer.set('tag', tag, '', { name: 'Harbour', created_at: 1 })
        writer.set('assetTag', `${tag}/${asset}`, 'in', value)
      })
    link(a, { at: 1 })
    await exchange(a, b, c)
    link(a, null)
    link(b, null)
    link(b, { at: 2 })
    await exchange(a, b, c)
    expect([a, b, c].map((of) => shown(of)?.tags.length)).toEqual([1, 1, 1])
  })

  it('brings an asset back that was removed for good by a device that knew nothing of it', async () => {
    edit(a, ['deleted_at', ++clock])
    await send(a, b)
    edit(b, ['custom_title', 'Worth keeping'])
    edit(a, ['purged', ++clock])
    await send(a, c)
    expect(shown(c)).toBeUndefined()
    const [outcome] = await send(a, b)
    expect(outcome).toMatchObject({ kind: 'applied', answered: true })
    await exchange(a, b, c)
    for (const device of [a, b, c]) {
      expect(shown(device)).toMatchObject({ custom_title: 'Worth keeping', file_name: 'pier.png' })
      expect(shown(device)?.deleted_at).not.toBeNull()
    }
  })

  it('removes for good what nobody changed meanwhile', async () => {
    edit(b, ['custom_title', 'Seen'])
    await exchange(a, b, c)
    edit(a, ['purged', ++clock])
    await exchange(a, b, c)
    expect([a, b, c].map(shown)).toEqual([undefined, undefined, undefined])
  })

  it('survives a rebuild of the catalogue, conflicts and all', async () => {
    edit(a, ['custom_title', 'Mine'])
    edit(b, ['custom_title', 'Yours'])
    await exchange(a, b, c)
    const before = {
      asset: shown(a),
      lost: a.catalog.conflicts.list(9).map(({ lost }) => lost),
      at: a.catalog.remoteLog.devices(),
    }
    a.catalog.close()
    for (const name of ['catalog.sqlite', 'catalog.sqlite-wal', 'catalog.sqlite-shm'])
      rmSync(join(a.folder, name), { force: true })
    a.catalog = openAt(a.folder, a.id, true)
    const { row_id: _, updated_at: __, ...rest } = before.asset as never as Record<string, unknown>
    expect(shown(a)).toMatchObject(rest)
    expect(a.catalog.conflicts.list(9).map(({ lost }) => lost)).toEqual(before.lost)
    expect(a.catalog.remoteLog.frontier()).toEqual(
      Object.fromEntries(before.at.map(({ id, applied }) => [id, applied.seq])),
    )
    edit(a, ['custom_title', 'After'])
    await exchange(a, b, c)
    expect(titles()).toEqual(['After', 'After', 'After'])
  })
})

it('keeps what was kept on one device and expired on another', async () => {
  add(a, 'workspace')
  await exchange(a, b, c)
  edit(a, ['space', 'library'])
  edit(b, ['deleted_at', ++clock])
  await exchange(a, b, c)
  for (const device of [a, b, c]) expect(shown(device)).toMatchObject({ space: 'library', deleted_at: null })
})

describe('a segment', () => {
  beforeEach(() => add(a))

  it('waits for the one before it, and for what its author had seen', async () => {
    a.catalog.journal.seal()
    edit(a, ['rating', 1])
    a.catalog.journal.seal()
    const seq = segmentsOf(a).length
    const bytes = segmentsOf(a)[seq - 1]!
    expect(await b.catalog.remoteLog.apply({ device: a.id, seq, bytes })).toEqual({ kind: 'gap', next: 1 })
    await send(a, b)
    edit(b, ['rating', 2])
    expect((await send(b, c)).at(-1)).toEqual({ kind: 'waits', device: a.id, seq })
  })

  it('is refused, and only its log stops, when it is damaged, replaced, of another device or of another library', async () => {
    a.catalog.journal.seal()
    const [bytes] = segmentsOf(a)
    const apply = async (change: Partial<{ device: string; bytes: Uint8Array }>) => {
      const outcome = await b.catalog.remoteLog.apply({ device: a.id, seq: 1, bytes: bytes!, ...change })
      return outcome.kind === 'refused' ? outcome.refusal.problem : outcome.kind
    }
    expect(await apply({ bytes: bytes!.subarray(0, 60) })).toBe('damaged')
    expect(b.catalog.remoteLog.devices()).toMatchObject([{ id: a.id, stopped: { seq: 1, problem: 'damaged' } }])
    expect(await apply({ device: c.id })).toBe('other_device')
    expect(await apply({ device: '../../outside' })).toBe('other_device')
    expect(await apply({})).toBe('applied')
    expect(b.catalog.remoteLog.devices()).toMatchObject([{ id: a.id, stopped: null }, { id: c.id }])
    expect(await apply({})).toBe('known')
  })

  it('asks before it deletes most of a library', async () => {
    const ids = Array.from(
      { length: 40 },
      (_, index) => `11111111-0000-7000-8000-0000000001${String(index).padStart(2, '0')}`,
    )
    const change = (
      field: string,
      value: (id: string) => Parameters<Parameters<Parameters<Catalog['mutate']>[1]>[0]['set']>[3],
    ) =>
      a.catalog.mutate({ kind: 'x', label: () => 'x', undoable: false, now: ++clock }, (writer) => {
        for (const id of ids) writer.set('asset', id, field, value(id))
      })
    change('', () => record())
    await send(a, b)
    change('deleted_at', () => clock)
    a.catalog.journal.seal()
    const seq = segmentsOf(a).length
    const bytes = segmentsOf(a)[seq - 1]!
    expect(await b.catalog.remoteLog.apply({ device: a.id, seq, bytes })).toEqual({
      kind: 'asks',
      removals: 40,
      assets: 41,
    })
    expect(await b.catalog.remoteLog.apply({ device: a.id, seq, bytes }, { allowRemovals: true })).toMatchObject({
      kind: 'applied',
    })
  })
})

it('leaves files of segments in the journal under the name of their device', async () => {
  add(a)
  await send(a, b)
  expect(readFileSync(join(b.folder, 'journal', a.id, segmentName(1)))).toEqual(segmentsOf(a)[0])
  expect(rowOf(b)).toBeGreaterThan(0)
  writeFileSync(join(root, 'done'), '')
  expect(b.catalog.unsortedId).toBe(a.catalog.unsortedId as CollectionId)
})
