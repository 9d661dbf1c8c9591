import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeArt } from '../../scripts/demo-art/makeArt.ts'
import { withPngText } from '../../scripts/demo-art/pngText.ts'
import { ask, engineReady } from './support/bridge.ts'
import { expect, test } from './support/test.ts'

/** Above 2^53, as seeds are. */
const SEED = '18446744073709551557'

function parameters(subject: string, seed: string): string {
  return `${subject}, soft light\nNegative prompt: fog\nSteps: 24, Sampler: Euler a, CFG scale: 6, Seed: ${seed}, Size: 960x640, Model: juniper_xl`
}

test('how a picture was made is shown, copied, searched for and shown word for word', async ({ vitrine }) => {
  const { window: page, app } = await vitrine.launch()
  await engineReady(page)
  const source = join(vitrine.folders.root, 'pictures')
  mkdirSync(source)
  const pictures = [
    ['harbour.png', 'a harbour at dusk', SEED],
    ['forest.png', 'a forest in rain', '42'],
  ] as const
  for (const [index, [name, subject, seed]] of pictures.entries()) {
    const png = await makeArt({ seed: index, width: 960, height: 640 }).image.png().toBuffer()
    writeFileSync(join(source, name), withPngText(png, 'parameters', parameters(subject, seed)))
  }
  const { id } = await ask(page, 'imports.start', { paths: [source], options: { space: 'library' }, source: 'window' })
  await expect.poll(async () => (await ask(page, 'imports.get', { id })).state, { timeout: 30_000 }).toBe('done')
  await page.getByRole('button', { name: /^All assets/ }).click()
  const cells = page.getByTestId('asset-cell')
  const search = page.getByRole('combobox', { name: /^Search/ })

  await test.step('each field finds what it should', async () => {
    for (const [query, count] of [
      [`seed:${SEED}`, 1],
      ['model:juniper', 2],
      ['generator:automatic1111', 2],
      ['prompt:harbour', 1],
      ['forest rain', 1],
      ['generator:comfyui', 0],
    ] as const) {
      await search.fill(query)
      await expect(cells, query).toHaveCount(count)
    }
    await search.fill('harbour')
    await expect(cells).toHaveCount(1)
  })

  await test.step('the inspector shows and copies the facts', async () => {
    await cells.first().click()
    const inspector = page.getByRole('complementary', { name: 'Inspector' })
    await expect(inspector.getByText('a harbour at dusk, soft light')).toBeVisible()
    await expect(inspector.getByText(SEED)).toBeVisible()
    await inspector.getByRole('button', { name: 'Copy the seed' }).click()
    expect(await app.evaluate(({ clipboard }) => clipboard.readText())).toBe(SEED)
    await inspector.getByRole('button', { name: 'Copy all of it, as text' }).click()
    const copied = await app.evaluate(({ clipboard }) => clipboard.readText())
    expect(copied).toContain('Negative prompt: fog\nSteps: 24')
    await inspector.getByRole('button', { name: /word for word/ }).click()
    await expect(page.getByRole('dialog').getByText(`Seed: ${SEED}`)).toBeVisible()
    await page.keyboard.press('Escape')
    await inspector.getByRole('button', { name: 'Find all with this model' }).click()
    await expect(search).toHaveValue('model=juniper_xl')
    await expect(cells).toHaveCount(2)
  })
})
