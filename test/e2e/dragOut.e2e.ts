import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { ask, engineReady, rowsOf } from './support/bridge.ts'
import { type FileTarget, startFileTarget } from './support/fileTarget.ts'
import { writePictures } from './support/pictures.ts'
import { mouseObstacle, realMouse } from './support/realMouse.ts'
import { expect, test, type VitrineUnderTest } from './support/test.ts'

const obstacle = mouseObstacle()
test.skip(obstacle !== null, obstacle ?? '')

const VITRINE = { x: 0, y: 0, width: 900, height: 600 }
const TARGET = { x: 940, y: 40, width: 300, height: 300 }

/** A library with three kept pictures in its window, and another program's window beside it. */
async function besideAnother(vitrine: VitrineUnderTest) {
  const { app, window } = await vitrine.launch()
  await engineReady(window)
  await app.evaluate(({ BrowserWindow }, bounds) => BrowserWindow.getAllWindows()[0]?.setBounds(bounds), VITRINE)
  const paths = await writePictures(join(vitrine.folders.root, 'made'), 3)
  await ask(window, 'imports.start', { paths, options: { space: 'library' }, source: 'window' })
  await expect.poll(() => rowsOf(window, { kind: 'library' }, 'status:available')).toHaveLength(3)
  await window.getByRole('button', { name: /^All assets/ }).click()
  const cells = window.getByTestId('asset-cell')
  await expect(cells).toHaveCount(3)
  const target = await startFileTarget(join(vitrine.folders.root, 'target'), TARGET)
  return { app, window, cells, paths, target }
}

/** The middle of something in the window, screen coordinates. */
async function middle(page: Page, element: Locator): Promise<[number, number]> {
  await element.scrollIntoViewIfNeeded()
  const box = await element.boundingBox()
  if (box === null) throw new Error('It is not there.')
  const [left, top] = await page.evaluate(() => [screenX, screenY + outerHeight - innerHeight])
  return [Math.round((left ?? 0) + box.x + box.width / 2), Math.round((top ?? 0) + box.y + box.height / 2)]
}

async function press(page: Page, cell: Locator) {
  await realMouse.move(...(await middle(page, cell)))
  realMouse.down()
}

const inTarget = [TARGET.x + 150, TARGET.y + 150] as const

/** Carries what is held to the other program, as a hand does that is never quite still: programs learn of it by movements. */
async function holdOver(target: FileTarget) {
  await expect
    .poll(async () => {
      await realMouse.move(TARGET.x + 140, TARGET.y + 140, 4)
      await realMouse.move(...inTarget, 4)
      return target.isHeldOver()
    })
    .toBe(true)
}

test('a plain drag out of the window gives another program copies of the files', async ({ vitrine }) => {
  const { window, cells, paths, target } = await besideAnother(vitrine)
  await ended(target, async () => {
    await window.keyboard.press('ControlOrMeta+a')
    await press(window, cells.nth(0))
    await holdOver(target)
    // The library goes on while the button is held: the system's drag does not stop the program.
    expect((await ask(window, 'library.counts')).library).toBe(3)
    realMouse.up()
    await expect.poll(async () => (await target.dropped()).length).toBe(3)
    const dropped = await target.dropped()
    const wanted = paths.map((path) => readFileSync(path).toString('base64'))
    expect(new Set(dropped.map(({ bytes }) => bytes))).toEqual(new Set(wanted))
    for (const { path } of dropped) expect(path).not.toContain(vitrine.folders.library)

    // The window has got the mouse back.
    await cells.nth(1).click()
    await expect(window.getByRole('option', { selected: true })).toHaveCount(1)
    expect(await rowsOf(window, { kind: 'library' })).toHaveLength(3)
  })
})

