import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { Page } from '@playwright/test'
import sharp from 'sharp'
import { buildIfStale } from '../../scripts/build.mjs'
import { makeArt } from '../../scripts/demo-art/makeArt.ts'
import { resolveElectron } from '../../scripts/electron-runtime.ts'
import { ask, engineReady } from '../e2e/support/bridge.ts'
import { ELECTRON_VARIABLE, makeFolders, RunningVitrine, removeFolders } from '../e2e/support/launchVitrine.ts'
import { type BenchResult, median } from './benchResult.ts'

/** Single files dropped one after the other to measure how soon each is seen. */
const DROPS = 9
/** Between two looks at the event loops, milliseconds. */
const TICK_MS = 10

/**
 * The real window while `count` files are imported: how long the event loops of shell and page were kept from running, and
 * how long a file written into the drop folder takes until its decoded thumbnail is on screen. Yardstick: the same event loops
 * while nothing happens.
 */
export async function windowBench(count: number): Promise<BenchResult> {
  buildIfStale()
  process.env[ELECTRON_VARIABLE] = (await resolveElectron()).executable
  const source = mkdtempSync(join(tmpdir(), 'vitrine-bench-'))
  const folders = makeFolders()
  let running: RunningVitrine | undefined
  try {
    const pictures = await makePictures(source, count + DROPS)
    running = await RunningVitrine.launch(folders)
    const { window: page } = running
    await engineReady(page)
    await page.waitForTimeout(2_000)
    const idle = await delaysWhile(running, () => page.waitForTimeout(3_000))
    const latencies = await dropOneByOne(page, pictures.slice(0, DROPS))
    let seconds = 0
    const busy = await delaysWhile(running, async () => {
      const began = performance.now()
      await importAll(page, source, count + DROPS)
      seconds = (performance.now() - began) / 1000
    })
    const ms = (what: string, value: number) => ({ what, value, unit: 'ms' })
    return {
      name: 'window',
      about: `the real window; ${count} pictures of 0.4 megapixels imported in ${seconds.toFixed(0)} s`,
      figures: [
        ms('shell, idle, longest', idle.shell.longest),
        ms('page, idle, longest', idle.page.longest),
        ms('shell, importing, 99 %', busy.shell.p99),
        ms('shell, importing, longest', busy.shell.longest),
        ms('page, importing, 99 %', busy.page.p99),
        ms('page, importing, longest', busy.page.longest),
        ms('drop to decoded thumbnail, longest', Math.max(...latencies)),
      ],
      verdict: { what: 'drop to decoded thumbnail, median', value: median(latencies), unit: 'ms' },
      goal: '< 1,000 ms; event loops < 50 ms',
    }
  } finally {
    await running?.close()
    removeFolders(folders)
    rmSync(source, { recursive: true, force: true })
  }
}

/** Different pictures, of which many can be made in little time. */
async function makePictures(folder: string, count: number): Promise<string[]> {
  const scenes = await Promise.all(
    Array.from({ length: 12 }, async (_, seed) => {
      const image = makeArt({ seed, width: 1200, height: 900 }).image
      return sharp(await image.png().toBuffer())
        .resize(760, 570)
        .removeAlpha()
        .raw()
        .toBuffer()
    }),
  )
  const paths: string[] = []
  for (let index = 0; index < count; index++) {
    const pixels = Buffer.from(scenes[index % scenes.length] ?? [])
    // Another pixel is another file, and all alike in what they cost.
    pixels.writeUInt32LE(index, 3 * (index % 1000))
    const path = join(folder, `picture-${String(index).padStart(6, '0')}.jpg`)
    await writeFile(
      path,
      await sharp(pixels, { raw: { width: 760, height: 570, channels: 3 } })
        .jpeg()
        .toBuffer(),
    )
    paths.push(path)
  }
  return paths
}

interface Delays {
  readonly p99: number
  readonly longest: number
}

/** How much later than asked for timers ran in shell and page while `work` went on, milliseconds. */
async function delaysWhile(
  { app, window: page }: RunningVitrine,
  work: () => Promise<unknown>,
): Promise<{ readonly shell: Delays; readonly page: Delays }> {
  type Measured = typeof globalThis & { benchDelays?: number[]; benchTimer?: ReturnType<typeof setInterval> }
  // Sent to both as its text; the shell is called with Electron first, the page with the tick only.
  const begin = (...given: readonly unknown[]) => {
    const tick = Number(given.at(-1))
    const delays: number[] = []
    let last = performance.now()
    const timer = setInterval(() => {
      const now = performance.now()
      delays.push(Math.max(0, now - last - tick))
      last = now
    }, tick)
    Object.assign(globalThis, { benchDelays: delays, benchTimer: timer })
  }
  const end = () => {
    const { benchDelays, benchTimer } = globalThis as Measured
    clearInterval(benchTimer)
    return benchDelays ?? []
  }
  await app.evaluate(begin, TICK_MS)
  await page.evaluate(begin, TICK_MS)
  await work()
  const [inPage, inShell] = await Promise.all([page.evaluate(end), app.evaluate(end)])
  return { shell: summary(inShell), page: summary(inPage) }
}

function summary(delays: readonly number[]): Delays {
  const sorted = [...delays].sort((a, b) => a - b)
  return { p99: sorted[Math.floor(sorted.length * 0.99)] ?? 0, longest: sorted.at(-1) ?? 0 }
}

/** Milliseconds from the end of each copy into the drop folder until the page has decoded its thumbnail. */
async function dropOneByOne(page: Page, paths: readonly string[]): Promise<number[]> {
  const { dropFolder } = await ask(page, 'library.info')
  mkdirSync(dropFolder, { recursive: true })
  const latencies: number[] = []
  for (const [index, path] of paths.entries()) {
    copyFileSync(path, join(dropFolder, basename(path)))
    const began = performance.now()
    await page.waitForFunction(
      (wanted) =>
        [...document.querySelectorAll<HTMLImageElement>('[data-testid=asset-cell] img[src^="asset://thumb/"]')].filter(
          (image) => image.complete && image.naturalWidth > 0,
        ).length >= wanted,
      index + 1,
      { polling: 'raf', timeout: 20_000 },
    )
    latencies.push(performance.now() - began)
    await page.waitForTimeout(600)
  }
  return latencies
}

async function importAll(page: Page, folder: string, count: number): Promise<void> {
  const { id } = await ask(page, 'imports.start', { paths: [folder], options: {}, source: 'window' })
  for (;;) {
    const { state, imported, duplicates } = await ask(page, 'imports.get', { id })
    if (state === 'done') {
      if (imported + duplicates !== count) throw new Error(`${imported} of ${count} files were imported.`)
      return
    }
    await page.waitForTimeout(500)
  }
}
