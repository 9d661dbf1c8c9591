import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import type { CellValue, Entity } from '../../../src/main/engine/catalog/journal/operation.ts'
import { createLibrary } from '../../../src/main/engine/library/openLibrary.ts'
import type { AssetId } from '../../../src/shared/domain/ids.ts'
import { Chance } from '../../simulation/chance.ts'
import { type Device, deviceIdOf, devicesOf, dump, type Place } from './support/devices.ts'
import { seededBytes, temporaryFolder } from './support/files.ts'
import { type SyncLibrary, syncLibrary } from './support/syncLibrary.ts'

const renewProcess = fileURLToPath(new URL('./support/renewProcess.ts', import.meta.url))
const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean()
})
const clean = (remove: () => unknown) => void cleanups.push(remove)
const temporary = (): string => {
  const folder = temporaryFolder()
  clean(() => folder.remove())
  return folder.path
}
const placeOf = (): Place => {
  const path = join(temporary(), 'bucket')
  mkdirSync(path)
  return { location: { kind: 'folder', path, prefix: '' }, credentials: null }
}
const bytesOf = (name: string) => seededBytes(3000, name)
const edit = ({ catalog }: SyncLibrary, id: AssetId, field: string, value: string | number | null) =>
  catalog.mutate({ kind: 'edit', label: () => 'Edited', undoable: true, now: Date.now() }, (writer) => {
    writer.set('asset', id, field, value)
  })
const conflictsOf = ({ catalog }: SyncLibrary) =>
  catalog.conflicts
    .list(100)
    .map(({ entityId, field, value, lost }) => ({ entityId, field, value, lost }))
    .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))

/** A library that has synced, closed, and a copy of its folder with all that is in it. */
async function twoCopies(place: Place) {
  const [first] = devicesOf(1, place, clean) as [Device]
  await first.connect()
  const shared = first.addKept('shared', bytesOf('shared'))
  edit(first, shared, 'custom_title', 'As both know it')
  const later = first.addKept('later', bytesOf('later'))
  edit(first, later, 'space', 'workspace')
  edit(first, later, 'custom_title', 'Still to be kept')
  await first.syncing.once()
  await first.syncing.close()
  first.catalog.close()
  const copy = join(temporary(), 'copy')
  cpSync(first.root, copy, { recursive: true })
  return { root: first.root, copy, shared, later }
}
const reopen = (root: string): SyncLibrary => {
  const library = syncLibrary(root)
  clean(() => library.close())
  return library
}
/** Syncs what is at `root` with a freshly opened engine, as `vitrine sync --once` does. */
async function syncOnce(root: string) {
  const library = syncLibrary(root)
  try {
    return await library.sync().once()
  } finally {
    await library.close()
  }
}
/** Until nobody has anything to say any more. */
async function converge(roots: readonly string[]) {
  for (let round = 0; round < 3; round++) {
    for (const root of roots) expect(await syncOnce(root)).toMatchObject({ pending: 0, errors: [] })
  }
}

