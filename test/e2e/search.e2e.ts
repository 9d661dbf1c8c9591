import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { makeArt } from '../../scripts/demo-art/makeArt.ts'
import { withPngText } from '../../scripts/demo-art/pngText.ts'
import { ask, engineReady } from './support/bridge.ts'
import { writePictures } from './support/pictures.ts'
import { expect, test, type VitrineUnderTest } from './support/test.ts'
import { violationsOf } from './support/violationsOf.ts'

const COUNT = 12

interface Started {
  readonly page: Page
  readonly cells: Locator
  readonly search: Locator
}

/** A window with kept pictures: four tagged “harbour”, of these two rated 5; the last two say how they were made. */
async function withPictures(vitrine: VitrineUnderTest): Promise<Started> {
  const { window: page } = await vitrine.launch()
  await engineReady(page)
  const source = join(vitrine.folders.root, 'pictures')
  await writePictures(source, COUNT - 2)
  mkdirSync(join(source, 'made'))
  for (const seed of [1, 2]) {
    const png = await makeArt({ seed, width: 480, height: 320 }).image.png().toBuffer()
    const made = `a quiet harbour\nSteps: 20, Sampler: Euler a, Seed: ${seed}, Size: 480x320, Model: juniper_xl`
    writeFileSync(join(source, 'made', `made-${seed}.png`), withPngText(png, 'parameters', made))
  }
  const { id } = await ask(page, 'imports.start', { paths: [source], options: { space: 'library' }, source: 'window' })
  await expect.poll(async () => (await ask(page, 'imports.get', { id })).state, { timeout: 30_000 }).toBe('done')
  const rows = [...(await ask(page, 'assets.query', { view: { kind: 'library' } })).rowIds]
  await ask(page, 'assets.edit', { assets: { rowIds: rows.slice(0, 4) }, patch: { add_tags: ['harbour'] } })
  await ask(page, 'assets.edit', { assets: { rowIds: rows.slice(0, 2) }, patch: { rating: 5 } })
  await ask(page, 'assets.edit', { assets: { rowIds: rows.slice(6, 9) }, patch: { add_tags: ['key art'] } })
  await page.getByRole('button', { name: /^All assets/ }).click()
  const cells = page.getByTestId('asset-cell')
  await expect(cells).toHaveCount(COUNT)
  return { page, cells, search: page.getByRole('combobox', { name: /^Search/ }) }
}

test('a search is written with the keyboard alone', async ({ vitrine }) => {
  const { page, cells, search } = await withPictures(vitrine)
  await page.keyboard.press('/')
  await expect(search).toBeFocused()
  const offers = page.getByRole('listbox', { name: 'What can be written here' })

  await page.keyboard.type('ta')
  await expect(offers.getByRole('option').first()).toContainText('tag:')
  await page.keyboard.press('Tab')
  await expect(search).toHaveValue('tag:')
  await expect(offers.getByRole('option', { name: /^harbour/ })).toContainText('4')
  expect(await violationsOf(page)).toEqual([])
  await page.keyboard.type('key')
  await expect(offers.getByRole('option')).toHaveCount(1)
  await page.keyboard.press('ArrowDown')
  await expect(search).toHaveAttribute('aria-activedescendant', /.+/)
  await page.keyboard.press('Enter')
  await expect(search).toHaveValue('tag:"key art" ')
  await expect(cells).toHaveCount(3)

  await test.step('what is drawn lies exactly on what is typed, scrolled too', async () => {
    await page.keyboard.type(`${'-is:favorite '.repeat(9)}end`)
    await expect
      .poll(() =>
        search.evaluate((input: HTMLInputElement) => {
          const drawn = input.previousElementSibling
          if (drawn === null) return 'nothing is drawn'
          return drawn.textContent === input.value &&
            input.scrollLeft > 0 &&
            drawn.scrollLeft === input.scrollLeft &&
            Math.abs(drawn.scrollWidth - input.scrollWidth) <= 1
            ? 'aligned'
            : `${drawn.scrollLeft}/${drawn.scrollWidth} under ${input.scrollLeft}/${input.scrollWidth}`
        }),
      )
      .toBe('aligned')
  })

  await test.step('Escape puts away the offers, then the text, then the keyboard', async () => {
    await search.fill('ha')
    await expect(offers).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(offers).toBeHidden()
    await expect(search).toHaveValue('ha')
    await page.keyboard.press('Escape')
    await expect(search).toHaveValue('')
    await expect(cells).toHaveCount(COUNT)
    await page.keyboard.press('Escape')
    await expect(search).not.toBeFocused()
  })

  await test.step('finished searches are offered again, also after a restart', async () => {
    await search.fill('rating>=4')
    await page.keyboard.press('Enter')
    await expect(cells).toHaveCount(2)
    await expect
      .poll(async () => (await ask(page, 'shell.info')).settings.window)
      .toMatchObject({ searches: expect.arrayContaining(['rating>=4']) })
    const again = await vitrine.launch()
    await engineReady(again.window)
    await again.window.getByRole('combobox', { name: /^Search/ }).waitFor()
    await again.window.keyboard.press('/')
    await again.window.getByRole('option', { name: 'rating>=4' }).click()
    await expect(again.window.getByRole('combobox', { name: /^Search/ })).toHaveValue('rating>=4')
    await expect(again.window.getByTestId('asset-cell')).toHaveCount(2)
  })
})

