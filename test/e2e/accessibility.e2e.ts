import { copyFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { ask, engineReady, rowsOf } from './support/bridge.ts'
import { writePictures } from './support/pictures.ts'
import { expect, test } from './support/test.ts'
import { violationsOf } from './support/violationsOf.ts'

for (const colorScheme of ['dark', 'light'] as const) {
  test(`the main screens are accessible in ${colorScheme} colours`, async ({ vitrine }) => {
    const { window } = await vitrine.launch()
    await engineReady(window)
    await window.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await test.step('empty', async () => expect(await violationsOf(window)).toEqual([]))

    const library = await ask(window, 'library.info')
    for (const path of await writePictures(join(vitrine.folders.root, 'made'), 4)) {
      copyFileSync(path, join(library.dropFolder, basename(path)))
    }
    await expect.poll(() => rowsOf(window, { kind: 'workspace' })).toHaveLength(4)
    await expect(window.getByTestId('asset-cell')).toHaveCount(4)
    await test.step('grid', async () => expect(await violationsOf(window)).toEqual([]))

    await window.getByTestId('asset-cell').first().click()
    await test.step('selection and inspector', async () => expect(await violationsOf(window)).toEqual([]))

    await window.keyboard.press('Enter')
    await test.step('viewer', async () => expect(await violationsOf(window)).toEqual([]))
    await vitrine.screenshot(`viewer-${colorScheme}`)
  })
}
