import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { makeArt } from '../../scripts/demo-art/makeArt.ts'
import { withPngText } from '../../scripts/demo-art/pngText.ts'
import { makeLibrary } from '../../scripts/large-library/makeLibrary.ts'
import type { RowId } from '../../src/shared/domain/ids.ts'
import { ask, engineReady, rowsOf } from './support/bridge.ts'
import { writePictures } from './support/pictures.ts'
import { expect, test, type VitrineUnderTest } from './support/test.ts'
import { violationsOf } from './support/violationsOf.ts'

/** More than are read at once, without threads. */
const ASSETS = 1_500

/** A window on a library of years, whose files and thumbnails were never there. */
async function withYears(vitrine: VitrineUnderTest): Promise<Page> {
  await makeLibrary({ root: vitrine.folders.library, assets: ASSETS, seed: 1, until: Date.UTC(2026, 9, 31) })
  mkdirSync(vitrine.folders.userData, { recursive: true })
  writeFileSync(
    join(vitrine.folders.userData, 'settings.json'),
    JSON.stringify({ version: 1, window: { view: { kind: 'everything' }, inspector: false } }),
  )
  return openWindow(vitrine)
}

async function openWindow(vitrine: VitrineUnderTest): Promise<Page> {
  const running = await vitrine.launch()
  running.expectErrors(/404/)
  await engineReady(running.window)
  await expect(running.window.getByTestId('asset-cell').first()).toBeVisible({ timeout: 30_000 })
  return running.window
}

const totalOf = async (page: Page) => (await rowsOf(page, { kind: 'everything' })).length
const headings = (page: Page) => page.getByTestId('group-heading')
const selectedCount = (page: Page) => page.getByRole('status').filter({ hasText: 'selected' })

async function choose(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: /^Sort by/ }).click()
  await page.getByRole('menuitemcheckbox', { name, exact: true }).click()
}

/** Cells on screen whose facts have come. */
const loadedCells = (page: Page) =>
  page.evaluate(() => {
    const box = document.querySelector('[data-testid=grid]')?.getBoundingClientRect()
    const cells = [...document.querySelectorAll<HTMLElement>('[data-testid=asset-cell]')].filter((cell) => {
      const { top, bottom } = cell.getBoundingClientRect()
      return box !== undefined && bottom > box.top && top < box.bottom
    })
    return cells.length > 0 && cells.every((cell) => !cell.textContent?.startsWith('Loading'))
  })

test('groups have headings in every layout, and one press takes a whole group', async ({ vitrine }) => {
  const page = await withYears(vitrine)
  for (const layout of ['Justified rows', 'Square grid', 'List']) {
    await page.getByRole('radio', { name: layout }).click()
    await expect(headings(page).first(), layout).toBeVisible()
  }
  const box = headings(page).first().getByRole('checkbox')
  const assets = Number(
    /Select ([\d,]+) assets?/.exec((await box.getAttribute('aria-label')) ?? '')?.[1]?.replace(',', ''),
  )
  await box.focus()
  await page.keyboard.press('Space')
  const total = (await totalOf(page)).toLocaleString('en')
  await expect(selectedCount(page)).toHaveText(`${assets} of ${total} selected`)
  await expect(box).toBeChecked()
  await page.keyboard.press('Space')
  await expect(box).not.toBeChecked()

  await choose(page, 'Months')
  await expect(headings(page).first().getByRole('heading')).toHaveText(/^[A-Z][a-z]+ 20\d\d$/)
  await choose(page, 'Rating')
  await expect(headings(page).first().getByRole('heading')).toHaveText(/stars?$/)
  await choose(page, 'No groups')
  await expect(headings(page)).toHaveCount(0)
})

test('the scrubber goes anywhere, by keys and by the mouse, and what is there comes', async ({ vitrine }) => {
  const page = await withYears(vitrine)
  const scrubber = page.getByRole('slider', { name: 'Go to' })
  await scrubber.focus()
  const newest = await scrubber.getAttribute('aria-valuetext')
  await page.keyboard.press('ArrowDown')
  await expect(scrubber).not.toHaveAttribute('aria-valuetext', newest ?? '')
  await page.keyboard.press('End')
  await expect(scrubber).toHaveAttribute('aria-valuenow', '100')
  const last = (await rowsOf(page, { kind: 'everything' }))[0]
  await expect(page.locator(`[data-row-id="${last}"]`)).toBeInViewport()
  await expect.poll(() => loadedCells(page)).toBe(true)

  const track = await scrubber.boundingBox()
  if (track === null) throw new Error('The scrubber is not on screen.')
  const middle = { x: track.x + track.width / 2, y: track.y + track.height / 2 }
  await page.mouse.move(middle.x, track.y + track.height - 20)
  await page.mouse.down()
  await page.mouse.move(middle.x, middle.y, { steps: 10 })
  await page.mouse.up()
  await expect.poll(async () => Number(await scrubber.getAttribute('aria-valuenow'))).toBeCloseTo(50, -1)
  await expect.poll(() => loadedCells(page)).toBe(true)
  // The heading of the group that is passing is at the upper edge, or the next one just pushes it out.
  const grid = await page.getByTestId('grid').boundingBox()
  const stuck = await headings(page).evaluateAll(
    (all, top) => all.some((heading) => Math.abs(heading.getBoundingClientRect().top - top) < 42),
    grid?.y ?? 0,
  )
  expect(stuck).toBe(true)

  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    expect(await violationsOf(page)).toEqual([])
    await vitrine.screenshot(`groups-${colorScheme}`)
  }
})

