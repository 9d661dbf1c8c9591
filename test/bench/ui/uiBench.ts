import { mkdirSync, writeFileSync } from 'node:fs'
import { link, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Page } from '@playwright/test'
import sharp from 'sharp'
import { buildIfStale } from '../../../scripts/build.mjs'
import { makeArt } from '../../../scripts/demo-art/makeArt.ts'
import { resolveElectron } from '../../../scripts/electron-runtime.ts'
import { libraryFolder } from '../../../src/main/engine/library/libraryFolder.ts'
import { ELECTRON_VARIABLE, RunningVitrine } from '../../e2e/support/launchVitrine.ts'
import type { BenchGoal, BenchResult } from '../benchResult.ts'
import { cachedLibrary, copyLibrary } from '../catalog/cachedLibrary.ts'
import { summarise } from '../catalog/timing.ts'
import { memoryByProcess, memoryOfTree } from '../processTree.ts'
import { installProbe, type Seen } from './pageProbe.ts'

export interface UiBenchOptions {
  readonly assets: number
  /** Where made libraries stay for the next run; null for nowhere. */
  readonly libraries: string | null
  /** Of use before the memory is looked at again. */
  readonly minutes: number
}

/** Some screens a second: as fast as a person can still see what passes. */
const PIXELS_PER_SECOND = 2_000
const SCROLL_MS = 8_000
/** Shares of the scrubber's track, in an order that leaves none near the one before. */
const JUMPS = Array.from({ length: 15 }, (_, index) => (0.05 + ((index * 7) % 15) / 16) % 1)
const WORDS = ['harbour', 'winter', 'portrait']
const THUMBNAIL_FILES = 24
/** Time for the window to come to rest, ms. */
const REST_MS = 3_000

type ByProcess = ReturnType<typeof memoryByProcess>

interface Measured {
  readonly cellsMs: number
  readonly thumbnailsMs: number
  readonly scroll: Seen
  readonly jumps: { readonly known: readonly number[]; readonly painted: readonly number[]; readonly seen: Seen }
  readonly typing: { readonly keys: readonly number[]; readonly results: readonly number[]; readonly seen: Seen }
  readonly selectAllMs: readonly number[]
  readonly inspectorMs: readonly number[]
  readonly use: Seen
  readonly memory: { readonly atRest: number; readonly before: number; readonly warm: number; readonly after: number }
  /** The same of each process, MB. */
  readonly processes: { readonly before: ByProcess; readonly after: ByProcess }
  readonly heap: { readonly before: number; readonly after: number }
}

/**
 * The real window on a made library: start, scrolling, jumping, typing, selecting and the inspector, as a person sees them. A
 * first run of the same finds out which thumbnails are looked at; these are there for the second one, which is measured.
 */
export async function uiBench({ assets, libraries, minutes }: UiBenchOptions): Promise<BenchResult> {
  buildIfStale()
  process.env[ELECTRON_VARIABLE] = (await resolveElectron()).executable
  const root = await mkdtemp(join(tmpdir(), 'vitrine-bench-'))
  const library = join(libraries ?? root, `work-${process.pid}-ui`)
  const userData = join(root, 'user-data')
  try {
    await copyLibrary(await cachedLibrary(libraries ?? join(root, 'libraries'), assets), library)
    startInLibrary(userData)
    const first = await runOnce(library, userData, 0)
    await writeThumbnails(library, [
      ...first.scroll.thumbnails,
      ...first.jumps.seen.thumbnails,
      ...first.typing.seen.thumbnails,
    ])
    startInLibrary(userData)
    return resultOf(assets, minutes, await runOnce(library, userData, minutes))
  } finally {
    await rm(library, { recursive: true, force: true })
    await rm(root, { recursive: true, force: true })
  }
}

/** The window comes back to the view that it was left in: all of the library. */
function startInLibrary(userData: string): void {
  mkdirSync(userData, { recursive: true })
  const window = { view: { kind: 'library' }, inspector: true }
  writeFileSync(join(userData, 'settings.json'), JSON.stringify({ version: 1, window }))
}