test('a mistake is said in words, and its place is marked', async ({ vitrine }) => {
  const { page, cells, search } = await withPictures(vitrine)
  await search.fill('tag:harbour ratng>=4')
  const told = page.getByRole('status').filter({ hasText: 'There is no field “ratng”. Did you mean “rating>=”?' })
  await expect(told).toBeVisible()
  await expect(search).toHaveAttribute('aria-invalid', 'true')
  await expect(page.locator('[data-mistaken]')).toHaveText('ratng')
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme })
    expect(await violationsOf(page), colorScheme).toEqual([])
  }
  // What is sound still searches.
  await expect(cells).toHaveCount(4)

  await page.getByRole('button', { name: 'Show where' }).click()
  await page.keyboard.type('rating')
  await expect(search).toHaveValue('tag:harbour rating>=4')
  await expect(told).toHaveCount(0)
  await expect(cells).toHaveCount(2)
})

test('filters narrow, their counts are those of the results, and chips take conditions away', async ({ vitrine }) => {
  const { page, cells, search } = await withPictures(vitrine)
  await page.getByRole('button', { name: /^Filter/ }).click()
  await page.getByRole('tab', { name: /^Tag/ }).click()
  const tags = page.getByRole('list', { name: 'Tag' })
  await expect(tags.getByRole('button', { name: /^harbour 4 assets$/ })).toBeVisible()
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme })
    expect(await violationsOf(page), colorScheme).toEqual([])
  }
  await tags.getByRole('button', { name: /^harbour 4 assets$/ }).click()
  await expect(cells).toHaveCount(4)
  await expect(search).toHaveValue('tag:harbour')

  await page.getByRole('tab', { name: /^Rating/ }).click()
  const ratings = page.getByRole('list', { name: 'Rating' })
  await ratings.getByRole('button', { name: /^5 stars 2 assets$/ }).click({ modifiers: ['Alt'] })
  await expect(search).toHaveValue('tag:harbour -rating:5')
  await expect(cells).toHaveCount(2)
  await ratings.getByRole('button', { name: /^5 stars.*left out$/ }).click({ modifiers: ['Alt'] })
  await expect(search).toHaveValue('tag:harbour')
  await page.getByRole('tab', { name: /^Model/ }).click()
  const models = page.getByRole('list', { name: 'Model' })
  // Every count is what a click on it finds.
  for (const button of await models.getByRole('button').all()) {
    const count = Number(/(\d+) assets?$/.exec((await button.textContent()) ?? '')?.[1])
    await button.click()
    await expect(cells).toHaveCount(count)
    await page.getByRole('list', { name: 'Model' }).getByRole('button', { pressed: true }).click()
  }

  await test.step('counts follow what changes', async () => {
    await page.getByRole('tab', { name: /^Tag/ }).click()
    const first = (await ask(page, 'assets.query', { view: { kind: 'library' }, text: 'tag:"key art"' })).rowIds[0]
    await ask(page, 'assets.edit', { assets: { rowIds: [Number(first)] }, patch: { add_tags: ['harbour'] } })
    await expect(tags.getByRole('button', { name: /^harbour 5 assets$/ })).toBeVisible()
    await expect(tags.getByRole('button', { name: /^key art 1 asset$/ })).toBeVisible()
  })

  await page.keyboard.press('Escape')
  const chips = page.getByRole('list', { name: 'Conditions of the search' })
  await expect(chips.getByRole('listitem')).toHaveCount(1)
  await chips.getByRole('button', { name: 'Remove tag harbour' }).click()
  await expect(search).toHaveValue('')
  await expect(chips).toHaveCount(0)
  await expect(cells).toHaveCount(COUNT)
})