test('what is shown anywhere is dragged out: list, inspector, viewer, filmstrip, comparison', async ({ vitrine }) => {
  const { app, window, cells, target } = await besideAnother(vitrine)
  await ended(target, async () => {
    const bytesOf = new Map(
      await Promise.all(
        (await rowsOf(window, { kind: 'library' })).map(async (rowId) => {
          const { original_path } = await ask(window, 'assets.get', { rowId })
          return [rowId, readFileSync(original_path).toString('base64')] as const
        }),
      ),
    )
    const rowOf = async (cell: Locator) => Number(await cell.getAttribute('data-row-id'))
    let drops = 0
    const dragOut = async (from: Locator, rowId: number) => {
      await press(window, from)
      await holdOver(target)
      realMouse.up()
      drops++
      await expect.poll(async () => (await target.dropped()).length).toBe(drops)
      expect((await target.dropped()).at(-1)?.bytes).toBe(bytesOf.get(rowId))
    }
    const choose = (id: string) =>
      app.evaluate(({ Menu }, wanted) => Menu.getApplicationMenu()?.getMenuItemById(wanted)?.click(), id)
    await choose('layout-list')
    await expect(cells.nth(1)).toHaveAttribute('data-kind', 'list')
    await dragOut(cells.nth(1), await rowOf(cells.nth(1)))
    await choose('layout-justified')
    await expect(cells.nth(1)).toHaveAttribute('data-kind', 'justified')

    const [first, second, third] = [await rowOf(cells.nth(0)), await rowOf(cells.nth(1)), await rowOf(cells.nth(2))]
    await cells.nth(0).click()
    const inspector = window.getByRole('complementary', { name: 'Inspector' })
    if ((await inspector.count()) === 0) await choose('toggle-inspector')
    const preview = inspector.getByRole('button', { name: /in the viewer$/ })
    await dragOut(preview, first)
    // It was dragged, not pressed.
    await expect(window.getByTestId('viewer')).toHaveCount(0)

    await cells.nth(0).dblclick()
    const viewer = window.getByTestId('viewer')
    await expect(viewer.getByRole('status', { name: 'Loading the original' })).toHaveCount(0)
    await dragOut(viewer.getByRole('img').first(), first)
    await dragOut(viewer.getByRole('navigation', { name: 'Filmstrip' }).getByRole('button').nth(1), second)
    await expect(viewer.getByRole('status').filter({ hasText: '1 of 3' })).toHaveCount(1)
    // Zoomed in, a drag moves the picture; its name can be dragged out all the same.
    await window.keyboard.press('Control+1')
    for (let step = 0; step < 3; step++) await window.keyboard.press('+')
    const picture = viewer.getByRole('img').first()
    const before = await picture.boundingBox()
    await press(window, viewer.locator('[data-pannable]'))
    await realMouse.move(300, 200)
    realMouse.up()
    expect(await picture.boundingBox()).not.toEqual(before)
    await dragOut(viewer.getByRole('heading', { level: 1 }), first)
    await window.keyboard.press('Escape')

    await window.keyboard.press('ControlOrMeta+a')
    await window.keyboard.press('c')
    const pane = window.getByTestId('compare').getByRole('region', { name: /^C: / })
    await dragOut(pane.getByRole('img').first(), third)
  })
})

test('a large selection is dragged out whole', async ({ vitrine }) => {
  const { window, cells, target } = await besideAnother(vitrine)
  await ended(target, async () => {
    const folder = join(vitrine.folders.root, 'notes')
    mkdirSync(folder)
    for (let note = 0; note < 220; note++) writeFileSync(join(folder, `note-${note}.txt`), `Note ${note}`)
    await ask(window, 'imports.start', { paths: [folder], options: { space: 'library' }, source: 'window' })
    await expect(window.getByRole('button', { name: 'All assets 223' })).toBeVisible({ timeout: 30_000 })
    await expect.poll(() => cells.count()).toBeGreaterThan(3)
    await cells.first().click()
    await window.keyboard.press('ControlOrMeta+a')
    await press(window, cells.nth(0))
    await holdOver(target)
    realMouse.up()
    await expect.poll(async () => (await target.dropped()).length).toBe(223)
  })
})

