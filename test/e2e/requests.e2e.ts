import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { makeArt } from '../../scripts/demo-art/makeArt.ts'
import { withPngText } from '../../scripts/demo-art/pngText.ts'
import { ask, engineReady, rowsOf } from './support/bridge.ts'
import { writePictures } from './support/pictures.ts'
import { expect, test, type VitrineUnderTest } from './support/test.ts'
import { violationsOf } from './support/violationsOf.ts'

/** Takes a folder into the Library and shows it. */
async function importIntoLibrary(page: Page, folder: string): Promise<void> {
  const { id } = await ask(page, 'imports.start', { paths: [folder], options: { space: 'library' }, source: 'window' })
  await expect.poll(async () => (await ask(page, 'imports.get', { id })).state, { timeout: 30_000 }).toBe('done')
  await page.getByRole('button', { name: /^All assets/ }).click()
}

/** The window on so many pictures in the Library. */
async function withPictures(vitrine: VitrineUnderTest, count: number) {
  const { window: page } = await vitrine.launch()
  await engineReady(page)
  await page.emulateMedia({ reducedMotion: 'reduce' })
  const pictures = join(vitrine.folders.root, 'pictures')
  await writePictures(pictures, count)
  await importIntoLibrary(page, pictures)
  const cells = page.getByTestId('asset-cell')
  await expect(cells).toHaveCount(count)
  return { page, cells }
}