async function runOnce(library: string, userData: string, minutes: number): Promise<Measured> {
  const began = performance.now()
  const running = await RunningVitrine.launch({ root: userData, library, userData })
  try {
    const { window: page } = running
    await page.evaluate(installProbe)
    await page.waitForFunction(() => globalThis.uiProbe.settled(false), undefined, { polling: 'raf', timeout: 400_000 })
    const cellsMs = performance.now() - began
    // Where there are no thumbnails yet, tiles say so.
    await page.waitForFunction(() => globalThis.uiProbe.settled(true), undefined, { polling: 'raf', timeout: 60_000 })
    const thumbnailsMs = performance.now() - began
    await page.getByRole('slider', { name: 'Go to' }).waitFor({ timeout: 120_000 })
    await page.waitForTimeout(REST_MS)
    const memoryAtRest = memoryOfTree(running.process.pid ?? 0).proportional

    const scroll = await seenWhile(page, () =>
      page.evaluate(([speed, ms]) => globalThis.uiProbe.scroll(speed, ms), [PIXELS_PER_SECOND, SCROLL_MS] as const),
    )
    const jumps = await jumpAround(page)
    const selectAllMs = await selectEverything(page)
    const inspectorMs = await inspectSome(page)
    const typing = await typeWords(page)
    await page.waitForTimeout(REST_MS)
    // By now everything has been read that is read once.
    const memoryBefore = memoryOfTree(running.process.pid ?? 0).proportional
    const processesBefore = memoryByProcess(running.process.pid ?? 0)
    const heapBefore = await heapOf(page)
    // What is looked at fills Chromium's caches of pictures up to their limits: only what grows behind that is a leak.
    const warmUp = Math.min(1, minutes / 2)
    await workFor(page, warmUp)
    const memoryWarm = memoryOfTree(running.process.pid ?? 0).proportional
    const use = await seenWhile(page, () => workFor(page, minutes - warmUp))
    await page.waitForTimeout(minutes > 0 ? REST_MS : 0)
    return {
      cellsMs,
      thumbnailsMs,
      scroll,
      jumps,
      typing,
      selectAllMs,
      inspectorMs,
      use,
      memory: {
        atRest: memoryAtRest,
        before: memoryBefore,
        warm: memoryWarm,
        after: memoryOfTree(running.process.pid ?? 0).proportional,
      },
      processes: { before: processesBefore, after: memoryByProcess(running.process.pid ?? 0) },
      heap: { before: heapBefore, after: await heapOf(page) },
    }
  } finally {
    await running.close()
  }
}

async function seenWhile(page: Page, work: () => Promise<unknown>): Promise<Seen> {
  await page.evaluate(() => globalThis.uiProbe.start())
  await work()
  return page.evaluate(() => globalThis.uiProbe.stop())
}

async function jumpAround(page: Page): Promise<Measured['jumps']> {
  const known: number[] = []
  const painted: number[] = []
  const seen = await seenWhile(page, async () => {
    const track = await page.getByRole('slider', { name: 'Go to' }).boundingBox()
    if (track === null) throw new Error('There is no scrubber.')
    for (const share of JUMPS) {
      await page.mouse.click(track.x + track.width / 2, track.y + 12 + share * (track.height - 24))
      const [knownMs, paintedMs] = await page.evaluate(async () => {
        const { pressed, painted, settled } = globalThis.uiProbe
        const known = await painted(pressed, () => settled(false))
        return [known, await painted(pressed, () => settled(true))] as const
      })
      known.push(knownMs)
      painted.push(paintedMs)
      await page.waitForTimeout(300)
    }
  })
  return { known, painted, seen }
}

async function selectEverything(page: Page): Promise<number[]> {
  const times: number[] = []
  await page.getByRole('listbox', { name: /^Assets in/ }).focus()
  for (let attempt = 0; attempt < 3; attempt++) {
    await page.keyboard.press('ControlOrMeta+a')
    times.push(
      await page.evaluate(() =>
        globalThis.uiProbe.painted(globalThis.uiProbe.pressed, () => {
          const status = [...document.querySelectorAll('[role=status]')].map(({ textContent }) => textContent ?? '')
          return status.some((text) => /^([\d,]+) of \1 selected$/.test(text))
        }),
      ),
    )
    await page.keyboard.press('Escape')
    await page.waitForTimeout(500)
  }
  return times
}

