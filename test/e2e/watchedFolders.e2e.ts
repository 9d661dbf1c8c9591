import { mkdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { ask, engineReady } from './support/bridge.ts'
import { writePictures } from './support/pictures.ts'
import { expect, test } from './support/test.ts'

test('the settings show watched folders as they are', async ({ vitrine }) => {
  const { window } = await vitrine.launch()
  await engineReady(window)
  const pictures = join(vitrine.folders.root, 'Pictures', 'Renders')
  const portable = join(vitrine.folders.root, 'Portable disk')
  for (const path of [pictures, portable]) mkdirSync(path, { recursive: true })
  await writePictures(pictures, 12)
  await writePictures(portable, 3)
  for (const path of [pictures, portable]) await ask(window, 'watchedFolders.add', { path })
  await expect
    .poll(async () => (await ask(window, 'watchedFolders.list')).map(({ files, state }) => [files, state]))
    .toEqual([
      [12, 'up-to-date'],
      [3, 'up-to-date'],
    ])

  await window.keyboard.press('ControlOrMeta+,')
  const dialog = window.getByRole('dialog', { name: 'Settings' })
  await dialog.getByRole('tab', { name: 'Import' }).click()
  const row = dialog.getByRole('listitem').filter({ hasText: 'Portable disk' })
  await expect(row).toContainText('Up to date')
  renameSync(portable, `${portable} (unplugged)`)
  await expect(row).toContainText('Not there')
  await expect(row).toContainText('connect it')
  await row.scrollIntoViewIfNeeded()
  await vitrine.screenshot('watched-folders')
  await row.getByRole('button', { name: /^Actions for/ }).click()
  await vitrine.screenshot('watched-menu')
  await window.getByRole('menuitem', { name: 'Stop watching…' }).click()
  await expect(window.getByRole('button', { name: 'Cancel' })).toBeInViewport({ ratio: 1 })
  await vitrine.screenshot('watched-removing')
  await window.getByRole('button', { name: 'Keep assets' }).click()
  await expect(row).toHaveCount(0)
  expect(await ask(window, 'watchedFolders.list')).toHaveLength(1)
})
