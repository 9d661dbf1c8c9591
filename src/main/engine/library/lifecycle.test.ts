import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type AssetId, sha256Schema } from '../../../shared/domain/ids.ts'
import type { ImportedFile } from '../catalog/assetRecords.ts'
import { thumbnailPath } from '../catalog/thumbnailPath.ts'
import type { Clock } from '../ports.ts'
import { libraryForEachTest, START, sha256Of } from './fixtures/testLibrary.ts'
import { createByHash } from './import/byHash.ts'
import { unregisteredOriginals } from './import/recoverImports.ts'
import { keepAssets } from './keepAssets.ts'
import { createLifecycle, type Lifecycle } from './lifecycle.ts'
import { discardAssets, restoreAssets, trashAssets } from './trashAssets.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

const library = libraryForEachTest()
let lifecycle: Lifecycle
let refuses: (path: string) => boolean
const clock: Clock = { now: () => library.now, after: () => () => undefined }

function start(): void {
  const byHash = createByHash()
  lifecycle = createLifecycle({
    catalog: library.catalog,
    clock,
    folder: library.folder,
    exclusively: (sha256, work) => byHash.run(sha256, work),
    async remove(path) {
      if (refuses(path)) throw Object.assign(new Error('no'), { code: 'EACCES' })
      await rm(path, { force: true })
    },
    onChange: () => undefined,
    onDefect(error) {
      throw error
    },
  })
}
beforeEach(() => {
  refuses = () => false
  start()
})
afterEach(() => lifecycle.close())

function write(path: string, text: string): void {
  mkdirSync(dirname(join(library.root, path)), { recursive: true })
  writeFileSync(join(library.root, path), text)
}

function add(name: string, overrides: Partial<ImportedFile> = {}, text = name): AssetId {
  const sha256 = sha256Of(text)
  const storagePath = `originals/2026/11/${name}.${sha256.slice(0, 12)}.png`
  if (overrides.storagePath === undefined) write(storagePath, text)
  for (const size of [150, 300, 600]) write(thumbnailPath(sha256, size), 'thumbnail')
  return library.add(`${name}.png`, {
    space: 'workspace',
    fileSizeBytes: text.length,
    sha256,
    storagePath,
    expiresAt: overrides.space === 'library' ? null : library.now + 7 * DAY,
    another: true,
    ...overrides,
  })
}
const { names } = library
const inTrash = (): string[] => names({ kind: 'trash' })
const files = (): string[] =>
  readdirSync(library.root, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(png|webp|xmp)$/.test(path))
    .sort()
const expire = (days: number) => lifecycle.expire({ at: START + days * DAY })

