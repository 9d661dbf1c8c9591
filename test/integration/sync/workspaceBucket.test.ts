import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { nodeClock } from '../../../src/main/engine/adapters/nodeClock.ts'
import { openStore } from '../../../src/main/engine/adapters/openStore.ts'
import { keepAssets } from '../../../src/main/engine/library/keepAssets.ts'
import { libraryFolder } from '../../../src/main/engine/library/libraryFolder.ts'
import { createLibrary, markCatalogDamaged } from '../../../src/main/engine/library/openLibrary.ts'
import { purgeAssets } from '../../../src/main/engine/library/purgeAssets.ts'
import { readQuotas } from '../../../src/main/engine/library/storageQuotas.ts'
import { discardAssets, restoreAssets } from '../../../src/main/engine/library/trashAssets.ts'
import { evictUndecided } from '../../../src/main/engine/sync/workspace/evictUndecided.ts'
import { VitrineError } from '../../../src/shared/contract/errors.ts'
import type { RemoteId } from '../../../src/shared/domain/ids.ts'
import { remotePolicyPresets } from '../../../src/shared/domain/remote.ts'
import { sha256 } from '../import/support/importLibrary.ts'
import { jpeg } from '../import/support/pictures.ts'
import { temporaryFolder } from './support/files.ts'
import { type WorkspaceLibrary, workspaceLibrary } from './support/workspaceLibrary.ts'

let folder: ReturnType<typeof temporaryFolder>
let bucket: string
let libraryBucket: string
let root: string
let library: WorkspaceLibrary
let remote: RemoteId

beforeEach(async () => {
  folder = temporaryFolder()
  bucket = join(folder.path, 'workspace-temp')
  libraryBucket = join(folder.path, 'user-library')
  root = join(folder.path, 'library')
  for (const path of [bucket, libraryBucket, root]) mkdirSync(path)
  library = workspaceLibrary(root)
  remote = (
    await library.sync.remotes.add({
      role: 'workspace',
      owner: 'user-1',
      location: { kind: 'folder', path: bucket, prefix: '' },
    })
  ).id
})
afterEach(async () => {
  await library.close()
  folder.remove()
})

/** Writes an object as a generator does, long enough ago to be whole. */
function put(key: string, bytes: Uint8Array): void {
  const path = join(bucket, key)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, bytes)
  const then = new Date(Date.now() - 60_000)
  utimesSync(path, then, then)
}
const inBucket = (where = bucket): string[] =>
  readdirSync(where, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(where.length + 1))
    .sort()
const originalsInLibraryBucket = (): string[] => inBucket(libraryBucket).filter((key) => key.includes('/images/'))
const addLibraryBucket = () =>
  library.sync.remotes.add({ role: 'library', location: { kind: 'folder', path: libraryBucket, prefix: '' } })
const state = () => library.sync.workspaceRemotes()[0]!
/** Keeps an asset as a person would: once it can be seen. */
async function keep(name: string): Promise<void> {
  await library.drawn()
  keepAssets(library.catalog, { ids: [library.asset(name).id] }, undefined, Date.now())
}
const discard = (name: string) => discardAssets(library.catalog, { ids: [library.asset(name).id] }, Date.now())

