import { createHash, randomUUIDv7 } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Catalog } from '../../../src/main/engine/catalog/catalog.ts'
import { readLogs } from '../../../src/main/engine/catalog/journal/journal.ts'
import { parseOperations } from '../../../src/main/engine/catalog/journal/operationSet.ts'
import { editAssets } from '../../../src/main/engine/library/editAssets.ts'
import { addToCollection, createCollection } from '../../../src/main/engine/library/editCollections.ts'
import { inParts, stepwise } from '../../../src/main/engine/library/inParts.ts'
import { keepAssets } from '../../../src/main/engine/library/keepAssets.ts'
import { createLibrary, openLibrary } from '../../../src/main/engine/library/openLibrary.ts'
import { trashAssets } from '../../../src/main/engine/library/trashAssets.ts'
import type { AssetId, Sha256 } from '../../../src/shared/domain/ids.ts'
import type { View } from '../../../src/shared/domain/query.ts'

/** More than two parts of a selection. */
const ASSETS = 21_000
const START = Date.UTC(2026, 10, 21)

let root: string
let catalog: Catalog
let now = START
let all: { readonly rowIds: number[] }

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'vitrine-large-'))
  createLibrary(root, 'Large', now)
  catalog = openLibrary(root, () => now).catalog
  for (let from = 0; from < ASSETS; from += 3000) {
    catalog.assets.register(
      Array.from({ length: 3000 }, (_, index) => ({
        id: randomUUIDv7() as AssetId,
        space: 'workspace',
        fileName: `${from + index}.png`,
        extension: 'png',
        mimeType: 'image/png',
        assetType: 'image',
        fileSizeBytes: 1000,
        sha256: createHash('sha256')
          .update(`${from + index}`)
          .digest('hex') as Sha256,
        storagePath: `originals/${from + index}.png`,
        sourcePath: null,
        jobId: null,
        collectionId: null,
        createdAt: now,
        importedAt: now,
        expiresAt: now + 86_400_000,
        another: false,
        importItem: null,
      })),
    )
  }
  all = { rowIds: [...rowsOf({ kind: 'everything' })] }
})
afterAll(() => {
  catalog.close()
  rmSync(root, { recursive: true, force: true })
})

function rowsOf(view: View, text = ''): Int32Array {
  return catalog.assets.query({ view, text, sort: { field: 'imported_at', direction: 'asc' } }, now).rowIds
}
function reopen(): void {
  catalog.close()
  catalog = openLibrary(root, () => now).catalog
}
/** Each of these is one line of the history and one step back, across restarts. */
const edits: readonly (readonly [
  what: string,
  count: number,
  edit: () => Promise<{ count: number; label: string }>,
])[] = [
  [
    'Rated 21,000 assets ★★★★',
    ASSETS,
    () => inParts(catalog, all, (some, part) => editAssets(catalog, some, { rating: 4 }, now, part)),
  ],
  [
    'Tagged 21,000 assets “sea”',
    ASSETS,
    () => inParts(catalog, all, (some, part) => editAssets(catalog, some, { add_tags: ['sea'] }, now, part)),
  ],
  [
    'Added 21,000 assets to “Posters”',
    ASSETS,
    () => {
      const { collection } = createCollection(catalog, 'Posters', undefined, now)
      now += 1
      return inParts(catalog, all, (some, part) => addToCollection(catalog, collection.id, some, now, part))
    },
  ],
  [
    'Moved 21,000 assets to Trash',
    ASSETS,
    () => inParts(catalog, all, (some, part) => trashAssets(catalog, some, now, part)),
  ],
]

