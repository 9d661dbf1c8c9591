import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ask, engineReady, rowsOf } from './support/bridge.ts'
import { writePictures } from './support/pictures.ts'
import { expect, test } from './support/test.ts'
import { violationsOf } from './support/violationsOf.ts'

test('the storage screen says what takes how much, warns of quotas, and leads to what it counts', async ({
  vitrine,
}) => {
  const { window: page } = await vitrine.launch()
  await engineReady(page)
  const paths = await writePictures(join(vitrine.folders.root, 'made'), 6)
  const { id } = await ask(page, 'imports.start', { paths, options: { space: 'library' }, source: 'window' })
  await expect.poll(async () => (await ask(page, 'imports.get', { id })).state, { timeout: 30_000 }).toBe('done')
  const [first] = await rowsOf(page, { kind: 'library' })
  await ask(page, 'assets.trash', { assets: { rowIds: [first ?? 0] } })

  // A quota that is nearly used up is told of wherever a person is.
  const { library } = await ask(page, 'storage.quotas')
  await ask(page, 'lifecycle.configure', { quotaBytes: Math.ceil(library.used / 0.97) })
  await expect(page.getByRole('status').filter({ hasText: 'The library is nearly full' })).toBeVisible()
  await page.getByRole('button', { name: 'Open Storage' }).click()

  const screen = page.getByRole('region', { name: 'Storage', exact: true })
  await expect(screen.getByText(/^Nearly full · 9[67]\s%$/)).toBeVisible()
  await expect(page.getByText('The library is nearly full')).toHaveCount(0)
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    expect(await violationsOf(page)).toEqual([])
    await vitrine.screenshot(`storage-${colorScheme}`)
  }

  await screen.getByRole('button', { name: 'Show: Trash' }).click()
  await expect(page.getByTestId('asset-cell')).toHaveCount(1)
  await page.getByRole('button', { name: /^Storage/ }).click()
  await screen.getByRole('button', { name: /^Images\s*5 assets/ }).press('Enter')
  await expect(page.getByRole('combobox', { name: /^Search/ })).toHaveValue('type:image')
  await expect(page.getByTestId('asset-cell')).toHaveCount(5)
})

test('what is known of a selection goes into a table, and the library can be checked', async ({ vitrine }) => {
  const { window: page, app } = await vitrine.launch()
  await engineReady(page)
  const paths = await writePictures(join(vitrine.folders.root, 'made'), 3)
  const { id } = await ask(page, 'imports.start', { paths, options: { space: 'library' }, source: 'window' })
  await expect.poll(async () => (await ask(page, 'imports.get', { id })).state, { timeout: 30_000 }).toBe('done')
  await page.getByRole('button', { name: /^All assets/ }).click()
  await expect(page.getByTestId('asset-cell')).toHaveCount(3)

  // The system's own dialog is the one thing that no test can press.
  const target = join(vitrine.folders.root, 'table.csv')
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath })
  }, target)
  await page.getByTestId('asset-cell').first().click()
  await page.getByTestId('asset-cell').first().click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Export metadata' }).press('ArrowRight')
  await page.getByRole('menuitem', { name: 'As CSV…' }).press('Enter')
  await expect(page.getByRole('status').filter({ hasText: 'Exported 1 asset to' })).toBeVisible()
  expect(readFileSync(target, 'utf8').trim().split('\r\n')).toHaveLength(2)

  await page.getByRole('button', { name: /^Library:/ }).click()
  await page.getByRole('menuitem', { name: 'Check library…' }).press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Check the library' })
  await dialog.getByRole('button', { name: 'Check', exact: true }).press('Enter')
  await expect(dialog.getByRole('status')).toContainText('Everything is as it should be')
  await expect(dialog).toContainText('3 files')
  expect(await violationsOf(page)).toEqual([])
})

test('the folders of a disk become collections', async ({ vitrine }) => {
  const { window: page, app } = await vitrine.launch()
  await engineReady(page)
  const folder = join(vitrine.folders.root, 'Clients')
  await writePictures(join(folder, 'Moreau', 'Spring'), 2, 1)
  await writePictures(join(folder, 'Ito'), 1, 2)
  await app.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] })
  }, folder)
  await page.getByRole('button', { name: /^Library:/ }).click()
  await page.getByRole('menuitem', { name: 'Import a folder as collections…' }).press('Enter')
  await expect(page.getByText('Adding 3 files to the Library; their folders become collections')).toBeVisible()
  const paths = async () => {
    const collections = await ask(page, 'collections.list')
    const pathOf = (id: string | null): string => {
      const found = collections.find((collection) => collection.id === id)
      return found === undefined ? '' : `${pathOf(found.parent_id)}/${found.name}`
    }
    return collections
      .filter(({ is_permanent }) => !is_permanent)
      .map(({ id, asset_count }) => [pathOf(id), asset_count])
  }
  await expect
    .poll(async () => (await paths()).filter(([, assets]) => assets !== 0).toSorted(), { timeout: 30_000 })
    .toEqual([
      ['/Clients/Ito', 1],
      ['/Clients/Moreau/Spring', 2],
    ])
})

test('the rules of a bucket are set from a preset and by hand', async ({ vitrine }) => {
  const { window: page } = await vitrine.launch()
  await engineReady(page)
  const path = join(vitrine.folders.root, 'Cloud drive')
  mkdirSync(path)
  await ask(page, 'remotes.add', { role: 'library', location: { kind: 'folder', path, prefix: '' } })
  const line = page.getByRole('button', { name: /Open the sync centre/ })
  // Until the window knows of the remote, the line offers to add one.
  await expect(line).not.toHaveAccessibleName(/On this computer only/)
  await line.click()
  await page.getByRole('button', { name: /^Actions for/ }).click()
  await page.getByRole('menuitem', { name: 'Rules…' }).press('Enter')
  const dialog = page.getByRole('dialog', { name: /^Rules of/ })
  await dialog.getByLabel('Start from').selectOption('videos')
  await dialog.getByLabel('Quota').fill('lots')
  await dialog.getByRole('button', { name: 'Save rules' }).click()
  await expect(dialog.getByRole('alert')).toContainText('Give a size such as 500 GB')
  expect(await violationsOf(page)).toEqual([])
  await dialog.getByLabel('Quota').fill('1.5 TB')
  await dialog.getByRole('button', { name: 'Save rules' }).click()
  await expect(page.getByText('only video · 1.5 TB altogether · public')).toBeVisible()
  const [remote] = await ask(page, 'remotes.list')
  expect(remote?.policy).toMatchObject({ quotaBytes: 1_500_000_000_000, visibility: 'public' })
})
