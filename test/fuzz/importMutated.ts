import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { basename, extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Random } from '../../scripts/demo-art/random.ts'
import { createEngine } from '../../src/main/engine/engine.ts'
import { makeSeedFiles } from './makeSeedFiles.ts'
import { mutate } from './mutate.ts'

export interface FuzzOptions {
  readonly count: number
  readonly seed: number
  /** A folder of files to mutate, beside those that are made. */
  readonly from?: string
}

export interface FuzzResult {
  readonly files: number
  readonly kinds: number
  readonly imported: number
  readonly duplicates: number
  readonly skipped: number
  readonly failed: number
  /** How many of the imported have each status. */
  readonly statuses: Readonly<Record<string, number>>
  /** How many have each reason for having no (whole) picture. */
  readonly reasons: Readonly<Record<string, number>>
  /** Of the failed. */
  readonly failures: Readonly<Record<string, number>>
  readonly seconds: number
  /** Largest resident memory of the engine, MB. */
  readonly engineMegabytes: number
  /** The engine answered this many requests meanwhile. */
  readonly answers: number
}

const LARGEST_SEED = 4 * 1024 * 1024
const mediaProgram = fileURLToPath(new URL('../../src/main/media/media.process.ts', import.meta.url))

/**
 * Writes `count` damaged files below `root`, imports them with a real engine and real decoder processes, and tells what became of
 * them. The same seed makes the same files.
 */
export async function importMutated(root: string, { count, seed, from }: FuzzOptions): Promise<FuzzResult> {
  const folder = join(root, 'mutated')
  const seeds = [...(await makeSeedFiles()), ...(from === undefined ? [] : readSeeds(from))]
  writeMutated(folder, seeds, count, seed)
  const library = join(root, 'library')
  mkdirSync(library)
  const engine = await createEngine({ root: library, create: { name: 'Fuzz' }, serving: false, mediaProgram })
  const began = performance.now()
  let engineMegabytes = 0
  let answers = 0
  try {
    const { id } = await engine.request('imports.start', { paths: [folder], options: {}, source: 'command-line' })
    for (;;) {
      const summary = await engine.request('imports.get', { id })
      await engine.request('library.counts', undefined)
      answers += 2
      engineMegabytes = Math.max(engineMegabytes, Math.round(process.memoryUsage.rss() / 1e6))
      if (summary.state === 'done') break
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
    const report = await engine.request('imports.report', { id })
    return {
      files: count,
      kinds: new Set(seeds.map(({ name }) => extname(name).toLowerCase())).size,
      imported: report.imported.length,
      duplicates: report.duplicates.length,
      skipped: report.skipped.length,
      failed: report.failed.length,
      statuses: tally(report.imported.map(({ status }) => status)),
      reasons: tally(report.imported.map(({ code }) => code ?? 'none')),
      failures: tally(report.failed.map(({ code }) => code)),
      seconds: Math.round((performance.now() - began) / 100) / 10,
      engineMegabytes,
      answers,
    }
  } finally {
    await engine.close()
  }
}

export interface SeedFile {
  readonly name: string
  readonly bytes: Uint8Array
}

function readSeeds(folder: string): SeedFile[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => {
      const found = statSync(path)
      return found.isFile() && found.size > 0 && found.size <= LARGEST_SEED
    })
    .sort()
    .map((path) => ({ name: basename(path), bytes: readFileSync(path) }))
}

function writeMutated(folder: string, seeds: readonly SeedFile[], count: number, seed: number): void {
  mkdirSync(folder, { recursive: true })
  const random = new Random(seed)
  for (let index = 0; index < count; index++) {
    const original = seeds[index % seeds.length]
    if (original === undefined) throw new Error('There is nothing to mutate.')
    const name = `${String(index).padStart(6, '0')}-${original.name}`
    writeFileSync(join(folder, name), mutate(original.bytes, random))
  }
}

function tally(values: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1
  return counts
}