describe('a selection of more assets than one transaction changes', () => {
  test.each(edits)('is changed as one step: %s', async (label, count, edit) => {
    now += 1000
    const before = { ...catalog.counts(now), tagged: rowsOf({ kind: 'everything' }, 'sea').length }
    const result = await edit()
    expect(result).toMatchObject({ count })
    expect(catalog.history.list(1)[0]).toMatchObject({ count: ASSETS, undone: false })
    expect(result.label.replaceAll(/\D/g, '')).toBe(label.replaceAll(/\D/g, ''))
    expect(result.label).toBe(catalog.history.list(1)[0]?.label)
    const after = { ...catalog.counts(now), tagged: rowsOf({ kind: 'everything' }, 'sea').length }

    reopen()
    now += 1000
    const undone = await stepwise(catalog, () => catalog.history.undoSteps(now))
    expect(undone).toMatchObject({ count: ASSETS, label: `Undid: ${result.label}` })
    const { revision: _, ...back } = { ...catalog.counts(now), tagged: rowsOf({ kind: 'everything' }, 'sea').length }
    expect(before).toMatchObject(back)

    reopen()
    now += 1000
    expect(await stepwise(catalog, () => catalog.history.redoSteps(now))).toMatchObject({ count: ASSETS })
    const { revision: __, ...again } = { ...catalog.counts(now), tagged: rowsOf({ kind: 'everything' }, 'sea').length }
    expect(after).toMatchObject(again)
    catalog.history.undo(now + 1)
  })

  test('lets other work in between, and an undo wait for its end', async () => {
    now += 1000
    let between = 0
    let running = true
    const look = () => {
      between += 1
      if (running) setImmediate(look)
    }
    setImmediate(look)
    const rating = inParts(catalog, all, (some, part) => editAssets(catalog, some, { rating: 2 }, now, part))
    const undoing = stepwise(catalog, () => catalog.history.undoSteps(now + 1))
    const [rated, undone] = await Promise.all([rating, undoing])
    running = false
    expect(rated.count).toBe(ASSETS)
    expect(undone).toMatchObject({ count: ASSETS, label: `Undid: ${rated.label}` })
    expect(between).toBeGreaterThanOrEqual(2)
  })

  test('is in the history of each of its assets, and leaves alone what has changed since', async () => {
    now += 1000
    const [one = 0, two = 0] = [all.rowIds[ASSETS - 1], all.rowIds[5000]]
    await inParts(catalog, all, (some, part) => keepAssets(catalog, some, undefined, now, undefined, part))
    const kept = catalog.history.list(1)[0]
    editAssets(catalog, { rowIds: [one] }, { rating: 5 }, now + 1)
    catalog.mutate({ kind: 'test', label: () => 'Test', undoable: false, now: now + 2 }, (writer) =>
      writer.setMany('deleted_at', [two], now + 2),
    )
    const idOf = (row: number) => catalog.assets.findByRow(row)?.id ?? ('' as AssetId)
    const kindsOf = (row: number) => catalog.history.ofAsset.entries(idOf(row), 2, null).map(({ kind }) => kind)
    expect([kindsOf(one), kindsOf(two)]).toEqual([
      ['edit', 'keep'],
      ['test', 'keep'],
    ])
    catalog.history.undo(now + 3)
    expect((await stepwise(catalog, () => catalog.history.undoSteps(now + 4))).label).toBe(`Undid: ${kept?.label}`)
    expect(catalog.assets.findByRow(two)).toMatchObject({ space: 'workspace', deletedAt: now + 2 })
    expect(rowsOf({ kind: 'workspace' })).toHaveLength(ASSETS - 1)
  })

  test('is in the journal in few lines, and each segment is small', () => {
    while (catalog.journal.sealOne());
    expect(catalog.journal.unsealed).toBe(0)
    const [device = ''] = readdirSync(join(root, 'journal'))
    const folder = join(root, 'journal', device)
    const segments = readdirSync(folder).map((name) => readFileSync(join(folder, name)))
    const lines = segments.map((bytes) => gunzipSync(bytes).toString('utf8').split('\n'))
    const edits = lines.flat().filter((line) => line.includes('"field":"rating"'))
    // Rated, undone, redone, undone, rated and undone again, one kept asset rated and undone.
    expect(edits.length).toBeLessThanOrEqual(6 * (ASSETS / 5000 + 3) + 2)
    expect(Math.max(...segments.map(({ length }) => length))).toBeLessThan(2 * 1024 * 1024)
    const sealed = readLogs(join(root, 'journal')).flatMap(({ log }) => [...log].flatMap((segment) => segment.lines))
    const cells = sealed.flatMap((line) => parseOperations(line) ?? []).filter(({ field }) => field === 'rating')
    expect(cells).toHaveLength(6 * ASSETS + 2)
  })
})