async function inspectSome(page: Page): Promise<number[]> {
  const times: number[] = []
  const inspector = page.getByRole('complementary', { name: 'Inspector' })
  await inspector.waitFor()
  for (let step = 0; step < 10; step++) {
    await page.keyboard.press('ArrowRight')
    times.push(
      await page.evaluate(() =>
        globalThis.uiProbe.painted(globalThis.uiProbe.pressed, () => {
          const chosen = document.querySelector('[role=option][aria-selected=true] > span')?.textContent?.split(',')[0]
          const shown = document.querySelector('[aria-label=Inspector]')?.textContent
          return chosen !== undefined && chosen !== 'Loading' && shown?.includes(chosen) === true
        }),
      ),
    )
    await page.waitForTimeout(200)
  }
  // With a selection the header says how many are selected, and not how many were found.
  await page.keyboard.press('Escape')
  return times
}

async function typeWords(page: Page): Promise<Measured['typing']> {
  const keys: number[] = []
  const results: number[] = []
  const seen = await seenWhile(page, async () => {
    const field = page.getByRole('combobox', { name: /^Search/ })
    await field.focus()
    for (const word of WORDS) {
      await field.fill('')
      await page.waitForTimeout(1_500)
      for (const letter of word) {
        await page.keyboard.press(letter)
        keys.push(await page.evaluate(() => globalThis.uiProbe.painted(globalThis.uiProbe.pressed, () => true)))
        await page.waitForTimeout(120)
      }
      results.push(
        await page.evaluate(() =>
          globalThis.uiProbe.painted(globalThis.uiProbe.pressed, () =>
            [...document.querySelectorAll('[role=status]')].some(({ textContent }) =>
              /results?\b/.test(textContent ?? ''),
            ),
          ),
        ),
      )
    }
    await field.fill('')
    await page.waitForTimeout(1_500)
  })
  return { keys, results, seen }
}

/** What a person does all day, one thing after the other. */
async function workFor(page: Page, minutes: number): Promise<void> {
  const until = performance.now() + minutes * 60_000
  while (performance.now() < until) {
    const track = await page.getByRole('slider', { name: 'Go to' }).boundingBox()
    if (track === null) return
    for (const share of JUMPS) {
      await page.mouse.click(track.x + track.width / 2, track.y + 12 + share * (track.height - 24))
      await page.evaluate((speed) => globalThis.uiProbe.scroll(speed, 1_500), PIXELS_PER_SECOND)
      if (performance.now() > until) return
    }
  }
}

/** Megabytes of what the page's own script holds. */
function heapOf(page: Page): Promise<number> {
  return page.evaluate(() => {
    const { memory } = performance as typeof performance & { memory?: { usedJSHeapSize: number } }
    return (memory?.usedJSHeapSize ?? Number.NaN) / 1e6
  })
}

/** Puts real pictures where these thumbnails belong. */
async function writeThumbnails(library: string, addresses: readonly string[]): Promise<void> {
  const { thumbnails } = libraryFolder(library)
  const files = new Map<string, string[]>()
  for (const size of ['150', '300', '600']) {
    files.set(size, [])
    for (let seed = 0; seed < THUMBNAIL_FILES; seed++) {
      const picture = await makeArt({ seed, width: 900, height: 600 }).image.png().toBuffer()
      const path = join(thumbnails, `picture-${size}-${seed}.webp`)
      await mkdir(thumbnails, { recursive: true })
      await writeFile(path, await sharp(picture).resize(Number(size)).webp().toBuffer())
      files.get(size)?.push(path)
    }
  }
  for (const [index, address] of [...new Set(addresses)].entries()) {
    const [, sha256, size] = /^asset:\/\/thumb\/([0-9a-f]{64})\/(\d+)$/.exec(address) ?? []
    const from = files.get(size ?? '')?.[index % THUMBNAIL_FILES]
    if (sha256 === undefined || from === undefined) continue
    const to = join(thumbnails, sha256.slice(0, 2), `${sha256}-${size}.webp`)
    await mkdir(dirname(to), { recursive: true })
    await link(from, to)
  }
}