describe('what generators put into a workspace bucket', () => {
  it('appears in the Workspace as files of its job, with their bytes, once', async () => {
    const pictures = [await jpeg(1), await jpeg(2), await jpeg(3)]
    put('user-1/job-a/one.jpg', pictures[0]!)
    put('user-1/job-a/two.jpg', pictures[1]!)
    put('user-1/loose.jpg', pictures[2]!)
    put('user-2/job-b/not-mine.jpg', await jpeg(4))
    expect(await library.sync.once()).toMatchObject({ arrived: 3, errors: [] })
    expect(library.named('workspace')).toEqual(['loose.jpg', 'one.jpg', 'two.jpg'])
    expect(library.asset('two.jpg')).toMatchObject({ sha256: sha256(pictures[1]!), space: 'workspace' })
    expect(library.asset('one.jpg').expires_at).not.toBeNull()
    const used = pictures.reduce((sum, { length }) => sum + length, 0)
    expect(readQuotas(library.catalog).remotes).toMatchObject([{ id: remote, used }])
    const [job] = library.catalog.jobs.list()
    expect(job).toMatchObject({ folder: 'job-a', status: 'running', asset_count: 2 })
    expect(library.asset('loose.jpg').job_id).toBeNull()
    expect(await library.sync.once()).toMatchObject({ arrived: 0, errors: [] })
    expect(library.named('workspace')).toHaveLength(3)
    expect(inBucket()).toHaveLength(4)
    expect(existsSync(join(root, 'cache', 'arrivals')) ? inBucket(join(root, 'cache', 'arrivals')) : []).toEqual([])
  })

  it('counts for its job while it is awaited, and as failed where it is refused', async () => {
    put('user-1/job-a/one.jpg', await jpeg(1))
    put('user-1/job-a/notes.txt', Buffer.from('a text that this bucket does not take'))
    put('user-1/job-a/large.jpg', Buffer.alloc(remotePolicyPresets['workspace-temp'].sizeLimitBytes + 1))
    await library.sync.once()
    expect(library.named('workspace')).toEqual(['one.jpg'])
    expect(library.catalog.jobs.list()[0]).toMatchObject({ counts: { failed: 2 } })
    const refusals = new Map(state().refusals.map(({ key, message }) => [key, message]))
    expect(refusals.get('user-1/job-a/notes.txt')).toContain('text/plain')
    expect(refusals.get('user-1/job-a/large.jpg')).toContain('50 MB')
    expect(inBucket()).toHaveLength(3)
    await library.sync.remotes.configure(remote, { allowedMimeTypes: null })
    await library.sync.once()
    expect(library.named('workspace')).toEqual(['notes.txt', 'one.jpg'])
  })

  it('is one asset however often its bytes come, and other bytes under its key are another', async () => {
    put('user-1/a/one.jpg', await jpeg(1))
    put('user-1/b/copy.jpg', await jpeg(1))
    await library.sync.once()
    expect([...library.named('workspace')]).toHaveLength(1)
    put('user-1/a/one.jpg', Buffer.concat([await jpeg(2), Buffer.from('longer')]))
    await library.sync.once()
    expect(library.named('workspace')).toHaveLength(2)
  })

  it('is left alone while it is being written', async () => {
    const path = join(bucket, 'user-1', 'job')
    mkdirSync(path, { recursive: true })
    writeFileSync(join(path, 'growing.jpg'), (await jpeg(1)).subarray(0, 500))
    await library.sync.once()
    expect(library.named('workspace')).toEqual([])
    expect(state()).toMatchObject({ objects: 0, refused: 0 })
  })
})

describe('keeping', () => {
  it('copies to the library’s bucket, then removes the object, and can be undone', async () => {
    await addLibraryBucket()
    const bytes = await jpeg(1)
    put('user-1/job/one.jpg', bytes)
    await library.sync.once()
    await keep('one.jpg')
    expect(await library.sync.once()).toMatchObject({ uploaded: 1, errors: [] })
    expect(inBucket()).toEqual([])
    const [key] = originalsInLibraryBucket()
    expect(sha256(readFileSync(join(libraryBucket, key!)))).toBe(sha256(bytes))
    expect(library.asset('one.jpg')).toMatchObject({ space: 'library', sync_state: 'synced' })
    library.catalog.history.undo(Date.now())
    await library.sync.once()
    expect(library.named('workspace')).toEqual(['one.jpg'])
    await keep('one.jpg')
    expect(await library.sync.once()).toMatchObject({ errors: [] })
    expect(originalsInLibraryBucket()).toHaveLength(1)
  })

  it('removes nothing before the library’s bucket has confirmed it', async () => {
    await addLibraryBucket()
    put('user-1/job/one.jpg', await jpeg(1))
    await library.sync.once()
    await keep('one.jpg')
    rmSync(libraryBucket, { recursive: true })
    await library.sync.once()
    expect(inBucket()).toEqual(['user-1/job/one.jpg'])
  })

  it('without a library’s bucket removes the object once the original is here', async () => {
    put('user-1/job/one.jpg', await jpeg(1))
    await library.sync.once()
    await keep('one.jpg')
    await library.sync.once()
    expect(inBucket()).toEqual([])
    expect(existsSync(join(root, library.asset('one.jpg').storage_path))).toBe(true)
  })
})