describe('two copies of one library’s folder that both go on', () => {
  it('become two devices, and both end with all that was done in either', async () => {
    const { root, copy, shared, later } = await twoCopies(placeOf())
    const [first, second] = [reopen(root), reopen(copy)]
    const [ofFirst, ofSecond] = [first.addKept('first', bytesOf('first')), second.addKept('second', bytesOf('second'))]
    edit(first, shared, 'custom_title', 'By the first')
    edit(second, shared, 'custom_title', 'By the second')
    edit(second, shared, 'rating', 4)
    edit(first, later, 'space', 'library')
    edit(second, later, 'description', 'Written in the copy')
    for (const library of [first, second]) await library.close()
    const old = deviceIdOf(root)

    expect(await syncOnce(root)).toMatchObject({ errors: [] })
    expect(await syncOnce(copy)).toMatchObject({ errors: [{ code: 'remote_other_library' }] })
    expect(deviceIdOf(copy)).toBe(old)
    await converge([copy, root])
    expect(deviceIdOf(root)).toBe(old)
    expect(deviceIdOf(copy)).not.toBe(old)
    expect(existsSync(join(copy, 'renewal'))).toBe(false)

    const [a, b] = [reopen(root), reopen(copy)]
    expect(dump(b)).toEqual(dump(a))
    for (const id of [shared, later, ofFirst, ofSecond]) expect(b.catalog.assets.get(id)).toBeDefined()
    expect(a.catalog.assets.get(shared)).toMatchObject({ rating: 4 })
    expect(a.catalog.assets.get(later)).toMatchObject({
      custom_title: 'Still to be kept',
      description: 'Written in the copy',
    })
    expect(conflictsOf(a)).toMatchObject([{ entityId: shared, field: 'custom_title' }])
    expect(conflictsOf(b)).toEqual(conflictsOf(a))
  })

  it('end the same way when the copy’s catalogue is made anew of its journal afterwards', async () => {
    const { root, copy, shared } = await twoCopies(placeOf())
    const [first, second] = [reopen(root), reopen(copy)]
    edit(first, shared, 'custom_title', 'By the first')
    edit(second, shared, 'rating', 3)
    const onlyThere = second.addKept('second', bytesOf('second'))
    for (const library of [first, second]) await library.close()
    await syncOnce(root)
    await syncOnce(copy)
    await converge([copy, root])
    for (const suffix of ['', '-wal', '-shm']) rmSync(join(copy, `catalog.sqlite${suffix}`), { force: true })
    await converge([copy, root])
    const [a, b] = [reopen(root), reopen(copy)]
    expect(b.catalog.assets.get(onlyThere)).toMatchObject({ sync_state: 'synced' })
    expect(dump(b)).toEqual(dump(a))
  })

  it('tell a third device the same', async () => {
    const place = placeOf()
    const { root, copy, shared, later } = await twoCopies(place)
    const third = join(temporary(), 'third')
    const [first, second] = [reopen(root), reopen(copy)]
    edit(first, shared, 'custom_title', 'By the first')
    edit(first, later, 'space', 'library')
    edit(second, shared, 'description', 'By the second')
    createLibrary(third, 'Test library', Date.now(), first.catalog.libraryId)
    for (const library of [first, second]) await library.close()
    await syncOnce(root)
    const joined = syncLibrary(third)
    await joined.sync().remotes.add({ role: 'library', location: place.location })
    await joined.close()
    await syncOnce(third)
    // What the third says names a part of the old log that the copy has never written.
    const editing = syncLibrary(third)
    edit(editing, shared, 'custom_title', 'By the third')
    await editing.close()
    await syncOnce(third)
    await syncOnce(copy)
    await converge([copy, third, root])
    const [a, b, c] = [reopen(root), reopen(copy), reopen(third)]
    expect(dump(b)).toEqual(dump(a))
    expect(dump(c)).toEqual(dump(a))
    expect(a.catalog.assets.get(shared)).toMatchObject({ custom_title: 'By the third', description: 'By the second' })
    expect(conflictsOf(b)).toEqual([])
  })
})

it('a folder that was put back to an earlier state gets everything back', async () => {
  const { root, copy, shared } = await twoCopies(placeOf())
  const first = reopen(root)
  edit(first, shared, 'custom_title', 'After the backup')
  const id = first.addKept('after', bytesOf('after'))
  await first.close()
  await syncOnce(root)
  // The computer is gone; the backup of its folder goes on.
  rmSync(root, { recursive: true })
  const second = reopen(copy)
  edit(second, shared, 'rating', 5)
  await second.close()
  await syncOnce(copy)
  await converge([copy])
  const restored = reopen(copy)
  expect(restored.catalog.assets.get(shared)).toMatchObject({ custom_title: 'After the backup', rating: 5 })
  expect(restored.catalog.assets.get(id)).toMatchObject({ sync_state: 'cloud-only' })
})

