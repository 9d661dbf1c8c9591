import { copyFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { ask, engineReady, rowsOf } from './support/bridge.ts'
import { writePictures } from './support/pictures.ts'
import { expect, test, type VitrineUnderTest } from './support/test.ts'

const COUNT = 24

/** Starts the app with pictures in the Workspace. */
async function withPictures(vitrine: VitrineUnderTest): Promise<{ window: Page; cells: Locator; selected: Locator }> {
  const { window } = await vitrine.launch()
  await engineReady(window)
  const library = await ask(window, 'library.info')
  for (const path of await writePictures(join(vitrine.folders.root, 'made'), COUNT)) {
    copyFileSync(path, join(library.dropFolder, basename(path)))
  }
  await expect.poll(() => rowsOf(window, { kind: 'workspace' }), { timeout: 30_000 }).toHaveLength(COUNT)
  await expect
    .poll(async () => (await ask(window, 'imports.list')).every(({ processing }) => processing === 0))
    .toBe(true)
  const cells = window.getByTestId('asset-cell')
  return { window, cells, selected: window.getByRole('option', { selected: true }) }
}

const rowIdOf = (cell: Locator) => cell.getAttribute('data-row-id')

test('one key after the other works through the Workspace', async ({ vitrine }) => {
  const { window, cells, selected } = await withPictures(vitrine)
  const order = (await rowsOf(window, { kind: 'workspace' })).reverse().map(String)
  await cells.first().click()
  for (const [index, key] of ['k', 'x', 'k', 'k'].entries()) {
    await expect(selected).toHaveAttribute('data-row-id', order[index] ?? '')
    await window.keyboard.press(key)
  }
  await expect(selected).toHaveAttribute('data-row-id', order[4] ?? '')
  expect(await rowsOf(window, { kind: 'library' })).toHaveLength(3)
  expect(await rowsOf(window, { kind: 'trash' })).toHaveLength(1)
  await window.getByRole('button', { name: /^Undo/ }).click()
  await expect.poll(() => rowsOf(window, { kind: 'library' })).toHaveLength(2)
})

test('the keyboard reaches, selects, rates and marks assets', async ({ vitrine }) => {
  const { window, selected } = await withPictures(vitrine)
  await window.keyboard.press('Home')
  await window.keyboard.press('Shift+ArrowRight')
  await window.keyboard.press('Shift+ArrowRight')
  await expect(selected).toHaveCount(3)
  await window.keyboard.press('4')
  await window.keyboard.press('f')
  await expect(window.getByRole('option', { name: /Favourite, 4 of 5 stars/ })).toHaveCount(3)
  await window.keyboard.press('End')
  await expect(selected).toHaveCount(1)
  await expect(selected).toBeInViewport()
  await window.keyboard.press('ControlOrMeta+a')
  await expect(window.getByText(`${COUNT} of ${COUNT} selected`)).toBeVisible()
  await window.keyboard.press('Escape')
  await expect(selected).toHaveCount(0)
})

test('dragging assets onto a collection fills it, and deleting it can be undone', async ({ vitrine }) => {
  const { window, cells } = await withPictures(vitrine)
  await window.keyboard.press('ControlOrMeta+n')
  await window.keyboard.type('Posters')
  await window.keyboard.press('Enter')
  await expect(window.getByRole('heading', { name: 'Posters', exact: true })).toBeVisible()
  await window.getByRole('button', { name: /^Workspace/ }).click()
  await cells.nth(0).click()
  await window.keyboard.press('k')
  await expect.poll(() => rowsOf(window, { kind: 'library' })).toHaveLength(1)
  await window.getByRole('button', { name: /^All assets/ }).click()
  await expect(cells).toHaveCount(1)
  const posters = window.getByRole('navigation', { name: 'Places' }).getByRole('treeitem', { name: /^Posters/ })
  await cells.nth(0).dragTo(posters)
  await expect(posters).toHaveAccessibleName(/Posters 1/)

  await posters.click({ button: 'right' })
  await window.getByRole('menuitem', { name: 'Delete collection' }).click()
  await expect(posters).toHaveCount(0)
  await window.keyboard.press('ControlOrMeta+z')
  await expect(posters).toHaveAccessibleName(/Posters 1/)
})

test('typing finds, says when nothing was found, and never runs a shortcut', async ({ vitrine }) => {
  const { window, cells } = await withPictures(vitrine)
  await cells.first().click()
  await window.keyboard.press('/')
  await window.keyboard.type('kxkx')
  await expect(window.getByRole('heading', { name: 'Nothing matches “kxkx”' })).toBeVisible()
  expect(await rowsOf(window, { kind: 'workspace' })).toHaveLength(COUNT)
  await window.getByRole('button', { name: 'Clear the search' }).last().click()
  await expect(cells.first()).toBeVisible()
})

test('view, layout, size, panels, selection and place survive a restart', async ({ vitrine }) => {
  const { window, cells, selected } = await withPictures(vitrine)
  await window.getByRole('radio', { name: 'List' }).click()
  await window.keyboard.press('ControlOrMeta+b')
  await window.getByRole('button', { name: 'Info' }).click()
  await cells.first().click()
  await window.keyboard.press('End')
  await expect(selected).toBeInViewport()
  const chosen = await rowIdOf(selected)
  const scrolled = await window.getByTestId('grid').evaluate((grid) => grid.scrollTop)
  expect(scrolled).toBeGreaterThan(0)
  await expect
    .poll(async () => (await ask(window, 'shell.info')).settings.window)
    .toMatchObject({ layout: 'list', sidebar: false, inspector: false, focus: Number(chosen) })

  const again = await vitrine.launch()
  await engineReady(again.window)
  const selectedAgain = again.window.getByRole('option', { selected: true })
  await expect(selectedAgain).toHaveAttribute('data-row-id', chosen ?? '')
  await expect(selectedAgain).toBeInViewport()
  await expect(again.window.getByRole('radio', { name: 'List' })).toBeChecked()
  await expect(again.window.getByRole('navigation', { name: 'Places' })).toHaveCount(0)
  await expect(again.window.getByRole('complementary', { name: 'Inspector' })).toHaveCount(0)
})
