import { copyFileSync, existsSync, mkdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Page } from '@playwright/test'
import { ask, engineReady, rowsOf } from './support/bridge.ts'
import { writePictures } from './support/pictures.ts'
import { expect, test } from './support/test.ts'
import { violationsOf } from './support/violationsOf.ts'

/** Takes pictures into the Library and waits until they are drawn. */
async function importPictures(page: Page, folder: string, count: number): Promise<void> {
  const paths = await writePictures(folder, count)
  const { id } = await ask(page, 'imports.start', { paths, options: { space: 'library' }, source: 'window' })
  await expect
    .poll(
      async () => {
        const { state, processing } = await ask(page, 'imports.get', { id })
        return [state, processing]
      },
      { timeout: 30_000 },
    )
    .toEqual(['done', 0])
}

test('Trash says how long things stay, and nothing goes for good without a question', async ({ vitrine }) => {
  const { window: page } = await vitrine.launch()
  await engineReady(page)
  await importPictures(page, join(vitrine.folders.root, 'made'), 5)
  const rowIds = await rowsOf(page, { kind: 'library' })
  await ask(page, 'assets.trash', { assets: { rowIds: rowIds.slice(0, 4) } })
  const files = await Promise.all(
    (await ask(page, 'assets.cards', { rowIds: rowIds.slice(0, 4) })).map(
      async ({ id }) => (await ask(page, 'assets.get', { id })).original_path,
    ),
  )

  await page.getByRole('button', { name: /^Trash/ }).click()
  const notice = page.getByText('Assets go for good after 30 days here; the first in 30 days.')
  await expect(notice).toBeVisible()
  // Beside the inspector a small window has little room: the text keeps enough of it, and what can be done goes below.
  await page.setViewportSize({ width: 900, height: 600 })
  if ((await page.getByRole('complementary', { name: 'Inspector' }).count()) === 0) await page.keyboard.press('i')
  await expect(page.getByRole('complementary', { name: 'Inspector' })).toBeVisible()
  expect((await notice.boundingBox())?.width).toBeGreaterThan(200)
  await page.setViewportSize({ width: 1280, height: 800 })
  await expect(page.getByTestId('asset-cell')).toHaveCount(4)
  expect(await violationsOf(page)).toEqual([])

  // One of them, by keyboard.
  await page.getByTestId('asset-cell').first().click()
  await page.keyboard.press('Shift+Delete')
  const question = page.getByRole('dialog')
  await expect(question).toContainText('Delete 1 asset for good?')
  expect(await violationsOf(page)).toEqual([])
  await page.keyboard.press('Escape')
  expect(await rowsOf(page, { kind: 'trash' })).toHaveLength(4)
  await page.keyboard.press('Shift+Delete')
  await question.getByRole('button', { name: 'Delete 1 asset' }).click()
  await expect(page.getByTestId('asset-cell')).toHaveCount(3)

  // All of them; one more comes while the question is open.
  await page.getByRole('button', { name: 'Empty Trash…' }).click()
  await expect(question).toContainText('3 assets')
  await ask(page, 'assets.trash', { assets: { rowIds: rowIds.slice(4) } })
  await question.getByRole('button', { name: 'Delete 3 assets' }).click()
  await expect(question.getByRole('alert')).toContainText('4 assets are meant now. Nothing was deleted.')
  expect(await rowsOf(page, { kind: 'trash' })).toHaveLength(4)
  await question.getByRole('button', { name: 'Delete 4 assets' }).click()
  await expect(page.getByText('Trash is empty')).toBeVisible()
  await expect(page.getByRole('status').filter({ hasText: 'Deleted 4 assets for good' })).toBeVisible()
  for (const file of files) expect(existsSync(file)).toBe(false)
})

test('what is selected can stay longer, and the rest of a job is discarded in one step', async ({ vitrine }) => {
  const { window: page } = await vitrine.launch()
  await engineReady(page)
  const { dropFolder } = await ask(page, 'library.info')
  mkdirSync(join(dropFolder, 'run-1'))
  for (const path of await writePictures(join(vitrine.folders.root, 'made'), 3)) {
    copyFileSync(path, join(dropFolder, 'run-1', basename(path)))
  }
  await expect.poll(() => rowsOf(page, { kind: 'workspace' }), { timeout: 30_000 }).toHaveLength(3)
  const job = page.getByRole('button', { name: /^(running, \d+ % ?)?run-1/ })
  await job.click()
  await expect(page.getByTestId('asset-cell')).toHaveCount(3)

  await page.getByTestId('asset-cell').first().click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Keep longer' }).press('ArrowRight')
  await page.getByRole('menuitem', { name: 'Without an end' }).press('Enter')
  await expect
    .poll(async () => {
      const cards = await ask(page, 'assets.cards', { rowIds: await rowsOf(page, { kind: 'workspace' }) })
      return cards.filter(({ expires_at }) => expires_at === null).length
    })
    .toBe(1)
  await expect(page.getByRole('menu')).toHaveCount(0)
  await page.keyboard.press('k')
  await expect(page.getByTestId('asset-cell')).toHaveCount(2)
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Discard the rest of this job' }).click()
  await expect(page.getByText('Drop something here')).toBeVisible()
  expect(await rowsOf(page, { kind: 'trash' })).toHaveLength(2)
  await page.getByRole('button', { name: /^Undo/ }).click()
  await expect(page.getByTestId('asset-cell')).toHaveCount(2)
})

test('how long things stay is a setting that can be undone', async ({ vitrine }) => {
  const { window: page } = await vitrine.launch()
  await engineReady(page)
  // Keys are heard once the window has its library on screen, a moment after the engine has it.
  await page.getByRole('combobox', { name: /^Search/ }).waitFor()
  await page.keyboard.press('ControlOrMeta+,')
  const dialog = page.getByRole('dialog', { name: 'Settings' })
  await dialog.getByRole('tab', { name: 'Cleaning up' }).click()
  const days = dialog.getByRole('textbox', { name: 'Days until a Workspace asset goes to Trash' })
  await days.fill('0')
  await expect(dialog.getByRole('alert')).toContainText('from 1 to 3650')
  await days.fill('14')
  await days.press('Enter')
  await expect(dialog.getByText('What is not kept within 14 days goes to Trash by itself.')).toBeVisible()
  expect(await ask(page, 'lifecycle.policy')).toMatchObject({ expiryDays: 14 })

  await dialog.getByRole('switch', { name: 'What is not kept leaves the Workspace by itself' }).click()
  await expect(dialog.getByText('Nothing in the Workspace expires.')).toBeVisible()
  expect(await ask(page, 'lifecycle.policy')).toMatchObject({ expiryDays: null })
  expect(await violationsOf(page)).toEqual([])
  await ask(page, 'history.undo')
  await expect(days).toHaveValue('14')

  await dialog.getByRole('switch', { name: 'What is not kept leaves the Workspace by itself' }).click()
  await page.keyboard.press('Escape')
  await expect(page.getByText('Keep what is good, and discard the rest.')).toBeVisible()
})