describe('discarding', () => {
  it('removes the object and brings it never again, while Trash keeps the original', async () => {
    put('user-1/job/one.jpg', await jpeg(1))
    put('user-1/job/two.jpg', await jpeg(2))
    await library.sync.once()
    discard('one.jpg')
    await library.sync.once()
    expect(inBucket()).toEqual(['user-1/job/two.jpg'])
    await library.sync.once()
    expect(library.named('trash')).toEqual(['one.jpg'])
    library.catalog.history.undo(Date.now())
    await library.sync.once()
    expect(library.named('workspace')).toEqual(['one.jpg', 'two.jpg'])
    expect(existsSync(join(root, library.asset('one.jpg').storage_path))).toBe(true)
  })

  it('that is undone before the bucket is told leaves the object where it is', async () => {
    put('user-1/job/one.jpg', await jpeg(1))
    await library.sync.once()
    discard('one.jpg')
    library.catalog.history.undo(Date.now())
    await library.sync.once()
    expect(inBucket()).toEqual(['user-1/job/one.jpg'])
  })

  it('waits with removing an object whose original is only there, until the asset is gone for good', async () => {
    put('user-1/job/one.jpg', await jpeg(1))
    await library.sync.once()
    const { id, storage_path } = library.asset('one.jpg')
    rmSync(join(root, storage_path))
    library.catalog.assets.setSyncState([{ id, state: 'cloud-only', reason: null }])
    discard('one.jpg')
    await library.sync.once()
    expect(inBucket()).toEqual(['user-1/job/one.jpg'])
    await purgeAssets(library.catalog, library.catalog.assets.resolve({ ids: [id] }), 1, Date.now())
    await library.sync.once()
    expect(inBucket()).toEqual([])
  })

  it('does not come again when the catalogue is made anew before the bucket has removed it', async () => {
    put('user-1/job/one.jpg', await jpeg(1))
    put('user-1/job/two.jpg', await jpeg(2))
    await library.sync.once()
    const ids = [library.asset('one.jpg').id]
    discard('one.jpg')
    await purgeAssets(library.catalog, library.catalog.assets.resolve({ ids }), 1, Date.now())
    await library.close()
    markCatalogDamaged(libraryFolder(root))
    library = workspaceLibrary(root)
    await library.sync.once()
    expect([library.named('workspace'), library.named('trash')]).toEqual([['two.jpg'], []])
    expect(inBucket()).toEqual(['user-1/job/two.jpg'])
  })

  it('does not remove what a generator has written there since', async () => {
    put('user-1/job/one.jpg', await jpeg(1))
    await library.sync.once()
    discard('one.jpg')
    put('user-1/job/one.jpg', Buffer.concat([await jpeg(2), Buffer.from('longer')]))
    await library.sync.once()
    expect(inBucket()).toEqual(['user-1/job/one.jpg'])
    expect(library.named('trash')).toHaveLength(1)
    expect(library.named('workspace')).toHaveLength(1)
  })

  it('is what expiry comes to as well', async () => {
    put('user-1/job/one.jpg', await jpeg(1))
    await library.sync.once()
    const { id, expires_at } = library.asset('one.jpg')
    expect(expires_at).not.toBeNull()
    library.catalog.mutate({ kind: 'expire', label: () => 'expired', undoable: false, now: Date.now() }, (writer) =>
      writer.setMany('deleted_at', library.catalog.assets.resolve({ ids: [id] }), Date.now()),
    )
    await library.sync.once()
    expect(inBucket()).toEqual([])
  })
})