test('a request is made with references, its run comes in by its folder, another run is assigned', async ({
  vitrine,
}) => {
  const { page, cells } = await withPictures(vitrine, 3)

  await test.step('references come from the selection', async () => {
    await cells.nth(0).click()
    await cells.nth(1).click({ modifiers: ['ControlOrMeta'] })
    await cells.nth(1).click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Use as reference in…' }).click()
    await expect(page.getByRole('dialog', { name: 'Use 2 assets as reference' })).toBeVisible()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'New request' })
    await dialog.getByRole('button', { name: 'Create request' }).click()
    await expect(dialog.getByText('A request needs a prompt.')).toBeVisible()
    await dialog.getByLabel('Prompt').fill('a lighthouse in the style of these two')
    await dialog.getByLabel('Settings for the generator').fill('{"steps": 30}')
    expect(await violationsOf(page)).toEqual([])
    await dialog.getByLabel('Prompt').press('ControlOrMeta+Enter')
  })

  const card = page.getByRole('listitem').filter({ hasText: 'a lighthouse in the style of these two' }).first()
  await expect(card).toContainText('Waiting')
  await expect(card).toContainText('steps 30')
  const [request] = await ask(page, 'requests.list')
  if (request === undefined) throw new Error('The request is not there.')

  await test.step('references are arranged and taken out by the keyboard', async () => {
    const names = () => card.getByRole('list', { name: /references?$/ }).getByRole('button', { name: /, reference/ })
    const before = request.references.map(({ id }) => id)
    await names().first().press('Alt+ArrowRight')
    await expect
      .poll(async () => (await ask(page, 'requests.get', { id: request.id })).references.map(({ id }) => id))
      .toEqual(before.toReversed())
    await names().first().press('Delete')
    await expect(names()).toHaveCount(1)
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(names()).toHaveCount(2)
    expect(await violationsOf(page)).toEqual([])
  })

  await test.step('a generator is given the addresses of its references, once there is a place for them', async () => {
    const open = async () => {
      await card.getByRole('button', { name: 'More' }).click()
      await page.getByRole('menuitem', { name: 'Addresses of its references…' }).click()
    }
    const dialog = page.getByRole('dialog', { name: 'Addresses of the references' })
    await open()
    await expect(dialog.getByRole('alert')).toContainText('no remote for references')
    await expect(dialog.getByRole('button', { name: 'Add a Remote…' })).toBeVisible()
    await page.keyboard.press('Escape')
    const place = join(vitrine.folders.root, 'for the generator')
    mkdirSync(place)
    const location = { kind: 'folder' as const, path: place, prefix: '' }
    await ask(page, 'remotes.add', { role: 'references', location })
    await open()
    await expect(dialog.getByRole('listitem')).toHaveCount(2)
    await vitrine.screenshot('reference-addresses')
    expect(await violationsOf(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Copy 2 Addresses' }).click()
    await expect(page.getByText('Copied 2 addresses')).toBeVisible()
    await page.keyboard.press('Escape')
    const copies = readdirSync(place, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    expect(copies).toHaveLength(2)
  })

  await test.step('what a generator writes into the folder of the request is its output', async () => {
    const { drop_folder: folder } = await ask(page, 'requests.get', { id: request.id })
    await writePictures(folder, 2, 5)
    await expect(card).toContainText('2 outputs', { timeout: 30_000 })
    await expect(card.getByRole('button', { name: /^Show run/ })).toHaveCount(1)
  })

  await test.step('another run is assigned by hand', async () => {
    const { dropFolder } = await ask(page, 'library.info')
    await writePictures(join(dropFolder, 'night-run'), 1, 9)
    await page.getByRole('button', { name: /^Workspace/ }).click()
    await page.getByRole('button', { name: /night-run/ }).click()
    await expect(page.getByText('This run belongs to no request.')).toBeVisible()
    await page.getByRole('button', { name: 'Assign…' }).click()
    await page.getByRole('option', { name: /a lighthouse/ }).click()
    await expect(page.getByText('Run of “a lighthouse in the style of these two”')).toBeVisible()
    await page.getByRole('button', { name: 'Show request' }).click()
    await expect(card).toContainText('3 outputs')
    expect((await ask(page, 'requests.get', { id: request.id })).jobs).toHaveLength(2)
  })

  await test.step('its outputs are found, and say where they came from', async () => {
    await card.getByRole('button', { name: 'Show outputs' }).click()
    await expect(cells).toHaveCount(3)
    await cells.first().click()
    const inspector = page.getByRole('complementary', { name: 'Inspector' })
    await inspector.getByRole('button', { name: /^Show the request “a lighthouse/ }).click()
    await expect(card).toBeVisible()
  })

  await test.step('it is cancelled, opened again, changed and deleted, all with undo', async () => {
    const choose = async (name: string) => {
      await card.getByRole('button', { name: 'More' }).click()
      await page.getByRole('menuitem', { name }).click()
    }
    await choose('Nothing more is wanted')
    await expect(card).toContainText('Cancelled')
    await choose('Open again')
    await expect(card).not.toContainText('Cancelled')
    await choose('Edit…')
    const dialog = page.getByRole('dialog', { name: 'Edit request' })
    await dialog.getByLabel('Settings for the generator').fill('{')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(dialog.getByText('This is not JSON.')).toBeVisible()
    await dialog.getByLabel('Settings for the generator').fill('{"steps": 50}')
    await dialog.getByRole('button', { name: 'Save' }).click()
    await expect(card).toContainText('steps 50')
    await choose('Delete request')
    await expect(page.getByText('No requests yet')).toBeVisible()
    await page.getByRole('button', { name: 'Undo' }).click()
    await expect(card).toContainText('3 outputs')
  })
})

test('the variations of a prompt are counted on their cells and shown in the inspector', async ({ vitrine }) => {
  const { window: page } = await vitrine.launch()
  await engineReady(page)
  await page.emulateMedia({ reducedMotion: 'reduce' })
  const source = join(vitrine.folders.root, 'pictures')
  mkdirSync(source)
  const made = [
    ['harbour-1.png', 'a harbour at dusk', '7'],
    ['harbour-2.png', 'A  harbour at dusk', '7'],
    ['harbour-3.png', 'a harbour at dusk', '8'],
    ['forest.png', 'a forest in rain', '7'],
  ] as const
  for (const [index, [name, prompt, seed]] of made.entries()) {
    const png = await makeArt({ seed: index, width: 960, height: 640 }).image.png().toBuffer()
    writeFileSync(join(source, name), withPngText(png, 'parameters', `${prompt}\nSteps: 24, Seed: ${seed}, Model: j`))
  }
  expect(readdirSync(source)).toHaveLength(made.length)
  await importIntoLibrary(page, source)
  const cells = page.getByTestId('asset-cell')
  await expect(page.getByTestId('stack-badge')).toHaveText(['3', '3', '3'])

  await cells.filter({ hasText: 'harbour-1.png' }).click()
  const inspector = page.getByRole('complementary', { name: 'Inspector' })
  await expect(inspector.getByText('2 variations of this prompt · 1 with this seed')).toBeVisible()
  await inspector.getByRole('button', { name: 'Select harbour-3.png' }).click()
  await expect(cells.filter({ hasText: 'harbour-3.png' })).toHaveAttribute('aria-selected', 'true')
  await expect(inspector.getByText('2 variations of this prompt', { exact: true })).toBeVisible()
  expect(await violationsOf(page)).toEqual([])
  await inspector.getByRole('region', { name: 'Stack' }).getByRole('button', { name: 'Show all' }).click()
  await expect(cells).toHaveCount(3)
})

test('an entry of the history is undone from the inspector, with a question when others changed too', async ({
  vitrine,
}) => {
  const { page } = await withPictures(vitrine, 2)
  const rowIds = await rowsOf(page, { kind: 'library' })
  const [first] = rowIds
  if (first === undefined) throw new Error('Nothing was imported.')
  const rating = async (rowId: number) => (await ask(page, 'assets.get', { rowId })).rating
  await ask(page, 'assets.edit', { assets: { rowIds }, patch: { rating: 4 } })
  await ask(page, 'assets.edit', { assets: { rowIds: [first] }, patch: { description: 'Too dark on the left.' } })

  await page.locator(`[data-row-id="${first}"]`).click()
  const history = page.getByTestId('history')
  const noted = history.getByRole('listitem').filter({ hasText: /notes/i }).first()
  await expect(noted).toBeVisible()
  const rated = history.getByRole('button', { name: /came later\. Undo that first/ }).first()
  await expect(rated).toHaveAttribute('aria-disabled', 'true')
  expect(await violationsOf(page)).toEqual([])

  await noted.getByRole('button', { name: /^Undo/ }).click()
  await expect.poll(async () => (await ask(page, 'assets.get', { rowId: first })).description).toBeNull()
  await history.getByRole('button', { name: /^Undo “.*rat/i }).click()
  const question = page.getByRole('dialog', { name: 'Undo this for 2 assets?' })
  await question.getByRole('button', { name: 'Undo for 2 Assets' }).click()
  await expect.poll(() => Promise.all(rowIds.map(rating))).toEqual([0, 0])
})