/** What people do to assets, to one of them after the other. */
function editAtRandom({ catalog }: SyncLibrary, chance: Chance, ids: readonly AssetId[]): void {
  const there = ids.filter((id) => catalog.assets.get(id) !== undefined)
  if (there.length === 0) return
  const id = chance.pick(there)
  const now = Date.now()
  const cells: readonly (readonly [Entity, string, string, CellValue])[] = [
    ['asset', id, 'custom_title', `title ${chance.below(100)}`],
    ['asset', id, 'rating', chance.below(6)],
    ['asset', id, 'is_favorite', chance.below(2)],
    ['asset', id, 'deleted_at', chance.pick([null, now])],
    ['asset', id, 'space', chance.pick(['library', 'library', 'workspace'])],
    ['membership', `${catalog.unsortedId}/${id}`, 'in', chance.pick([null, { at: now, position: chance.below(99) }])],
    ['membership', `${catalog.unsortedId}/${id}`, 'position', chance.below(99)],
    ['librarySetting', 'trash_days', 'value', String(chance.below(90))],
  ]
  catalog.mutate({ kind: 'edit', label: () => 'Edited', undoable: true, now }, (writer) =>
    writer.set(...chance.pick(cells)),
  )
}

it.each([1, 2, 3, 4, 5, 6])('come together whatever was done in either (run %i)', async (seed) => {
  const chance = new Chance(seed)
  const { root, copy, shared, later } = await twoCopies(placeOf())
  const roots = [root, copy]
  const ids = [shared, later]
  for (let round = 0; round < 3; round++) {
    for (const [index, at] of roots.entries()) {
      const library = syncLibrary(at)
      if (chance.happens(0.5)) ids.push(library.addKept(`r${round}-${index}`, bytesOf(`${seed} ${round} ${index}`)))
      for (let edit = chance.below(12); edit > 0; edit--) editAtRandom(library, chance, ids)
      await library.close()
      if (chance.happens(0.7)) await syncOnce(at)
    }
  }
  // What is kept in the end, everybody has to know.
  for (const at of roots) {
    const library = syncLibrary(at)
    for (const id of ids) {
      edit(library, id, 'deleted_at', null)
      edit(library, id, 'space', 'library')
    }
    await library.close()
  }
  await syncOnce(root)
  await syncOnce(copy)
  await converge(roots)
  const [a, b] = [reopen(root), reopen(copy)]
  expect(deviceIdOf(copy)).not.toBe(deviceIdOf(root))
  for (const id of ids) expect(a.catalog.assets.get(id)).toBeDefined()
  expect(dump(b)).toEqual(dump(a))
  expect(conflictsOf(b)).toEqual(conflictsOf(a))
})

it('loses nothing when it is killed at any step', async () => {
  const place = placeOf()
  const { root, copy, shared, later } = await twoCopies(place)
  const [first, second] = [reopen(root), reopen(copy)]
  edit(first, shared, 'custom_title', 'By the first')
  edit(second, shared, 'custom_title', 'By the second')
  const onlyThere = second.addKept('second', bytesOf('second'))
  for (const library of [first, second]) await library.close()
  await syncOnce(root)
  await syncOnce(copy)
  const prepared = join(temporary(), 'prepared')
  cpSync(copy, prepared, { recursive: true })
  const bucket = join(temporary(), 'before')
  const path = place.location.kind === 'folder' ? place.location.path : ''
  cpSync(path, bucket, { recursive: true })

  let steps = 0
  for (let isKilled = true; isKilled; steps += 1) {
    const victim = join(temporary(), 'victim')
    cpSync(prepared, victim, { recursive: true })
    const { signal, status, stderr } = spawnSync(process.execPath, [renewProcess, victim, String(steps)], {
      encoding: 'utf8',
    })
    isKilled = signal === 'SIGKILL'
    if (!isKilled) expect({ status, stderr }).toMatchObject({ status: 0 })
    const opened = syncLibrary(victim)
    expect(deviceIdOf(victim)).not.toBe(deviceIdOf(root))
    for (const id of [shared, later, onlyThere]) expect(opened.catalog.assets.get(id)).toBeDefined()
    expect(opened.catalog.assets.get(shared)).toMatchObject({ custom_title: 'By the second' })
    expect(readdirSync(victim)).not.toContain('renewal')
    await opened.close()
    await syncOnce(victim)
    const after = reopen(victim)
    expect(conflictsOf(after)).toMatchObject([{ entityId: shared, field: 'custom_title' }])
    await after.close()
    rmSync(path, { recursive: true })
    cpSync(bucket, path, { recursive: true })
  }
  expect(steps).toBeGreaterThan(10)
}, 600_000)