describe('an original that is only in the workspace bucket', () => {
  async function onlyThere(name: string, bytes: Buffer): Promise<string> {
    put(`user-1/job/${name}`, bytes)
    await library.sync.once()
    await library.drawn()
    const { id, storage_path } = library.asset(name)
    rmSync(join(root, storage_path))
    library.catalog.assets.setSyncState([{ id, state: 'cloud-only', reason: null }])
    return join(root, storage_path)
  }

  it('is fetched for whoever wants to read it', async () => {
    const bytes = await jpeg(1)
    const path = await onlyThere('one.jpg', bytes)
    await library.sync.bringHere(library.asset('one.jpg').id)
    expect(readFileSync(path)).toEqual(bytes)
    expect(library.asset('one.jpg').sync_state).toBe('local')
  })

  it('comes here when it is kept and the library has no bucket, and goes from there then', async () => {
    const bytes = await jpeg(1)
    const path = await onlyThere('one.jpg', bytes)
    await expect(library.sync.remotes.remove(remote)).rejects.toMatchObject({ details: { count: 1 } })
    await keep('one.jpg')
    await library.sync.once()
    expect(readFileSync(path)).toEqual(bytes)
    expect(library.asset('one.jpg').sync_state).toBe('local')
    expect(inBucket()).toEqual([])
    await library.sync.remotes.remove(remote)
  })

  it('is there because the budget has no room for it here, once it is drawn and nobody reads it', async () => {
    const sizes: number[] = []
    for (const index of [1, 2, 3]) {
      const bytes = await jpeg(index)
      sizes.push(bytes.length)
      put(`user-1/job/${index}.jpg`, bytes)
      await library.sync.once()
    }
    await library.drawn()
    const store = openStore({ kind: 'folder', path: bucket, prefix: '' }, null)
    const hours = (later: number) => ({ ...nodeClock, now: () => Date.now() + later * 3_600_000 })
    const evict = (budget: number, clock = hours(1)) =>
      evictUndecided(
        { catalog: library.catalog, root, remoteId: remote, clock, exclusively: library.importer.exclusively },
        store,
        budget,
      )
    const all = sizes.reduce((sum, size) => sum + size, 0)
    expect(await evict(0, hours(0))).toBe(0)
    expect(await evict(all)).toBe(0)
    put('user-1/job/1.jpg', Buffer.alloc(sizes[0]!))
    expect(await evict(sizes[2]!)).toBe(2)
    expect(existsSync(join(root, library.asset('1.jpg').storage_path))).toBe(true)
    expect(library.asset('2.jpg').sync_state).toBe('cloud-only')
    expect(library.asset('2.jpg').thumbnail_path).not.toBeNull()
    expect(existsSync(join(root, library.asset('2.jpg').storage_path))).toBe(false)
    await library.sync.bringHere(library.asset('2.jpg').id)
    expect(sha256(readFileSync(join(root, library.asset('2.jpg').storage_path)))).toBe(library.asset('2.jpg').sha256)
    store.close()
  })

  it('is kept by a copy, without coming here', async () => {
    await addLibraryBucket()
    const bytes = await jpeg(1)
    const path = await onlyThere('one.jpg', bytes)
    await keep('one.jpg')
    expect(await library.sync.once()).toMatchObject({ uploaded: 1, errors: [] })
    expect(library.asset('one.jpg').sync_state).toBe('cloud-only')
    expect(existsSync(path)).toBe(false)
    expect(inBucket()).toEqual([])
    await library.sync.bringHere(library.asset('one.jpg').id)
    expect(readFileSync(path)).toEqual(bytes)
  })
})

