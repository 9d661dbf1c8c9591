import { join } from 'node:path'
import { ask, engineReady, rowsOf } from './support/bridge.ts'
import { writePictures } from './support/pictures.ts'
import { expect, test } from './support/test.ts'
import { violationsOf } from './support/violationsOf.ts'

test('lines and controls are as close together as a person wants them', async ({ vitrine }) => {
  const { window, app } = await vitrine.launch()
  await engineReady(window)
  const paths = await writePictures(join(vitrine.folders.root, 'made'), 8)
  await ask(window, 'imports.start', { paths, options: { space: 'library' }, source: 'window' })
  await expect.poll(() => rowsOf(window, { kind: 'library' }, 'status:available')).toHaveLength(8)
  for (const name of ['Clients', 'Posters', 'Drafts']) await ask(window, 'collections.create', { name })
  await window.getByRole('button', { name: /^All assets/ }).click()
  await window.getByRole('radio', { name: 'List' }).click()
  const cells = window.getByTestId('asset-cell')
  await expect(cells).toHaveCount(8)
  const height = async () => ({
    row: (await cells.first().boundingBox())?.height,
    line: (await window.getByRole('treeitem', { name: /^Posters/ }).boundingBox())?.height,
  })
  expect(await height()).toEqual({ row: 44, line: 28 })

  const choose = async (name: string) => {
    await window.keyboard.press('ControlOrMeta+,')
    const dialog = window.getByRole('dialog', { name: 'Settings' })
    await dialog.getByRole('tab', { name: 'Appearance' }).click()
    await dialog.getByRole('radio', { name }).click()
    await vitrine.screenshot(`density-setting-${name.toLowerCase()}`)
    await window.keyboard.press('Escape')
    await expect(dialog).toHaveCount(0)
  }
  for (const [name, row, line] of [
    ['Compact', 38, 24],
    ['Roomy', 58, 34],
  ] as const) {
    await choose(name)
    await expect.poll(height).toEqual({ row, line })
    for (const [colorScheme, width, tall] of [
      ['dark', 1440, 900],
      ['light', 900, 600],
    ] as const) {
      await app.evaluate(
        ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setSize(size[0] ?? 0, size[1] ?? 0),
        [width, tall],
      )
      await window.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await cells.first().click()
      expect(await violationsOf(window)).toEqual([])
      await vitrine.screenshot(`density-${name.toLowerCase()}-${width}`)
    }
  }
})