function resultOf(assets: number, minutes: number, measured: Measured): BenchResult {
  const { scroll, jumps, typing, use, memory, heap } = measured
  const p95 = (times: readonly number[]) => summarise(times).p95
  const p50 = (times: readonly number[]) => summarise(times).p50
  const goals: BenchGoal[] = []
  const add = (what: string, value: number, unit: string, most: number) =>
    goals.push({ what, value, unit, goal: `≤ ${most.toLocaleString('en')}`, met: value <= most })
  const percent = (part: number, all: number) => (all === 0 ? 0 : (part / all) * 100)
  add('launch to first cells', measured.cellsMs, 'ms', 2_000)
  add('launch to all thumbnails on screen', measured.thumbnailsMs, 'ms', 2_500)
  add('scroll: cells seen blank', percent(scroll.blank, scroll.cells), '%', 0.5)
  add('scroll: tasks over 50 ms', scroll.longTasks.length, '', 0)
  add('jump by scrubber until all cells are known, p95', p95(jumps.known), 'ms', 200)
  add('jump by scrubber until all pictures are painted, p95', p95(jumps.painted), 'ms', 400)
  add('typing: key to paint, p95', p95(typing.keys), 'ms', 50)
  add('typing: last key to results, worst', Math.max(...typing.results), 'ms', 500)
  add('select everything, median', p50(measured.selectAllMs), 'ms', 100)
  add('inspector after a key, p95', p95(measured.inspectorMs), 'ms', 150)
  add('elements in the page, most', Math.max(scroll.mostNodes, jumps.seen.mostNodes, use.mostNodes), '', 6_000)
  if (minutes > 0) add(`memory after ${minutes} min of use : after the first`, memory.after / memory.warm, '×', 1.1)
  return {
    name: 'ui',
    about: `the real window on a library of ${assets.toLocaleString('en')} assets`,
    figures: [
      { what: 'frames while scrolling, a second', value: scroll.frames / (SCROLL_MS / 1000), unit: '' },
      { what: 'scroll: cells without their picture yet', value: percent(scroll.unpainted, scroll.cells), unit: '%' },
      { what: 'scroll: longest task over 50 ms', value: Math.max(0, ...scroll.longTasks), unit: 'ms' },
      { what: 'jumps: tasks over 50 ms', value: jumps.seen.longTasks.length, unit: '' },
      { what: 'typing: tasks over 50 ms', value: typing.seen.longTasks.length, unit: '' },
      { what: 'use: tasks over 50 ms', value: use.longTasks.length, unit: '' },
      { what: 'jump until all cells are known, median', value: p50(jumps.known), unit: 'ms' },
      { what: 'jump until all pictures are painted, median', value: p50(jumps.painted), unit: 'ms' },
      { what: 'cells in the page, most', value: Math.max(scroll.mostCells, jumps.seen.mostCells), unit: '' },
      { what: 'memory of all processes at rest after the start', value: memory.atRest, unit: 'MB' },
      { what: 'memory of all processes before the use', value: memory.before, unit: 'MB' },
      { what: 'memory of all processes when its first minute is over', value: memory.warm, unit: 'MB' },
      { what: 'memory of all processes after it', value: memory.after, unit: 'MB' },
      { what: 'heap of the page before the use', value: heap.before, unit: 'MB' },
      { what: 'heap of the page after it', value: heap.after, unit: 'MB' },
    ],
    goals,
    verdict: { what: 'goals missed', value: goals.filter(({ met }) => !met).length, unit: `of ${goals.length}` },
    goal: 'none',
    details: { ...measured, scroll: brief(scroll), use: brief(use), jumps: { ...jumps, seen: brief(jumps.seen) } },
  }
}

function brief({ thumbnails, ...seen }: Seen): unknown {
  return { ...seen, thumbnails: thumbnails.length }
}