describe('a hostile or mistaken bucket', () => {
  it('is told of, and nothing outside of the library is touched', async () => {
    const keys = [
      'user-1/job/a\u0007b.jpg',
      `user-1/job/${'x'.repeat(200)}/${'y'.repeat(200)}.jpg`,
      'user-1/job/con:.jpg',
    ]
    for (const [index, key] of keys.entries()) put(key, await jpeg(index))
    const before = readdirSync(folder.path).sort()
    await library.sync.once()
    expect(readdirSync(folder.path).sort()).toEqual(before)
    expect(state().refusals.map(({ key }) => key)).toEqual(expect.arrayContaining([keys[0]]))
    expect(inBucket()).toHaveLength(3)
  })

  it('with thousands of keys that mean nothing is told of in a few words, and still gives what is sound', async () => {
    mkdirSync(join(bucket, 'user-1', 'many'), { recursive: true })
    for (let index = 0; index < 3000; index++) writeFileSync(join(bucket, 'user-1', 'many', `\u0007${index}.jpg`), 'x')
    const then = new Date(Date.now() - 60_000)
    for (const name of readdirSync(join(bucket, 'user-1', 'many'))) {
      utimesSync(join(bucket, 'user-1', 'many', name), then, then)
    }
    put('user-1/many/sound.jpg', await jpeg(1))
    expect(await library.sync.once()).toMatchObject({ arrived: 1, errors: [] })
    expect(library.named('workspace')).toEqual(['sound.jpg'])
    expect(state()).toMatchObject({ objects: 3001, refused: 3000, waiting: 0 })
    expect(state().refusals).toHaveLength(20)
  })

  it('is not mirrored where a library lies', async () => {
    put(`user-1/${library.catalog.libraryId}/library.json`, Buffer.from('{}'))
    put('user-1/job/one.jpg', await jpeg(1))
    expect((await library.sync.once()).errors).toMatchObject([{ code: 'remote_other_library' }])
    expect(library.named('workspace')).toEqual([])
  })

  it('can’t be added where the library keeps its own files', async () => {
    await addLibraryBucket()
    const add = (path: string, owner: string) =>
      library.sync.remotes.add({ role: 'workspace', owner, location: { kind: 'folder', path, prefix: '' } })
    await expect(add(libraryBucket, '')).rejects.toMatchObject({ code: 'invalid_request' })
    await expect(add(libraryBucket, library.catalog.libraryId)).rejects.toMatchObject({ code: 'invalid_request' })
    await expect(add(root, 'originals')).rejects.toMatchObject({ code: 'invalid_request' })
    await expect(add(libraryBucket, 'somebody-else')).resolves.toMatchObject({ owner: 'somebody-else' })
  })
})

it('what another device has kept is not to be decided about here any more', async () => {
  const bytes = await jpeg(1)
  put('user-1/job/one.jpg', bytes)
  put('user-1/job/two.jpg', await jpeg(2))
  await library.sync.once()
  const file = join(folder.path, 'kept-there.jpg')
  writeFileSync(file, bytes)
  await library.import([file], { space: 'library', onDuplicate: 'keep-both' })
  await library.sync.once()
  expect(library.named('workspace')).toEqual(['one.jpg', 'two.jpg'])
  for (const name of ['one.jpg', 'two.jpg']) rmSync(join(bucket, 'user-1/job', name))
  await library.sync.once()
  expect(library.named('workspace')).toEqual(['two.jpg'])
  expect(library.named('trash')).toEqual(['one.jpg'])
  expect(library.named('library')).toEqual(['kept-there.jpg'])
})

