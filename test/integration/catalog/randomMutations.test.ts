import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { createLibrary, openLibrary } from '../../../src/main/engine/library/openLibrary.ts'
import { nextCommand } from './model/commands.ts'
import { LibraryModel } from './model/libraryModel.ts'
import { expected, observe } from './model/observe.ts'
import { Random } from './model/random.ts'

const START = Date.UTC(2026, 10, 21)
const STEPS = 60
/** `VITRINE_SEED` repeats one run; without it these are made. */
const seeds = process.env.VITRINE_SEED === undefined ? [1, 2, 3, 4] : [Number(process.env.VITRINE_SEED)]

/** Rows of everything that belongs to the library, told apart by ids instead of row numbers. */
function libraryRows(file: string): unknown {
  const db = new Database(file, { readonly: true })
  const rows = (sql: string) => db.prepare(sql).all()
  try {
    return {
      assets: (rows('SELECT * FROM assets ORDER BY id') as Record<string, unknown>[]).map(
        ({ row_id, sync_state, sync_reason, ...asset }) => asset,
      ),
      collections: rows('SELECT * FROM collections ORDER BY id'),
      tags: rows('SELECT * FROM tags ORDER BY id'),
      members: rows(
        'SELECT x.collection_id, a.id, x.position, x.added_at FROM collection_assets x JOIN assets a ON a.row_id = x.asset_row ORDER BY 1, 2',
      ),
      tagged: rows(
        'SELECT x.tag_id, a.id, x.added_at FROM asset_tags x JOIN assets a ON a.row_id = x.asset_row ORDER BY 1, 2',
      ),
      stamps: rows('SELECT entity, entity_id, field, stamp FROM stamps ORDER BY 1, 2, 3'),
    }
  } finally {
    db.close()
  }
}

describe('a library after any sequence of mutations', () => {
  test.each(seeds)('is what a simple model says, now, reopened, rebuilt and all undone (seed %i)', async (seed) => {
    const root = mkdtempSync(join(tmpdir(), 'vitrine-model-'))
    let now = START
    createLibrary(root, 'Model', now)
    let { catalog } = openLibrary(root, () => now)
    const file = join(root, 'catalog.sqlite')
    const random = new Random(seed)
    const model = new LibraryModel()
    const done: string[] = []
    const check = () => {
      const context = `after ${done.join(', ')}`
      expect(observe(catalog, root, now), context).toEqual(expected(model))
      const open = catalog.history.list(10_000).filter(({ undone, kind }) => !undone && !silent.has(kind))
      expect(open.length, context).toBe(model.undoable)
    }
    try {
      for (let step = 0; step < STEPS; step++) {
        now += 1 + random.below(3)
        const command = nextCommand(model, random, now)
        done.push(command.name)
        command.applyTo(model)
        await command.performOn(catalog)
        check()
        if (random.below(15) === 0) {
          done.push('reopen')
          catalog.close()
          catalog = openLibrary(root, () => now).catalog
          check()
        }
      }

      catalog.close()
      const before = libraryRows(file)
      for (const suffix of ['', '-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true })
      const rebuilt = openLibrary(root, () => now).catalog
      expect(observe(rebuilt, root, now)).toEqual(expected(model))
      rebuilt.close()
      expect(libraryRows(file)).toEqual(before)
    } finally {
      catalog.close()
      rmSync(root, { recursive: true, force: true })
    }
  })

  test.each(seeds)('goes back step by step to where it began (seed %i)', async (seed) => {
    const root = mkdtempSync(join(tmpdir(), 'vitrine-model-'))
    let now = START
    createLibrary(root, 'Model', now)
    const { catalog } = openLibrary(root, () => now)
    const random = new Random(seed + 1000)
    const model = new LibraryModel()
    const done: string[] = []
    try {
      for (let step = 0; step < STEPS; step++) {
        const command = nextCommand(model, random, ++now)
        done.push(command.name)
        command.applyTo(model)
        await command.performOn(catalog)
      }
      while (model.undoable > 0) {
        now += 1
        model.undo()
        catalog.history.undo(now)
        expect(observe(catalog, root, now), `${model.undoable} to undo, after ${done.join(', ')}`).toEqual(
          expected(model),
        )
      }
      expect(() => catalog.history.undo(now)).toThrow(expect.objectContaining({ code: 'nothing_to_undo' }))
      const { collections, counts } = observe(catalog, root, now)
      expect([collections, counts.library, counts.trash]).toEqual([{}, 0, 0])
    } finally {
      catalog.close()
      rmSync(root, { recursive: true, force: true })
    }
  })
})

/** Lines of the history that are no steps: what can't be undone, and the undoing itself. */
const silent = new Set(['import', 'collection', 'undo', 'redo', 'purge'])