describe('a Workspace asset that nobody keeps', () => {
  it('goes to Trash when its time is over, and for good some days later, with its files', async () => {
    add('a')
    expect(await expire(6)).toMatchObject({ expired: 0, purged: 0 })
    expect(await expire(7)).toMatchObject({ expired: 1, purged: 0 })
    expect([names({ kind: 'workspace' }), inTrash()]).toEqual([[], ['a.png']])
    expect(files()).toHaveLength(4)
    expect(await expire(9)).toMatchObject({ expired: 0, purged: 0 })
    expect(await expire(10)).toMatchObject({ expired: 0, purged: 1, bytes: 1, filesLeft: 0 })
    expect(inTrash()).toEqual([])
    expect(files()).toEqual([])
  })

  it('is not among those that a person put into Trash, which stay for thirty days', async () => {
    const id = add('a')
    discardAssets(library.catalog, { ids: [id] }, library.now)
    expect(await expire(29)).toMatchObject({ purged: 0 })
    expect(await expire(30)).toMatchObject({ purged: 1 })
  })

  it('stays while somebody still touches it, also if that was undoing a keep', async () => {
    const id = add('a')
    keepAssets(library.catalog, { ids: [id] }, undefined, library.now)
    library.now = START + 20 * DAY
    library.catalog.history.undo(library.now)
    expect(await expire(20)).toMatchObject({ expired: 0 })
    expect(await expire(21)).toMatchObject({ expired: 1 })
  })

  it('is held for a day after a jump of the clock, and let off when the clock is put right', async () => {
    add('a')
    await lifecycle.expire({})
    library.now = START + 3650 * DAY
    expect(await lifecycle.expire({})).toMatchObject({ expired: 0, held: { assets: 1 } })
    expect(lifecycle.status().workspace.held).toMatchObject({
      assets: 1,
      until: new Date(library.now + DAY).toISOString(),
    })
    library.now = START + HOUR
    expect(await lifecycle.expire({})).toEqual({ expired: 0, purged: 0, bytes: 0, filesLeft: 0, held: null })
    expect(names({ kind: 'workspace' })).toEqual(['a.png'])
  })

  it('goes when the new time has gone on for a day, or when it is asked for', async () => {
    add('a')
    await lifecycle.expire({})
    library.now = START + 21 * DAY
    await lifecycle.expire({})
    library.now += DAY
    expect(await lifecycle.expire({})).toMatchObject({ expired: 1, held: null })
    library.now += DAY
    add('b')
    library.now += 21 * DAY
    expect(await lifecycle.expire({ force: true })).toMatchObject({ expired: 1, held: null })
  })
})

describe('the policy', () => {
  it('gives everything in the Workspace another date, and undo gives both back', async () => {
    const id = add('a')
    const kept = add('kept', { space: 'library' })
    const date = (): string | null => library.catalog.assets.get(id)?.expires_at ?? null
    const before = date()
    library.now += HOUR
    const { policy, result } = await lifecycle.configure({ expiryDays: 30 })
    expect([policy.expiryDays, result.count]).toEqual([30, 1])
    expect(date()).toBe(new Date(START + 30 * DAY).toISOString())
    library.catalog.history.undo(library.now)
    expect([lifecycle.policy().expiryDays, date()]).toEqual([7, before])
    library.catalog.history.redo(library.now)
    expect([lifecycle.policy().expiryDays, date()]).toEqual([30, new Date(START + 30 * DAY).toISOString()])
    await lifecycle.configure({ expiryDays: null })
    expect(date()).toBeNull()
    expect(await expire(3000)).toMatchObject({ expired: 0 })
    expect(library.catalog.assets.get(kept)?.expires_at).toBeNull()
  })

  it('never takes anything within a day of being made shorter', async () => {
    add('a')
    library.now = START + 5 * DAY
    await lifecycle.configure({ expiryDays: 1 })
    expect(await expire(5.5)).toMatchObject({ expired: 0 })
    expect(await expire(6)).toMatchObject({ expired: 1 })
  })

  it('can keep everything in Trash', async () => {
    trashAssets(library.catalog, { ids: [add('a', { space: 'library' })] }, library.now)
    await lifecycle.configure({ trashDays: null })
    expect(await expire(3000)).toMatchObject({ purged: 0 })
    await lifecycle.configure({ trashDays: 1 })
    expect(await expire(1)).toMatchObject({ purged: 1 })
  })

  it('belongs to the library: a rebuild from the journal has it', async () => {
    await lifecycle.configure({ expiryDays: 14, quotaBytes: 5_000_000_000 })
    await reopenRebuilt()
    expect(lifecycle.policy()).toEqual({ expiryDays: 14, trashDays: 30, quotaBytes: 5_000_000_000 })
  })
})

it('gives more time to those that are asked for, and to nothing that is kept', async () => {
  const [a, kept] = [add('a'), add('kept', { space: 'library' })]
  expect((await lifecycle.keepLonger({ ids: [a, kept] }, 20)).count).toBe(1)
  expect(library.catalog.assets.get(a)?.expires_at).toBe(new Date(START + 20 * DAY).toISOString())
  expect((await lifecycle.keepLonger({ ids: [a] }, 3)).count).toBe(0)
  await lifecycle.keepLonger({ ids: [a] }, null)
  expect(library.catalog.assets.get(a)?.expires_at).toBeNull()
})

