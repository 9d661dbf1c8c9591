import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { makeArt } from '../../scripts/demo-art/makeArt.ts'
import { withPngText } from '../../scripts/demo-art/pngText.ts'
import { ask, engineReady, rowsOf } from './support/bridge.ts'
import { expect, test } from './support/test.ts'

const PARAMETERS =
  'a harbour at dusk\nNegative prompt: fog\nSteps: 24, Sampler: Euler a, CFG scale: 6, Seed: 18446744073709551557, Size: 960x640, Model: juniper'

test('alike pictures are shown side by side, and one key press keeps the better one', async ({ vitrine }) => {
  const { window: page } = await vitrine.launch()
  await engineReady(page)
  const source = join(vitrine.folders.root, 'pictures')
  mkdirSync(source)
  const large = await makeArt({ seed: 3, width: 960, height: 640 }).image.png().toBuffer()
  await sharp(withPngText(large, 'parameters', PARAMETERS))
    .keepMetadata()
    .png()
    .toFile(join(source, 'original.png'))
  await sharp(large).resize(480).jpeg({ quality: 70 }).toFile(join(source, 'for-the-web.jpg'))
  await sharp(await makeArt({ seed: 9, width: 960, height: 640 }).image.png().toBuffer()).toFile(
    join(source, 'other.png'),
  )
  const { id } = await ask(page, 'imports.start', { paths: [source], options: { space: 'library' }, source: 'window' })
  await expect.poll(async () => (await ask(page, 'imports.get', { id })).state, { timeout: 30_000 }).toBe('done')

  await page.getByRole('button', { name: 'Duplicates' }).click()
  const group = page.getByRole('listitem').filter({ hasText: 'Look alike' })
  await expect(group).toHaveCount(1)
  await expect(group).toContainText('more pixels')
  await expect(group.getByRole('radio', { name: 'Keep “original.png”' })).toBeChecked()

  await group.getByRole('button', { name: 'Compare' }).press('Enter')
  await expect(page.getByTestId('compare')).toHaveAccessibleName('Compare 2 assets')
  await page.keyboard.press('Escape')
  await expect(group.getByRole('button', { name: 'Compare' })).toBeFocused()

  await group.getByRole('button', { name: 'Move the other one to Trash' }).press('Enter')
  await expect(page.getByText('No duplicates')).toBeVisible()
  expect(await rowsOf(page, { kind: 'trash' })).toHaveLength(1)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(group).toHaveCount(1)

  await group.getByRole('button', { name: 'Not duplicates' }).click()
  await expect(page.getByText('No duplicates')).toBeVisible()
  expect(await rowsOf(page, { kind: 'library' })).toHaveLength(3)
})