test('columns are chosen, moved, made wider and ordered by, and remembered', async ({ vitrine }) => {
  const page = await withYears(vitrine)
  await page.getByRole('radio', { name: 'List' }).click()
  const header = page.getByTestId('list-header')
  await header.getByRole('button', { name: 'Columns' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Model' }).click()
  await header.getByRole('button', { name: 'Columns' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Rating' }).click()
  const names = () =>
    header
      .getByRole('button')
      .filter({ hasNot: page.locator('svg') })
      .allTextContents()
  await expect.poll(names).toEqual(['Name', 'Kind', 'Dimensions', 'Size', 'Model'])

  await header.getByRole('button', { name: 'Model' }).click()
  await expect(header.getByRole('button', { name: 'Model' })).toHaveAttribute('aria-pressed', 'true')
  await expect(headings(page).first().getByRole('heading')).toHaveText('No model')
  await page.keyboard.press('ControlOrMeta+Shift+ArrowLeft')
  const edge = header.getByRole('separator', { name: 'Width of Model' })
  const before = Number(await edge.getAttribute('aria-valuenow'))
  await edge.focus()
  await page.keyboard.press('ArrowLeft')
  await expect(edge).toHaveAttribute('aria-valuenow', String(before + 8))
  expect(await violationsOf(page)).toEqual([])
  await vitrine.screenshot('list')
  await expect
    .poll(async () => (await ask(page, 'shell.info')).settings.window)
    .toMatchObject({
      columns: [
        { fact: 'type' },
        { fact: 'dimensions' },
        { fact: 'size' },
        { fact: 'model', width: before + 8 },
        { fact: 'imported' },
      ],
    })

  const again = await openWindow(vitrine)
  await expect(again.getByRole('separator', { name: 'Width of Model' })).toHaveAttribute(
    'aria-valuenow',
    String(before + 8),
  )
})

test('alike generations are one cell that opens in place and is kept or thrown away as a whole', async ({
  vitrine,
}) => {
  const { window: page } = await vitrine.launch()
  await engineReady(page)
  const source = join(vitrine.folders.root, 'pictures')
  mkdirSync(source)
  const subjects = ['a mill', 'a harbour', 'a harbour', 'A  Harbour', 'a forest']
  for (const [index, subject] of subjects.entries()) {
    const png = await makeArt({ seed: index, width: 480, height: 320 }).image.png().toBuffer()
    const text = `${subject}\nSteps: 20, Sampler: Euler a, CFG scale: 6, Seed: ${index}, Size: 480x320, Model: juniper_xl`
    writeFileSync(join(source, `picture-${index}.png`), withPngText(png, 'parameters', text))
  }
  const { id } = await ask(page, 'imports.start', { paths: [source], options: { space: 'library' }, source: 'window' })
  await expect.poll(async () => (await ask(page, 'imports.get', { id })).state, { timeout: 30_000 }).toBe('done')
  await page.getByRole('button', { name: /^All assets/ }).click()
  const cells = page.getByTestId('asset-cell')
  await expect(cells).toHaveCount(5)
  await expect.poll(() => rowsOf(page, { kind: 'library' }, 'prompt:harbour')).toHaveLength(3)

  await choose(page, 'Stack alike generations')
  await expect(cells).toHaveCount(3)
  const stack = page.getByRole('option', { name: /Stack of 3, folded/ })
  await stack.click()
  await expect(selectedCount(page)).toHaveText('3 of 5 selected')
  await vitrine.screenshot('stack-folded')
  await page.keyboard.press('s')
  await expect(cells).toHaveCount(5)
  await expect(page.getByRole('option', { name: /In an open stack of 3/ })).toHaveCount(3)
  await expect(selectedCount(page)).toHaveText('1 of 5 selected')
  await vitrine.screenshot('stack-open')
  expect(await violationsOf(page)).toEqual([])
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('s')
  await expect(cells).toHaveCount(3)

  await page.getByTestId('stack-badge').click()
  await expect(cells).toHaveCount(5)
  await page.getByTestId('stack-badge').first().click()
  await expect(cells).toHaveCount(3)
  await expect(selectedCount(page)).toHaveText('3 of 5 selected')
  await page.keyboard.press('Delete')
  await expect(cells).toHaveCount(2)
  await page.keyboard.press('ControlOrMeta+z')
  await expect(cells).toHaveCount(3)
  expect(await rowsOf(page, { kind: 'library' })).toHaveLength(5)
})

test('keys reach and choose: names that are typed, pages, ranges over rows, everything but', async ({ vitrine }) => {
  const page = await withYears(vitrine)
  await page.getByRole('listbox', { name: /^Assets in/ }).focus()
  const selected = page.getByRole('option', { selected: true })
  await page.keyboard.press('Home')
  const first = await selected.getAttribute('data-index')
  expect(first).toBe('0')
  await page.keyboard.press('Shift+D')
  await page.keyboard.type('sc')
  await expect(selected).toHaveAccessibleName(/^DSC/i)
  await expect(selected).toBeInViewport()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Home')
  await page.keyboard.press('PageDown')
  await expect(selected).toHaveCount(1)
  expect(Number(await selected.getAttribute('data-index'))).toBeGreaterThan(3)
  await page.keyboard.press('Home')
  await page.keyboard.press('Shift+ArrowDown')
  await page.keyboard.press('Shift+ArrowDown')
  const some = Number(/^([\d,]+) of/.exec((await selectedCount(page).textContent()) ?? '')?.[1])
  expect(some).toBeGreaterThan(2)
  const total = await totalOf(page)
  const all = total.toLocaleString('en')
  await page.keyboard.press('ControlOrMeta+Shift+i')
  await expect(selectedCount(page)).toHaveText(`${(total - some).toLocaleString('en')} of ${all} selected`)
  await page.keyboard.press('ControlOrMeta+a')
  await expect(selectedCount(page)).toHaveText(`${all} of ${all} selected`)
  await page.keyboard.press('ControlOrMeta+Shift+i')
  await expect(selected).toHaveCount(0)
})

test('nothing moves away under a press, and a change to one asset draws one cell', async ({ vitrine }) => {
  const { window: page } = await vitrine.launch()
  await engineReady(page)
  const [kept, ...more] = await writePictures(join(vitrine.folders.root, 'made'), 6)
  const start = (paths: string[]) =>
    ask(page, 'imports.start', { paths, options: { space: 'library' }, source: 'window' })
  await start([kept ?? ''])
  await page.getByRole('button', { name: /^All assets/ }).click()
  const cells = page.getByTestId('asset-cell')
  await expect(cells).toHaveCount(1)
  await expect.poll(() => rowsOf(page, { kind: 'library' }, 'status:available')).toHaveLength(1)

  await cells.first().hover()
  await page.mouse.down()
  await start(more)
  await expect.poll(() => rowsOf(page, { kind: 'library' }, 'status:available'), { timeout: 30_000 }).toHaveLength(6)
  await expect(cells).toHaveCount(1)
  await page.mouse.up()
  await expect(cells).toHaveCount(6)

  // Whatever is drawn anew changes something of its element.
  await page.evaluate(() => {
    const changed = new Set<string>()
    Object.assign(globalThis, { changedCells: changed })
    new MutationObserver((records) => {
      for (const { target } of records) {
        const element = target instanceof Element ? target : target.parentElement
        const cell = element?.closest<HTMLElement>('[data-row-id]')
        if (cell?.dataset.rowId !== undefined) changed.add(cell.dataset.rowId)
      }
    }).observe(document.querySelector('[data-testid=grid]') as Node, {
      subtree: true,
      childList: true,
      attributes: true,
      characterData: true,
    })
  })
  // Pictures that came late have been drawn by then.
  const sinceLastLook = () =>
    page.evaluate(() => {
      const { changedCells } = globalThis as never as { changedCells: Set<string> }
      const { size } = changedCells
      changedCells.clear()
      return size
    })
  await sinceLastLook()
  await expect.poll(sinceLastLook, { intervals: [500] }).toBe(0)
  const [row] = await rowsOf(page, { kind: 'library' })
  await ask(page, 'assets.edit', { assets: { rowIds: [row as RowId] }, patch: { rating: 5 } })
  await expect(page.getByRole('option', { name: /5 of 5 stars/ })).toHaveCount(1)
  const changed = await page.evaluate(() => [...(globalThis as never as { changedCells: Set<string> }).changedCells])
  expect(changed).toEqual([String(row)])
})