describe('what is removed for good', () => {
  it('has to be counted by the person, and to be in Trash', async () => {
    const [a, b] = [add('a'), add('b')]
    trashAssets(library.catalog, { ids: [a] }, library.now)
    await expect(lifecycle.emptyTrash(0)).rejects.toMatchObject({ code: 'count_changed', details: { count: 1 } })
    expect(await lifecycle.purge({ ids: [a, b] }, 1)).toMatchObject({ count: 1, label: 'Removed 1 asset for good' })
    expect(names({ kind: 'everything' })).toEqual(['b.png'])
    expect(library.catalog.history.list(1)[0]).toMatchObject({
      kind: 'purge',
      count: 1,
      label: 'Removed 1 asset for good',
    })
    expect(() => library.catalog.history.redo(library.now)).toThrow()
  })

  it('leaves a file to the others that use it, and goes with the last of them', async () => {
    const first = add('a')
    const path = library.catalog.assets.get(first)?.storage_path ?? ''
    const xmp = `${path}.xmp`
    write(xmp, 'xmp')
    const sidecar = { name: 'a.xmp', path: xmp, sha256: sha256Schema.parse('0'.repeat(64)), bytes: 3 }
    const second = add('second', { storagePath: path, another: true }, 'a')
    for (const id of [first, second]) library.catalog.assets.attachSidecars(id, [sidecar])
    trashAssets(library.catalog, { ids: [first, second] }, library.now)
    await lifecycle.purge({ ids: [first] }, 1)
    expect(files()).toHaveLength(5)
    await lifecycle.purge({ ids: [second] }, 1)
    expect(files()).toEqual([])
  })

  it('never touches a file outside of the library', async () => {
    const outside = mkdtempSync(join(tmpdir(), 'vitrine-linked-'))
    const path = join(outside, 'mine.png')
    writeFileSync(path, 'mine')
    const traversal = add('evil', { storagePath: 'originals/../../escape.png' })
    writeFileSync(join(library.root, '..', 'escape.png'), 'safe')
    trashAssets(library.catalog, { ids: [add('mine', { storagePath: path }), traversal] }, library.now)
    await lifecycle.emptyTrash(2)
    expect([existsSync(path), existsSync(join(library.root, '..', 'escape.png'))]).toEqual([true, true])
    rmSync(outside, { recursive: true })
    rmSync(join(library.root, '..', 'escape.png'))
  })

  it('is tried again when the disk refuses, also by the next process, and is never taken for a lost file', async () => {
    trashAssets(library.catalog, { ids: [add('a')] }, library.now)
    refuses = (path) => path.endsWith('.png')
    expect(await lifecycle.emptyTrash(1)).toMatchObject({ count: 1, filesLeft: 1 })
    expect(lifecycle.status().removals).toEqual({ files: 1, problem: expect.stringContaining('not allowed') })
    expect(await unregisteredOriginals(library.catalog, library.folder, createByHash())).toEqual([])
    await lifecycle.close()
    library.reopen()
    refuses = () => false
    start()
    lifecycle.resume()
    await lifecycle.expire({})
    expect(lifecycle.status().removals).toEqual({ files: 0, problem: null })
    expect(files()).toEqual([])
  })

  it('stays away when the catalogue is rebuilt', async () => {
    const [, b] = [add('a'), add('b')]
    trashAssets(library.catalog, { ids: [b] }, library.now)
    refuses = () => true
    await lifecycle.emptyTrash(1)
    refuses = () => false
    await reopenRebuilt()
    expect(names({ kind: 'everything' })).toEqual(['a.png'])
    expect(await unregisteredOriginals(library.catalog, library.folder, createByHash())).toEqual([])
    lifecycle.resume()
    await lifecycle.expire({})
    expect(files().filter((path) => path.endsWith('.png'))).toHaveLength(1)
  })
})

