import { mkdirSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildIfStale } from '../../scripts/build.mjs'
import { resolveElectron } from '../../scripts/electron-runtime.ts'
import { ELECTRON_VARIABLE, RunningVitrine } from '../e2e/support/launchVitrine.ts'
import { type BenchGoal, type BenchResult, median } from './benchResult.ts'
import { cachedLibrary, copyLibrary } from './catalog/cachedLibrary.ts'
import type { CatalogBenchOptions } from './catalogBench.ts'
import { memoryOfTree } from './processTree.ts'

const LAUNCHES = 5
/** Time for the window to come to rest before its memory is looked at, ms. */
const REST_MS = 5_000

interface Opening {
  readonly assets: number
  /** From the launch until the first cells of the grid were painted, ms. */
  readonly paintedMs: number
  /** Megabytes of all processes of the app together. */
  readonly memory: { readonly proportional: number; readonly own: number }
  readonly processes: number
}

/**
 * The real window from its launch until the first painted grid, and the memory of engine, shell and page together at rest,
 * at the smallest and the largest size. Sizes take turns, so that a busy moment of the machine hits both.
 */
export async function openBench({ sizes, libraries }: CatalogBenchOptions): Promise<BenchResult> {
  buildIfStale()
  process.env[ELECTRON_VARIABLE] = (await resolveElectron()).executable
  const root = await mkdtemp(join(tmpdir(), 'vitrine-bench-'))
  const sorted = [...sizes].sort((a, b) => a - b)
  const works = new Map<number, string>()
  const openings: Opening[] = []
  try {
    for (const assets of sorted) {
      const work = join(libraries ?? root, `work-${process.pid}-${assets}`)
      works.set(assets, work)
      await copyLibrary(await cachedLibrary(libraries ?? join(root, 'libraries'), assets), work)
    }
    for (const assets of sorted) startInLibrary(join(root, `user-data-${assets}`))
    // The first launch of each makes what an app makes once.
    for (let launch = 0; launch <= LAUNCHES; launch++) {
      for (const [assets, library] of works) {
        const opening = await launchOnce(assets, library, join(root, `user-data-${assets}`))
        if (launch > 0) openings.push(opening)
      }
    }
  } finally {
    for (const work of works.values()) await rm(work, { recursive: true, force: true })
    await rm(root, { recursive: true, force: true })
  }
  const of = (assets: number | undefined, pick: (opening: Opening) => number): number =>
    median(openings.filter((opening) => opening.assets === assets).map(pick))
  const [smallest, largest] = [sorted[0], sorted.at(-1)]
  const goals: BenchGoal[] = []
  const add = (what: string, value: number, unit: string, most: number): void => {
    goals.push({ what, value, unit, goal: `≤ ${most}`, met: value <= most })
  }
  const painted = ({ paintedMs }: Opening) => paintedMs
  const memory = ({ memory: { proportional } }: Opening) => proportional
  add('launch to first painted grid, largest', of(largest, painted), 'ms', 2_000)
  add('launch to first painted grid, largest : smallest', of(largest, painted) / of(smallest, painted), '×', 1.5)
  add('memory of all processes, largest : smallest', of(largest, memory) / of(smallest, memory), '×', 1.5)
  return {
    name: 'open',
    about: `the real window on libraries of ${sorted.join(', ')} assets, ${LAUNCHES} launches each`,
    figures: sorted.flatMap((assets) => [
      { what: `${assets} assets, launch to first painted grid, median`, value: of(assets, painted), unit: 'ms' },
      { what: `${assets} assets, memory of all processes, proportional`, value: of(assets, memory), unit: 'MB' },
      {
        what: `${assets} assets, memory of all processes, their own`,
        value: of(assets, (o) => o.memory.own),
        unit: 'MB',
      },
    ]),
    goals,
    verdict: { what: 'goals missed', value: goals.filter(({ met }) => !met).length, unit: `of ${goals.length}` },
    goal: 'none',
    details: openings,
  }
}

/** The window comes back to the view that it was left in: all of the library. */
function startInLibrary(userData: string): void {
  mkdirSync(userData, { recursive: true })
  writeFileSync(join(userData, 'settings.json'), JSON.stringify({ version: 1, window: { view: { kind: 'library' } } }))
}

async function launchOnce(assets: number, library: string, userData: string): Promise<Opening> {
  const began = performance.now()
  const running = await RunningVitrine.launch({ root: userData, library, userData })
  try {
    const page = running.window
    await page.waitForFunction(
      () =>
        new Promise<boolean>((resolve) => {
          const cells = document.querySelectorAll('[data-testid=asset-cell]').length
          // Two frames later what is in the page now has been painted.
          if (cells === 0) resolve(false)
          else requestAnimationFrame(() => requestAnimationFrame(() => resolve(true)))
        }),
      undefined,
      { polling: 'raf', timeout: 120_000 },
    )
    const paintedMs = performance.now() - began
    await page.waitForTimeout(REST_MS)
    const { proportional, own, processes } = memoryOfTree(running.process.pid ?? 0)
    return { assets, paintedMs, memory: { proportional, own }, processes }
  } finally {
    await running.close()
  }
}
