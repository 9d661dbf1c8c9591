import { copyFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { ask, engineReady, rowsOf } from './support/bridge.ts'
import { writePictures } from './support/pictures.ts'
import { expect, test } from './support/test.ts'

test('two windows of one library: each its own view, what one changes the other shows', async ({ vitrine }) => {
  const running = await vitrine.launch()
  const { window: first, app } = running
  await engineReady(first)
  const library = await ask(first, 'library.info')
  for (const path of await writePictures(join(vitrine.folders.root, 'made'), 3)) {
    copyFileSync(path, join(library.dropFolder, basename(path)))
  }
  await expect(first.getByTestId('asset-cell')).toHaveCount(3)

  const opening = app.waitForEvent('window')
  await first.keyboard.press('ControlOrMeta+Shift+n')
  const second = await opening
  await second.getByRole('combobox', { name: /^Search/ }).waitFor()
  await second.getByRole('button', { name: /^All assets/ }).click()
  await expect(second.getByTestId('asset-cell')).toHaveCount(0)
  await expect(first.getByTestId('asset-cell')).toHaveCount(3)

  await first.getByTestId('asset-cell').first().click()
  await first.keyboard.press('k')
  await expect(second.getByTestId('asset-cell')).toHaveCount(1)
  await expect(first.getByTestId('asset-cell')).toHaveCount(2)
  await second.getByTestId('asset-cell').first().click()
  await second.keyboard.press('ControlOrMeta+z')
  await expect(first.getByTestId('asset-cell')).toHaveCount(3)

  // What is set in one holds in the other.
  await ask(second, 'shell.settings', { theme: 'light' })
  await expect(first.locator('html')).toHaveAttribute('data-theme', 'light')

  // The native menu is that of the window in front, and every command in it is one of the page.
  await expect
    .poll(() =>
      app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('new-window')?.accelerator ?? null),
    )
    .toBe('CmdOrCtrl+Shift+N')
  await second.getByRole('radio', { name: 'List' }).click()
  await expect.poll(async () => (await ask(second, 'shell.info')).settings.window.layout).toBe('list')
  await app.evaluate(({ BrowserWindow }) => {
    const [, other] = BrowserWindow.getAllWindows()
      .filter((one) => one.isVisible())
      .toSorted((a, b) => a.id - b.id)
    other?.setBounds({ x: 40, y: 60, width: 900, height: 600 })
  })
  await expect
    .poll(() => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((one) => one.getBounds().width)))
    .toContain(900)
  // Longer than a new place takes to be stored.
  await first.waitForTimeout(800)

  const again = await vitrine.launch()
  await expect.poll(() => again.app.windows().length).toBe(2)
  for (const page of again.app.windows()) await page.getByRole('combobox', { name: /^Search/ }).waitFor()
  const layouts = await Promise.all(
    again.app.windows().map(async (page) => (await ask(page, 'shell.info')).settings.window.layout),
  )
  expect(layouts.toSorted()).toEqual(['justified', 'list'])
  expect(
    await again.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((one) => one.getBounds().width)),
  ).toContain(900)

  // A window that is closed while another stays is not opened again.
  const [closing] = again.app.windows()
  await closing?.close()
  // Also for the shell, which would else take it for one of those that the end of the program closes.
  await expect.poll(() => again.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
  const last = await vitrine.launch()
  await engineReady(last.window)
  expect(await rowsOf(last.window, { kind: 'workspace' })).toHaveLength(3)
  expect(last.app.windows()).toHaveLength(1)
})
