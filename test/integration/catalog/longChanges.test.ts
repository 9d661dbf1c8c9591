import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Catalog } from '../../../src/main/engine/catalog/catalog.ts'
import { deleteTags } from '../../../src/main/engine/library/deleteTags.ts'
import { editAssets } from '../../../src/main/engine/library/editAssets.ts'
import { inParts, stepwise } from '../../../src/main/engine/library/inParts.ts'
import { longChangesOf } from '../../../src/main/engine/library/longChanges.ts'
import { createLibrary, openLibrary } from '../../../src/main/engine/library/openLibrary.ts'
import { purgeAssets } from '../../../src/main/engine/library/purgeAssets.ts'
import { trashAssets } from '../../../src/main/engine/library/trashAssets.ts'
import type { LongChange } from '../../../src/shared/domain/longChange.ts'
import { insertMany } from './insertMany.ts'

/** Six parts of a selection, two of an undo. */
const ASSETS = 60_000
const START = Date.UTC(2026, 10, 21)
const program = fileURLToPath(new URL('./longEdit.process.ts', import.meta.url))

let root: string
let catalog: Catalog
let now = START
let rowIds: Int32Array<ArrayBuffer>
const open = () => {
  catalog = openLibrary(root, () => now).catalog
}
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'vitrine-long-'))
  createLibrary(root, 'Long', now)
  open()
  catalog.close()
  insertMany(join(root, 'catalog.sqlite'), ASSETS)
  open()
  rowIds = rowsOf('')
})
afterEach(() => {
  catalog.close()
  rmSync(root, { recursive: true, force: true })
})

function rowsOf(text: string): Int32Array<ArrayBuffer> {
  const sort = { field: 'imported_at', direction: 'asc' } as const
  return new Int32Array(catalog.assets.query({ view: { kind: 'everything' }, text, sort }, now).rowIds)
}
const rate = (rating: number) =>
  inParts(catalog, { rowIds }, (some, part) => editAssets(catalog, some, { rating }, ++now, part))
const trashAll = () => inParts(catalog, { rowIds }, (some, part) => trashAssets(catalog, some, ++now, part))
const undo = () => stepwise(catalog, () => catalog.history.undoSteps(++now), 'undo')
const redo = () => stepwise(catalog, () => catalog.history.redoSteps(++now), 'redo')
const last = () => catalog.history.list(1)[0]

/** Cancels what is under way once so many are done; gives everything that was told of it. */
function cancelAt(done: number): readonly (readonly LongChange[])[] {
  const told: (readonly LongChange[])[] = []
  const changes = longChangesOf(catalog)
  const stop = changes.onChange(() => {
    const list = changes.list()
    told.push(list)
    const [change] = list
    if (change !== undefined && change.done >= done && !change.cancelling) changes.cancel(change.id)
    if (list.length === 0) stop()
  })
  return told
}

describe('a change of very many assets', () => {
  test('says how far it is, and what was done when it is cancelled is one step to undo', async () => {
    const told = cancelAt(20_000)
    expect(await rate(4)).toMatchObject({ count: 20_000, label: 'Rated 20,000 assets ★★★★', cancelled: true })
    expect(told.map(([change]) => change?.done)).toEqual([0, 10_000, 20_000, 20_000, undefined])
    expect(told[0]).toMatchObject([{ kind: 'edit', total: ASSETS, cancelling: false, cancellable: true }])
    expect(rowsOf('rating:4')).toHaveLength(20_000)
    expect(last()).toMatchObject({ label: 'Rated 20,000 assets ★★★★', count: 20_000, undone: false })
    expect(await undo()).toMatchObject({ count: 20_000, label: 'Undid: Rated 20,000 assets ★★★★' })
    expect(rowsOf('rating:4')).toHaveLength(0)
  })

  test('leaves an undo that was cancelled to the next one, which does the rest', async () => {
    await rate(3)
    cancelAt(1)
    const part = await undo()
    expect(part).toMatchObject({ label: 'Undid part of: Rated 60,000 assets ★★★', cancelled: true })
    expect(part.count).toBeGreaterThan(0)
    expect(part.count).toBeLessThan(ASSETS)
    expect(rowsOf('rating:3')).toHaveLength(ASSETS - part.count)
    expect(await undo()).toMatchObject({ label: 'Undid: Rated 60,000 assets ★★★' })
    expect(rowsOf('rating:3')).toHaveLength(0)

    cancelAt(1)
    expect(await redo()).toMatchObject({ label: 'Redid part of: Rated 60,000 assets ★★★', cancelled: true })
    expect(await redo()).toMatchObject({ label: 'Redid: Rated 60,000 assets ★★★' })
    expect(rowsOf('rating:3')).toHaveLength(ASSETS)
  })

  test('is called unfinished when only some of the assets of a tag have lost it', async () => {
    await inParts(catalog, { rowIds }, (some, part) => editAssets(catalog, some, { add_tags: ['sea'] }, ++now, part))
    const id = catalog.tags.named('sea')?.id
    if (id === undefined) throw new Error('expected the tag')
    cancelAt(30_000)
    const label = 'Deleted tag “sea” of 30,000 assets, unfinished'
    const deleting = stepwise(catalog, () => deleteTags(catalog, [id], ++now))
    expect(await deleting).toMatchObject({ label, count: 30_000, cancelled: true })
    expect(last()).toMatchObject({ label })
    expect([rowsOf('tag:sea').length, catalog.tags.named('sea')?.id]).toEqual([30_000, id])
    await undo()
    expect(rowsOf('tag:sea')).toHaveLength(ASSETS)
  })
})