async function reopenRebuilt(): Promise<void> {
  await lifecycle.close()
  library.rebuild()
  start()
}

describe('sessions', () => {
  it('are what came without two hours between, the latest first', async () => {
    const jobId = library.catalog.jobs.ensure('harbour', library.now)
    add('a', { jobId })
    library.now += HOUR
    add('b', { jobId })
    add('kept', { space: 'library' })
    library.now += 3 * HOUR
    add('c')
    const [later, earlier] = lifecycle.sessions()
    expect(later).toMatchObject({ assets: 1, jobs: [], from: new Date(library.now).toISOString() })
    expect(earlier).toMatchObject({ assets: 2, bytes: 2, jobs: [{ id: jobId, folder: 'harbour', assets: 2 }] })
    if (earlier === undefined) throw new Error('expected a session')
    expect(names({ kind: 'workspace', session: earlier })).toEqual(['a.png', 'b.png'])
    expect((await lifecycle.discardRest({ session: earlier })).count).toBe(2)
    expect(names({ kind: 'workspace' })).toEqual(['c.png'])
  })
})

describe('whatever happens', () => {
  it('nothing that was kept is ever removed by expiry, and every asset has its file', { timeout: 60_000 }, async () => {
    const act = fc.oneof(
      fc.record({ kind: fc.constantFrom('add', 'keep', 'trash', 'discard', 'restore', 'longer'), at: fc.nat(9) }),
      fc.record({ kind: fc.constantFrom('undo', 'redo', 'expire', 'look', 'policy'), at: fc.nat(40) }),
      fc.record({ kind: fc.constant('time'), at: fc.integer({ min: -5, max: 40 }) }),
    )
    let run = 0
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 5, maxLength: 30 }), async (acts) => {
        const ids: AssetId[] = []
        run++
        for (const { kind, at } of acts) {
          const id = ids[at % Math.max(ids.length, 1)]
          const keptBefore = new Set(names({ kind: 'library' }))
          if (kind === 'add') ids.push(add(`asset-${run}-${ids.length}`))
          else if (kind === 'time') library.now += at * DAY
          else if (kind === 'undo' || kind === 'redo') attempt(() => library.catalog.history[kind](library.now))
          else if (kind === 'policy') await lifecycle.configure({ expiryDays: at === 0 ? null : at })
          else if (kind === 'expire') await lifecycle.expire({ at: library.now + at * DAY, force: true })
          else if (kind === 'look') await lifecycle.expire({})
          else if (id !== undefined) {
            const one = { ids: [id] }
            if (kind === 'keep') keepAssets(library.catalog, one, undefined, library.now)
            else if (kind === 'trash') trashAssets(library.catalog, one, library.now)
            else if (kind === 'discard') discardAssets(library.catalog, one, library.now)
            else if (kind === 'restore') restoreAssets(library.catalog, one, library.now + DAY, library.now)
            else await lifecycle.keepLonger(one, 1 + at)
          }
          if (kind === 'expire' || kind === 'look' || kind === 'policy') {
            const kept = new Set(names({ kind: 'library' }))
            for (const name of keptBefore) expect(kept).toContain(name)
          }
        }
        for (const known of ids) {
          const asset = library.catalog.assets.get(known)
          if (asset !== undefined) expect(existsSync(join(library.root, asset.storage_path))).toBe(true)
        }
      }),
      { numRuns: 15 },
    )
    const stored = readdirSync(library.folder.originals, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.png'),
    )
    expect(stored).toHaveLength(names({ kind: 'everything' }).length + inTrash().length)
  })
})

function attempt(work: () => unknown): void {
  try {
    work()
  } catch {
    // Nothing to undo.
  }
}
