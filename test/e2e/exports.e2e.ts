import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { ask, engineReady, rowsOf } from './support/bridge.ts'
import type { RunningVitrine } from './support/launchVitrine.ts'
import { writePictures } from './support/pictures.ts'
import { expect, test, type VitrineUnderTest } from './support/test.ts'
import { violationsOf } from './support/violationsOf.ts'

/** Kept pictures of the real pipeline, shown in the Library. */
async function openLibrary(
  vitrine: VitrineUnderTest,
  count: number,
): Promise<{ app: RunningVitrine['app']; page: Page; made: string[] }> {
  const { app, window: page } = await vitrine.launch()
  await engineReady(page)
  const made = await writePictures(join(vitrine.folders.root, 'made'), count)
  await ask(page, 'imports.start', { paths: made, options: { space: 'library', mode: 'copy' }, source: 'window' })
  await page.getByRole('button', { name: /^All assets/ }).click()
  await expect(page.getByTestId('asset-cell')).toHaveCount(count)
  await expect
    .poll(() => rowsOf(page, { kind: 'library' }, 'status:available'), { timeout: 30_000 })
    .toHaveLength(count)
  return { app, page, made }
}

/** What the system's dialog would answer. */
async function chooseFolder(app: RunningVitrine['app'], folder: string): Promise<void> {
  await app.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] })
  }, folder)
}

test('a selection is exported for the web by keyboard, and the library stays as it is', async ({ vitrine }) => {
  const { app, page } = await openLibrary(vitrine, 3)
  const target = join(vitrine.folders.root, 'out')
  mkdirSync(target)
  await chooseFolder(app, target)
  await page.getByTestId('asset-cell').first().click()
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Control+Shift+E')
  const dialog = page.getByRole('dialog', { name: 'Export 3 assets' })
  await expect(dialog).toBeVisible()
  await dialog.getByRole('radio', { name: 'For the web' }).click()
  const names = dialog.getByRole('textbox', { name: 'Names' })
  await names.fill('{nmae}')
  await expect(dialog.getByRole('button', { name: 'Choose folder…' })).toBeDisabled()
  await names.fill('pier-{number:2}')
  expect(await violationsOf(page)).toEqual([])
  await vitrine.screenshot('export-web')
  await names.press('Enter')
  await expect(page.getByRole('status').filter({ hasText: /^Exported 3 assets as \d+ files/ })).toBeVisible()
  const made = readdirSync(target)
  expect(made.length).toBeGreaterThanOrEqual(3)
  expect(made.every((name) => /^pier-0[123]-\d+w\.webp$/.test(name))).toBe(true)
  expect(await rowsOf(page, { kind: 'library' })).toHaveLength(3)
})

test('settings of an export are saved under a name, chosen in the next window, changed, renamed and deleted', async ({
  vitrine,
}) => {
  const { page } = await openLibrary(vitrine, 1)
  const open = async (window: Page) => {
    await window.getByTestId('asset-cell').first().click()
    await window.keyboard.press('Control+Shift+E')
    return window.getByRole('dialog', { name: 'Export 1 asset' })
  }
  const saved = async (window: Page) => (await ask(window, 'shell.info')).settings.exports
  const dialog = await open(page)
  await dialog.getByRole('radio', { name: 'My own' }).click()
  await dialog.getByRole('radio', { name: 'WebP' }).click()
  await dialog.getByRole('radio', { name: 'Widths' }).click()
  await expect(dialog.getByRole('textbox', { name: 'Widths in pixels' })).toHaveValue('480, 768, 1024, 1920')
  await dialog.getByRole('switch', { name: /^Keep what the files say/ }).click()
  await dialog.getByRole('textbox', { name: 'Names' }).fill('shop-{name}')
  await dialog.getByRole('button', { name: 'Save these settings…' }).press('Enter')
  const name = dialog.getByRole('textbox', { name: 'Name of the preset' })
  await name.fill('For the shop')
  await name.press('Enter')
  await expect(dialog.getByRole('radio', { name: 'For the shop' })).toBeChecked()
  await expect
    .poll(() => saved(page))
    .toMatchObject([
      {
        name: 'For the shop',
        export: {
          format: 'webp',
          size: { kind: 'widths', widths: [480, 768, 1024, 1920] },
          keepMetadata: false,
          names: 'shop-{name}',
        },
      },
    ])
  // A name that is taken is refused, and Esc leaves the field and not the dialog.
  await dialog.getByRole('button', { name: 'Save these settings…' }).click()
  await name.fill('for the SHOP')
  await name.press('Enter')
  await expect(dialog.getByRole('alert')).toContainText('Another preset has this name')
  await name.press('Escape')
  await expect(name).toHaveCount(0)
  expect(await violationsOf(page)).toEqual([])
  await vitrine.screenshot('export-presets')

  const again = (await vitrine.launch()).window
  await engineReady(again)
  await expect(again.getByTestId('asset-cell')).toHaveCount(1)
  const next = await open(again)
  const preset = next.getByRole('radio', { name: 'For the shop' })
  await expect(preset).toBeChecked()
  await next.getByRole('textbox', { name: 'Names' }).fill('{title}')
  expect((await saved(again))[0]?.export.names).toBe('shop-{name}')
  await next.getByRole('button', { name: 'Save changes' }).click()
  await expect.poll(async () => (await saved(again))[0]?.export.names).toBe('{title}')
  await preset.press('F2')
  const renamed = next.getByRole('textbox', { name: 'Name of the preset' })
  await renamed.fill('Shop window')
  await renamed.press('Enter')
  await expect(next.getByRole('radio', { name: 'Shop window' })).toBeChecked()
  await next.getByRole('radio', { name: 'Shop window' }).press('Delete')
  await expect(next.getByRole('radio', { name: 'Shop window' })).toHaveCount(0)
  await expect.poll(() => saved(again)).toEqual([])
  await next.getByRole('button', { name: 'Undo' }).click()
  await expect(next.getByRole('radio', { name: 'Shop window' })).toBeChecked()
})

test('many are renamed by a pattern that shows what it will do, and get their names back', async ({ vitrine }) => {
  const { page } = await openLibrary(vitrine, 3)
  const namesNow = async () => {
    const cards = await ask(page, 'assets.cards', { rowIds: await rowsOf(page, { kind: 'library' }) })
    return cards.map(({ file_name }) => file_name).sort()
  }
  const before = await namesNow()
  await page.getByTestId('asset-cell').first().click()
  await page.keyboard.press('Control+a')
  await page.keyboard.press('F2')
  const dialog = page.getByRole('dialog', { name: 'Rename 3 assets' })
  await dialog.getByRole('textbox', { name: 'Names' }).fill('Harbour ')
  await dialog.getByRole('button', { name: '{number}', exact: true }).click()
  await expect(dialog.getByRole('list', { name: 'Names as they will be' })).toContainText('Harbour 1.')
  expect(await violationsOf(page)).toEqual([])
  await vitrine.screenshot('rename')
  await page.keyboard.press('Enter')
  await expect
    .poll(namesNow)
    .toEqual([1, 2, 3].map((number) => expect.stringMatching(new RegExp(`^Harbour ${number}\\.`))))
  await page.keyboard.press('Control+z')
  await expect.poll(namesNow).toEqual(before)
})