test('a drag that went out and comes back is one of assets', async ({ vitrine }) => {
  const { window, cells, target } = await besideAnother(vitrine)
  await ended(target, async () => {
    await ask(window, 'collections.create', { name: 'Posters' })
    const posters = window.getByRole('tree', { name: 'Collections' }).getByRole('treeitem', { name: /^Posters/ })
    await expect(posters).toBeVisible()
    await press(window, cells.nth(0))
    await holdOver(target)
    await realMouse.move(...(await middle(window, posters)))
    await expect(posters).toHaveAttribute('data-drop', /.*/)
    await vitrine.screenshot('drag-came-back')
    realMouse.up()
    await expect(posters).toHaveAccessibleName(/Posters 1/)
    expect(await rowsOf(window, { kind: 'library' })).toHaveLength(3)
    expect(await target.dropped()).toEqual([])
  })
})

test('a drag that stays in the window never leaves the page', async ({ vitrine }) => {
  const { window, cells, target } = await besideAnother(vitrine)
  await ended(target, async () => {
    await ask(window, 'collections.create', { name: 'Posters' })
    const posters = window.getByRole('tree', { name: 'Collections' }).getByRole('treeitem', { name: /^Posters/ })
    await expect(posters).toBeVisible()
    await press(window, cells.nth(0))
    await realMouse.move(...(await middle(window, posters)))
    await expect(window.locator('[data-drag-label]')).toHaveText('1 asset')
    await vitrine.screenshot('drag-inside')
    await window.keyboard.press('Escape')
    await expect(window.locator('[data-drag-label]')).toHaveCount(0)
    realMouse.up()
    await expect(posters).toHaveAccessibleName(/Posters$|Posters 0/)

    await press(window, cells.nth(0))
    await realMouse.move(...(await middle(window, posters)))
    realMouse.up()
    await expect(posters).toHaveAccessibleName(/Posters 1/)
  })
})

test('assets are dragged from one window of the library into another', async ({ vitrine }) => {
  const { app, window } = await vitrine.launch()
  await engineReady(window)
  const paths = await writePictures(join(vitrine.folders.root, 'made'), 3)
  await ask(window, 'imports.start', { paths, options: { space: 'library' }, source: 'window' })
  await expect.poll(() => rowsOf(window, { kind: 'library' }, 'status:available')).toHaveLength(3)
  await ask(window, 'collections.create', { name: 'Posters' })
  await window.getByRole('button', { name: /^All assets/ }).click()
  const opened = app.waitForEvent('window')
  await ask(window, 'shell.newWindow')
  const other = await opened
  const posters = other.getByRole('tree', { name: 'Collections' }).getByRole('treeitem', { name: /^Posters/ })
  await expect(posters).toBeVisible()
  // The front one is above; they stand beside each other, so that it doesn't matter.
  for (const [page, x] of [
    [window, 0],
    [other, 950],
  ] as const) {
    const handle = await app.browserWindow(page)
    await handle.evaluate((one, left) => one.setBounds({ x: left, y: 0, width: 900, height: 600 }), x)
  }
  await expect(window.getByTestId('asset-cell')).toHaveCount(3)
  try {
    await press(window, window.getByTestId('asset-cell').nth(0))
    await expect
      .poll(async () => {
        const [x, y] = await middle(other, posters)
        await realMouse.move(x - 20, y + 2, 4)
        await realMouse.move(x, y, 4)
        return posters.getAttribute('data-drop')
      })
      .not.toBeNull()
    realMouse.up()
    await expect(posters).toHaveAccessibleName(/Posters 1/)
    // As assets, and not as files that are imported.
    expect(await ask(window, 'imports.list')).toHaveLength(1)
    expect(await rowsOf(window, { kind: 'library' })).toHaveLength(3)
  } finally {
    realMouse.up()
  }
})

/** Whatever happens, nobody is left holding the button down, and the other program ends. */
async function ended(target: FileTarget, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } finally {
    realMouse.up()
    await target.close()
  }
}
