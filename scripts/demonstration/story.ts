import { copyFileSync, mkdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Page } from '@playwright/test'
import { ask, rowsOf } from '../../test/e2e/support/bridge.ts'
import type { RunningVitrine } from '../../test/e2e/support/launchVitrine.ts'

const began = Date.now()
/** One line of the story, with the seconds since the start. */
export function tell(text: string): void {
  console.log(`${((Date.now() - began) / 1000).toFixed(1).padStart(6)} s  ${text}`)
}

/** Waits for something and says how long it took, ms; rejects when it takes too long. */
export async function until(what: string, limitMs: number, done: () => Promise<boolean>): Promise<number> {
  const start = performance.now()
  while (!(await done())) {
    if (performance.now() - start > limitMs) throw new Error(`Gave up waiting for ${what} after ${limitMs / 1000} s.`)
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  return performance.now() - start
}

/** How many cells show a thumbnail that the browser has decoded. */
const decoded = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      [...document.querySelectorAll<HTMLImageElement>('[data-testid=asset-cell] img[src^="asset://thumb/"]')].filter(
        (image) => image.complete && image.naturalWidth > 0,
      ).length,
  )

/** Puts pictures into the drop folder, the first by itself and the others as two jobs, and waits until all are available. */
export async function dropFiles(page: Page, made: readonly string[]): Promise<void> {
  const library = await ask(page, 'library.info')
  const [first, ...rest] = made
  if (first === undefined) throw new Error('No picture was made.')
  copyFileSync(first, join(library.dropFolder, basename(first)))
  const latency = await until('the first thumbnail', 20_000, async () => (await decoded(page)) >= 1)
  tell(`a file written into the drop folder was on screen as a thumbnail after ${Math.round(latency)} ms`)

  const jobs = ['night harbour', 'paper landscapes']
  for (const [index, path] of rest.entries()) {
    const job = join(library.dropFolder, jobs[index % jobs.length] ?? '')
    mkdirSync(job, { recursive: true })
    copyFileSync(path, join(job, basename(path)))
  }
  const settled = await until('every file to be available', 120_000, async () => {
    return (await rowsOf(page, { kind: 'workspace' }, 'status:available')).length === made.length
  })
  tell(`${rest.length} more in two jobs were copied, hashed and had thumbnails after ${(settled / 1000).toFixed(1)} s`)
}

/** Keeps and discards, makes collections, gives tags and stars, as a person would. */
export async function organise(page: Page): Promise<void> {
  const rows = await rowsOf(page, { kind: 'workspace' })
  const kept = await ask(page, 'assets.keep', { assets: { rowIds: rows.filter((_, index) => index % 4 !== 3) } })
  tell(kept.label)
  const discarded = await ask(page, 'assets.discard', {
    assets: { rowIds: rows.filter((_, index) => index % 12 === 11) },
  })
  tell(`${discarded.label}, then ${(await ask(page, 'history.undo')).label.toLowerCase()}`)
  const library = await rowsOf(page, { kind: 'library' })
  for (const [name, share] of [
    ['Night Harbour', 5],
    ['Key art', 3],
  ] as const) {
    const { collection } = await ask(page, 'collections.create', { name })
    const added = await ask(page, 'collections.add', {
      id: collection.id,
      assets: { rowIds: library.filter((_, index) => index % share === 0) },
    })
    tell(added.label)
  }
  const some = { rowIds: library.slice(-9) }
  await ask(page, 'assets.edit', { assets: some, patch: { rating: 4, add_tags: ['environment', 'dusk'] } })
  await ask(page, 'assets.edit', { assets: { rowIds: library.slice(-6, -2) }, patch: { is_favorite: true } })
}

/** Sets the size of the page inside the window, CSS pixels. */
export async function resize({ app }: RunningVitrine, width: number, height: number): Promise<void> {
  const size: [number, number] = [width, height]
  await app.evaluate(({ BrowserWindow }, [w, h]) => BrowserWindow.getAllWindows()[0]?.setContentSize(w, h), size)
}
