import { copyFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { ask, engineReady, rowsOf } from './support/bridge.ts'
import { writePictures } from './support/pictures.ts'
import { expect, test } from './support/test.ts'

/** What axe finds wrong by WCAG 2.2 AA, as one line for each rule and the elements that break it. */
async function violationsOf(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    // Electron has no way to open the blank page that axe would otherwise finish its run in.
    .setLegacyMode(true)
    .analyze()
  return violations.map(({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map(({ html }) => html).join('\n  ')}`)
}

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
