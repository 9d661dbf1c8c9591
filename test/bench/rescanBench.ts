import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildIfStale } from '../../scripts/build.mjs'
import { createEngine } from '../../src/main/engine/engine.ts'
import { openLibrary } from '../../src/main/engine/library/openLibrary.ts'
import { type BenchResult, median } from './benchResult.ts'

const REPEATS = 5
const FILES_A_FOLDER = 1_000
/** As it is built. */
const mediaProgram = fileURLToPath(new URL('../../out/main/media.process.js', import.meta.url))

/**
 * A watched folder that has not changed is looked at again, every file of it. The yardstick of the same run asks the file
 * system for the same facts of the same files and prints them.
 */
export async function rescanBench(count: number): Promise<BenchResult> {
  buildIfStale()
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'vitrine-bench-')))
  try {
    const folder = join(root, 'linked')
    makeFiles(folder, count)
    mkdirSync(join(root, 'library'))
    const { id, linked } = await link(join(root, 'library'), folder, count)
    const engine = await openEngine(join(root, 'library'))
    try {
      const bare: number[] = []
      const ours: number[] = []
      for (let turn = 0; turn < REPEATS; turn++) {
        bare.push(find(folder))
        ours.push(
          await seconds(async () => {
            const report = await engine.request('watchedFolders.rescan', { id })
            if (report.seen !== count || report.added + report.changed + report.moved + report.missing > 0) {
              throw new Error(`The folder seems to have changed: ${JSON.stringify(report)}`)
            }
          }),
        )
      }
      return {
        name: 'rescan',
        about: `an unchanged, linked folder of ${count} files`,
        figures: [
          { what: 'linking them at first', value: linked, unit: 's' },
          { what: 'find -printf', value: median(bare), unit: 's' },
          { what: 'vitrine', value: median(ours), unit: 's' },
        ],
        verdict: { what: 'vitrine, in times of find', value: median(ours) / median(bare), unit: '×' },
        goal: '≤ 3 ×',
      }
    } finally {
      await engine.close()
    }
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

function openEngine(root: string): ReturnType<typeof createEngine> {
  return createEngine({ root, create: { name: 'Bench' }, serving: false, mediaProgram })
}

async function link(
  library: string,
  folder: string,
  count: number,
): Promise<{ readonly id: number; readonly linked: number }> {
  const engine = await openEngine(library)
  let id = 0
  let linked = 0
  try {
    id = (await engine.request('watchedFolders.add', { path: folder, space: 'library' })).id
    linked = await seconds(async () => {
      const { added } = await engine.request('watchedFolders.rescan', { id })
      if (added !== count) throw new Error(`${added} of ${count} files were linked.`)
    })
  } finally {
    await engine.close()
  }
  // A hundred thousand thumbnails that are still to be made are not what is measured.
  const { catalog } = openLibrary(library, () => Date.now())
  catalog.queue.remove('media', '')
  catalog.close()
  return { id, linked }
}

function makeFiles(folder: string, count: number): void {
  for (let index = 0; index < count; index++) {
    const inside = join(folder, `batch ${String(Math.floor(index / FILES_A_FOLDER)).padStart(4, '0')}`)
    if (index % FILES_A_FOLDER === 0) mkdirSync(inside, { recursive: true })
    writeFileSync(join(inside, `render_${String(index).padStart(7, '0')}.txt`), `file ${index}`)
  }
}

/** Seconds. */
function find(folder: string): number {
  const began = performance.now()
  const { status, stdout } = spawnSync('find', [folder, '-type', 'f', '-printf', '%i %s %T@ %p\\n'], {
    maxBuffer: 1 << 30,
  })
  if (status !== 0 || stdout.length === 0) throw new Error('find is not here, or can’t print.')
  return (performance.now() - began) / 1000
}

async function seconds(work: () => Promise<void>): Promise<number> {
  const began = performance.now()
  await work()
  return (performance.now() - began) / 1000
}