test('a search is kept as a smart collection that follows what changes', async ({ vitrine }) => {
  const { page, cells, search } = await withPictures(vitrine)
  const places = page.getByRole('navigation', { name: 'Places' })
  await search.fill('tag:harbour')
  await page.getByRole('button', { name: 'Save as smart collection…' }).click()
  const dialog = page.getByRole('dialog', { name: 'New smart collection' })
  await expect(dialog.getByText('Holds 4 assets now')).toBeVisible()
  expect(await violationsOf(page)).toEqual([])
  await dialog.getByLabel('Name').fill('Harbours')
  await dialog.getByRole('button', { name: 'Create' }).click()
  const place = places.getByRole('treeitem', { name: /^Harbours/ })
  await expect(place).toHaveAccessibleName('Harbours 4')
  await expect(cells).toHaveCount(4)

  await test.step('what begins to match joins it', async () => {
    const rows = (await ask(page, 'assets.query', { view: { kind: 'library' }, text: 'tag:"key art"' })).rowIds
    await ask(page, 'assets.edit', { assets: { rowIds: [...rows] }, patch: { add_tags: ['harbour'] } })
    await expect(cells).toHaveCount(7)
    await expect(place).toHaveAccessibleName('Harbours 7')
  })

  await test.step('its search is changed', async () => {
    await place.click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Edit the search…' }).click()
    const edit = page.getByRole('dialog', { name: 'What fills “Harbours”' })
    await edit.getByRole('combobox', { name: 'Search' }).fill('tag:harbour rating:5')
    await expect(edit.getByText('Holds 2 assets now')).toBeVisible()
    await edit.getByRole('button', { name: 'Change' }).click()
    await expect(cells).toHaveCount(2)
    await expect(place).toHaveAccessibleName('Harbours 2')
  })

  await test.step('one whose search leads back to it says so and can be mended', async () => {
    const { id } = (await ask(page, 'collections.list')).find(({ name }) => name === 'Harbours') ?? {}
    const other = await ask(page, 'collections.create', { name: 'Best', query: 'collection:Bests' })
    await ask(page, 'collections.rename', { id: other.collection.id, name: 'Bests' })
    expect(id).toBeDefined()
    const broken = places.getByRole('treeitem', { name: /^Bests/ })
    await expect(broken.getByRole('img', { name: /needs to be mended/ })).toBeVisible()
    await broken.click()
    await expect(page.getByText(/Its search finds nothing:/)).toBeVisible()
    await page.getByRole('button', { name: 'Mend the search…' }).click()
    const mend = page.getByRole('dialog', { name: 'What fills “Bests”' })
    await mend.getByRole('combobox', { name: 'Search' }).fill('rating:5')
    await mend.getByRole('button', { name: 'Change' }).click()
    await expect(broken).toHaveAccessibleName('Bests 2')
    await expect(cells).toHaveCount(2)
  })

  await test.step('frozen, it stays as it is', async () => {
    await place.click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Make it an ordinary collection' }).click()
    await expect
      .poll(async () => (await ask(page, 'collections.list')).find(({ name }) => name === 'Harbours')?.kind)
      .toBe('manual')
    await expect(place).toHaveAccessibleName('Harbours 2')
  })
})

test('values and colours of an asset find others like it', async ({ vitrine }) => {
  const { page, cells, search } = await withPictures(vitrine)
  await search.fill('seed:1')
  await expect(cells).toHaveCount(1)
  await cells.first().click()
  const inspector = page.getByRole('complementary', { name: 'Inspector' })
  await inspector.getByRole('button', { name: 'Find all with this sampler' }).click()
  await expect(search).toHaveValue('sampler="Euler a"')
  await expect(cells).toHaveCount(2)

  await cells.first().click()
  await inspector
    .getByRole('button', { name: /^Find pictures with #/ })
    .first()
    .click()
  await expect(search).toHaveValue(/^color:#[0-9a-f]{6}$/)
  await expect(cells).not.toHaveCount(0)

  await cells.first().click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Find similar pictures' }).click()
  await expect(search).toHaveValue(/^similar:[0-9a-f-]{36}$/)
  await expect(cells).not.toHaveCount(0)
  expect(await cells.count()).toBeLessThan(COUNT)
})
