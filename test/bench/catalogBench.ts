import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildIfStale } from '../../scripts/build.mjs'
import type { BenchFigure, BenchGoal, BenchResult } from './benchResult.ts'
import { cachedLibrary } from './catalog/cachedLibrary.ts'
import { type LibraryFigures, measureLibrary } from './catalog/measureLibrary.ts'

export interface CatalogBenchOptions {
  readonly sizes: readonly number[]
  /** Where made libraries stay for the next run; null: they are removed in the end. */
  readonly libraries: string | null
}

/**
 * The engine in a process of its own, asked through its door, on made libraries of several sizes: opening, queries, jumps,
 * sidebar, bulk edits with undo and redo, inserts, memory and size, each beside its yardstick on the same file.
 */
export async function catalogBench({ sizes, libraries }: CatalogBenchOptions): Promise<BenchResult> {
  buildIfStale()
  const root = await mkdtemp(join(tmpdir(), 'vitrine-bench-'))
  const found: LibraryFigures[] = []
  try {
    for (const assets of [...sizes].sort((a, b) => a - b)) {
      const library = await cachedLibrary(libraries ?? join(root, 'libraries'), assets)
      found.push(await measureLibrary(library, assets, join(libraries ?? root, `work-${process.pid}`)))
      if (libraries === null) await rm(library, { recursive: true, force: true })
    }
  } finally {
    await rm(root, { recursive: true, force: true })
  }
  const largest = found.at(-1)
  if (largest === undefined) throw new Error('No size was given.')
  const goals = goalsOf(found, largest)
  return {
    name: 'catalog',
    about: `libraries of ${sizes.join(', ')} assets`,
    figures: found.flatMap(figuresOf),
    goals,
    verdict: { what: 'goals missed', value: goals.filter(({ met }) => !met).length, unit: `of ${goals.length}` },
    goal: 'none',
    details: found,
  }
}

function figuresOf(of: LibraryFigures): BenchFigure[] {
  const size = of.assets >= 1_000_000 ? `${of.assets / 1_000_000}M` : `${of.assets / 1000}k`
  const ms = (what: string, value: number): BenchFigure => ({ what: `${size} ${what}`, value, unit: 'ms' })
  return [
    { what: `${size} database`, value: of.databaseBytes / 1e6, unit: 'MB' },
    { what: `${size} database, an asset`, value: of.databaseBytes / of.assets, unit: 'bytes' },
    { what: `${size} one indexed point read, p95`, value: of.pointRead.p95 * 1000, unit: 'µs' },
    ms('a request that does nothing, p95', of.waiting.p95),
    ms('open, cold', of.open.cold),
    ms('open, cold, first query answered', of.open.coldQuery),
    ms('open, warm', of.open.warm),
    ms('open, warm, first query answered', of.open.warmQuery),
    ...of.queries.flatMap(({ name, first, full, computed, rows, refused }) =>
      refused === null
        ? [
            ms(`${name}, first window, p50`, first.p50),
            ms(`${name}, first window, p95`, first.p95),
            ms(`${name}, computed by the engine, p95`, computed.p95),
            ms(`${name}, all of up to ${rows} rows, p95`, full.p95),
          ]
        : [ms(`${name}: refused (${refused})`, Number.NaN)],
    ),
    ms('first 200 cards, p95', of.jumps.first.p95),
    ms('jump to 200 cards, p95', of.jumps.jump.p95),
    ms('all, patched after a change, p95', of.patches.p95),
    ms('facets of every kind, p50', of.facets.p50),
    ms('facets of every kind, p95', of.facets.p95),
    ...of.sidebar.map(({ name, timing }) => ms(`${name}, p95`, timing.p95)),
    ...of.edits.flatMap(({ name, ms: done, undoMs, redoMs, bareMs }) => [
      ms(`${name} ${of.edited}`, done),
      ms(`${name} ${of.edited}, undo`, undoMs),
      ms(`${name} ${of.edited}, redo`, redoMs),
      ms(`${name} ${of.edited}, bare SQLite`, bareMs),
    ]),
    { what: `${size} insert of an asset`, value: of.insertMicroseconds, unit: 'µs' },
    ...(['afterQueries', 'afterEdits'] as const).flatMap((when) => {
      const { rss, pss, own } = of.memory[when]
      const words = when === 'afterQueries' ? 'after queries' : 'after edits'
      return [
        { what: `${size} engine, resident ${words}`, value: rss, unit: 'MB' },
        { what: `${size} engine, proportional ${words}`, value: pss, unit: 'MB' },
        { what: `${size} engine, its own ${words}`, value: own, unit: 'MB' },
      ]
    }),
  ]
}

/** The goals of the design for the largest size, and the curves up to it. That of memory is for all processes: `open` has it. */
function goalsOf(found: readonly LibraryFigures[], largest: LibraryFigures): BenchGoal[] {
  const goals: BenchGoal[] = []
  const add = (what: string, value: number, unit: string, most: number): void => {
    goals.push({ what, value, unit, goal: `≤ ${most}`, met: value <= most })
  }
  for (const { name, first, refused } of largest.queries) {
    if (refused === null) add(`first window, ${name}, p95`, first.p95, 'ms', 50)
    else goals.push({ what: `${name} (${refused})`, value: Number.NaN, unit: '', goal: 'answered', met: false })
  }
  add('jump, p95', largest.jumps.jump.p95, 'ms', 30)
  for (const { name, ms, undoMs, redoMs, bareMs } of largest.edits) {
    const slowest = Math.max(ms, undoMs, redoMs)
    add(`${name}, undo, redo: the slowest`, slowest, 'ms', 500)
    add(`${name}, the slowest : bare SQLite`, slowest / bareMs, '×', 3)
  }
  const base = found.find(({ assets }) => assets === 10_000)
  if (base !== undefined && base !== largest) {
    add('insert, largest : 10k', largest.insertMicroseconds / base.insertMicroseconds, '×', 1.2)
    for (const [index, { name, ms }] of largest.edits.entries()) {
      const before = base.edits[index]
      if (before === undefined) continue
      add(`${name} of one asset, largest : 10k`, ms / largest.edited / (before.ms / base.edited), '×', 1.2)
    }
  }
  const smallest = found.find(({ assets }) => assets === 1_000)
  if (smallest !== undefined && smallest !== largest) {
    add(
      'open until the first query is answered, largest : 1k',
      largest.open.warmQuery / smallest.open.warmQuery,
      '×',
      1.5,
    )
  }
  add('open until the first query is answered', largest.open.warmQuery, 'ms', 2_000)
  return goals
}