describe('removing very many assets for good', () => {
  test('says how far it is, and what a person did not wait for stays in Trash', async () => {
    await trashAll()
    const told = cancelAt(5000)
    const { result, bytes } = await purgeAssets(catalog, rowIds, ASSETS, ++now)
    expect(result).toMatchObject({ count: 5000, label: 'Removed 5,000 assets for good', cancelled: true })
    expect(last()).toMatchObject({ count: 5000, label: result.label })
    expect(bytes).toBeGreaterThan(0)
    expect(told.at(-2)).toMatchObject([{ kind: 'purge', done: 5000, total: ASSETS, cancelling: true }])
    expect(catalog.counts(now).trash).toBe(ASSETS - 5000)
    // The original and what was drawn of it, of each.
    expect(catalog.lifecycle.countRemovals()).toBe(2 * 5000)
  })
})

describe('a process that is killed in the middle of a long change', () => {
  /** Kills it once it has said that so many are done. */
  async function killedAt(what: string, done: number): Promise<void> {
    catalog.close()
    const child = spawn(process.execPath, [program, root, what, String(++now)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const closed = new Promise((resolve) => child.once('close', resolve))
    for await (const chunk of child.stdout) {
      const numbers = String(chunk).split('\n').map(Number)
      if (numbers.some((number) => number >= done)) break
    }
    child.kill('SIGKILL')
    await closed
    open()
  }

  test('leaves whole parts of an edit, as one step to undo', async () => {
    await killedAt('rate', 20_000)
    const rated = rowsOf('rating:5').length
    expect(rated % 10_000).toBe(0)
    expect(rated).toBeGreaterThanOrEqual(20_000)
    expect(last()).toMatchObject({ count: rated, label: `Rated ${rated.toLocaleString('en')} assets ★★★★★` })
    await undo()
    expect(rowsOf('rating:5')).toHaveLength(0)
  })

  test('leaves in Trash what was not removed for good', async () => {
    await trashAll()
    await killedAt('purge', 4000)
    const left = catalog.counts(now).trash
    expect((ASSETS - left) % 1000).toBe(0)
    expect(left).toBeLessThanOrEqual(ASSETS - 4000)
    expect(catalog.lifecycle.countRemovals()).toBe(2 * (ASSETS - left))
    expect(last()).toMatchObject({ kind: 'purge', count: ASSETS - left })
    const rows = new Set(rowIds)
    const { result } = await purgeAssets(catalog, rows, left, ++now)
    expect([result.count, catalog.counts(now).trash, catalog.assets.highestRow()]).toEqual([left, 0, 0])
  })

  test('leaves an undo that the next one finishes', async () => {
    await rate(2)
    await killedAt('undo', 1)
    expect(last()?.label).toMatch(/Rated 60,000 assets ★★$/)
    if (rowsOf('rating:2').length > 0) expect((await undo()).label).toBe('Undid: Rated 60,000 assets ★★')
    expect(rowsOf('rating:2')).toHaveLength(0)
  })
})