it('what another device has discarded goes to Trash here, once, and nothing that was kept', async () => {
  await addLibraryBucket()
  const otherRoot = join(folder.path, 'other')
  mkdirSync(otherRoot)
  createLibrary(otherRoot, 'Test library', Date.now(), library.catalog.libraryId)
  const other = workspaceLibrary(otherRoot)
  try {
    await other.sync.remotes.add({ role: 'library', location: { kind: 'folder', path: libraryBucket, prefix: '' } })
    const location = { kind: 'folder', path: bucket, prefix: '' } as const
    await other.sync.remotes.add({ role: 'workspace', owner: 'user-1', location })
    for (const [index, name] of ['one.jpg', 'two.jpg', 'three.jpg'].entries())
      put(`user-1/job/${name}`, await jpeg(index))
    await library.sync.once()
    await other.sync.once()
    expect(other.named('workspace')).toHaveLength(3)
    await other.drawn()
    keepAssets(other.catalog, { ids: [other.asset('two.jpg').id] }, undefined, Date.now())
    // Whatever else takes an object away says nothing of it.
    rmSync(join(bucket, 'user-1/job/three.jpg'))
    discard('one.jpg')
    discard('two.jpg')
    await library.sync.once()
    expect(inBucket()).toEqual([])
    await other.sync.once()
    expect([other.named('workspace'), other.named('trash'), other.named('library')]).toEqual([
      ['three.jpg'],
      ['one.jpg'],
      ['two.jpg'],
    ])
    expect(existsSync(join(otherRoot, other.asset('one.jpg').storage_path))).toBe(true)

    restoreAssets(other.catalog, { ids: [other.asset('one.jpg').id] }, null, Date.now())
    await other.sync.once()
    expect(other.named('workspace')).toEqual(['one.jpg', 'three.jpg'])
    expect(library.catalog.conflicts.count() + other.catalog.conflicts.count()).toBe(0)
  } finally {
    await other.close()
  }
})

it('a bucket that is away is a state; what was decided meanwhile is done when it is back', async () => {
  put('user-1/job/one.jpg', await jpeg(1))
  put('user-1/job/two.jpg', await jpeg(2))
  await library.sync.once()
  const away = `${bucket}-away`
  const { renameSync } = await import('node:fs')
  renameSync(bucket, away)
  discard('one.jpg')
  expect((await library.sync.once()).errors).toMatchObject([{ code: 'remote_unreachable' }])
  expect(state()).toMatchObject({ state: 'offline', nextAttemptAt: expect.any(String) })
  expect(library.named('workspace')).toEqual(['two.jpg'])
  renameSync(away, bucket)
  expect((await library.sync.once()).errors).toEqual([])
  expect(inBucket()).toEqual(['user-1/job/two.jpg'])
  expect(library.named('trash')).toEqual(['one.jpg'])
})

describe('an end in the middle of a move', () => {
  /** The library as a process finds it that comes after one that failed at this step. */
  async function failingAt(step: 'delete' | 'copyFrom'): Promise<void> {
    await library.close()
    let failures = 0
    library = workspaceLibrary(root, {
      around: (store) => ({
        ...store,
        async [step](...args: never[]) {
          const done = await (store[step] as (...all: never[]) => Promise<unknown>)(...args)
          // Done, but the answer is lost with the process that asked.
          if (failures++ === 0) throw new VitrineError('cancelled', 'Killed.')
          return done
        },
      }),
    })
  }

  it.each(['copyFrom', 'delete'] as const)('at %s loses nothing and copies nothing twice', async (step) => {
    await addLibraryBucket()
    const bytes = await jpeg(1)
    put('user-1/job/one.jpg', bytes)
    await library.sync.once()
    await keep('one.jpg')
    await failingAt(step)
    await library.sync.once()
    await library.close()
    library = workspaceLibrary(root)
    expect(await library.sync.once()).toMatchObject({ errors: [] })
    expect(inBucket()).toEqual([])
    expect(originalsInLibraryBucket()).toHaveLength(1)
    expect(library.named('library')).toEqual(['one.jpg'])
    expect(library.asset('one.jpg').sync_state).toBe('synced')
  })
})
