import { copyFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Page } from '@playwright/test'
import { ask, engineReady, rowsOf } from './support/bridge.ts'
import { writePictures } from './support/pictures.ts'
import { expect, test, type VitrineUnderTest } from './support/test.ts'

const COUNT = 6

/** A library with some kept pictures, and the window on all of them. */
async function withLibrary(vitrine: VitrineUnderTest) {
  const { window } = await vitrine.launch()
  await engineReady(window)
  const library = await ask(window, 'library.info')
  for (const path of await writePictures(join(vitrine.folders.root, 'made'), COUNT)) {
    copyFileSync(path, join(library.dropFolder, basename(path)))
  }
  // Until its size is known a picture is laid out as a square: what is dragged must not move on its own.
  await expect.poll(() => rowsOf(window, { kind: 'workspace' }, 'status:available')).toHaveLength(COUNT)
  const rowIds = await rowsOf(window, { kind: 'workspace' })
  await ask(window, 'assets.keep', { assets: { rowIds } })
  await window.getByRole('button', { name: /^All assets/ }).click()
  const cells = window.getByTestId('asset-cell')
  await expect(cells).toHaveCount(COUNT)
  return { window, cells, rowIds }
}

/** Names of collections with the depth of each, as the sidebar is to show them. */
async function collectionsOf(page: Page): Promise<string[]> {
  const all = await ask(page, 'collections.list')
  const depth = (id: string | null): number =>
    id === null ? 0 : 1 + depth(all.find((one) => one.id === id)?.parent_id ?? null)
  return all.map(({ name, parent_id }) => `${'-'.repeat(depth(parent_id))}${name}`)
}

const undo = (page: Page) => page.keyboard.press('ControlOrMeta+z')

test('collections are nested and ordered by dragging, each step can be undone', async ({ vitrine }) => {
  const { window } = await withLibrary(vitrine)
  for (const name of ['Clients', 'Posters', 'Drafts']) await ask(window, 'collections.create', { name })
  const tree = window.getByRole('tree', { name: 'Collections' })
  const line = (name: string) => tree.getByRole('treeitem', { name })
  await expect(line('Drafts')).toBeVisible()

  await test.step('onto another one: nested, and what holds it is open', async () => {
    await line('Posters').dragTo(line('Clients'))
    await expect.poll(() => collectionsOf(window)).toEqual(['Unsorted', 'Clients', '-Posters', 'Drafts'])
    await expect(line('Clients')).toHaveAttribute('aria-expanded', 'true')
    await expect(line('Posters')).toHaveAttribute('aria-level', '2')
  })

  await test.step('between two: ordered, with a line that shows where', async () => {
    await line('Drafts').hover()
    await window.mouse.down()
    const box = await line('Clients').boundingBox()
    if (box === null) throw new Error('the line is not there')
    await window.mouse.move(box.x + 40, box.y + 6, { steps: 4 })
    await window.mouse.move(box.x + 40, box.y + 3)
    await expect(tree.getByTestId('drop-line')).toBeVisible()
    await vitrine.screenshot('drop-line')
    await window.mouse.up()
    await expect.poll(() => collectionsOf(window)).toEqual(['Unsorted', 'Drafts', 'Clients', '-Posters'])
  })

  await test.step('what would be inside itself goes nowhere', async () => {
    await line('Clients').dragTo(line('Posters'))
    expect(await collectionsOf(window)).toEqual(['Unsorted', 'Drafts', 'Clients', '-Posters'])
  })

  await test.step('undone one by one', async () => {
    await undo(window)
    await expect.poll(() => collectionsOf(window)).toEqual(['Unsorted', 'Clients', '-Posters', 'Drafts'])
    await undo(window)
    await expect.poll(() => collectionsOf(window)).toEqual(['Unsorted', 'Clients', 'Posters', 'Drafts'])
  })
})

test('the tree of collections is worked by the keyboard alone', async ({ vitrine }) => {
  const { window, cells } = await withLibrary(vitrine)
  for (const name of ['Clients', 'Posters']) await ask(window, 'collections.create', { name })
  const tree = window.getByRole('tree', { name: 'Collections' })
  await expect(tree.getByRole('treeitem')).toHaveCount(3)
  await tree.focus()
  await window.keyboard.press('End')
  await window.keyboard.press('Alt+ArrowRight')
  await expect.poll(() => collectionsOf(window)).toEqual(['Unsorted', 'Clients', '-Posters'])
  await expect(tree.getByRole('treeitem', { name: 'Posters' })).toBeVisible()
  await window.keyboard.press('F2')
  await window.keyboard.type('Key art')
  await window.keyboard.press('Enter')
  await expect.poll(() => collectionsOf(window)).toEqual(['Unsorted', 'Clients', '-Key art'])
  await window.keyboard.press('Enter')
  await expect(window.getByRole('heading', { name: 'Key art', exact: true })).toBeVisible()
  await window.keyboard.press('Delete')
  await expect.poll(() => collectionsOf(window)).toEqual(['Unsorted', 'Clients'])
  await undo(window)
  await expect.poll(() => collectionsOf(window)).toEqual(['Unsorted', 'Clients', '-Key art'])

  await test.step('Delete means what is selected in the grid, if anything is', async () => {
    await window.getByRole('button', { name: /^All assets/ }).click()
    await cells.first().click()
    await tree.focus()
    await window.keyboard.press('Delete')
    await expect.poll(() => rowsOf(window, { kind: 'trash' })).toHaveLength(1)
    expect(await collectionsOf(window)).toHaveLength(3)
  })
})

test('tags are given, nested, renamed and made one', async ({ vitrine }) => {
  const { window, cells, rowIds } = await withLibrary(vitrine)
  await ask(window, 'assets.edit', { assets: { rowIds: rowIds.slice(0, 2) }, patch: { add_tags: ['cats'] } })
  await ask(window, 'assets.edit', { assets: { rowIds: rowIds.slice(2, 3) }, patch: { add_tags: ['kittens'] } })
  await ask(window, 'assets.edit', { assets: { rowIds: rowIds.slice(3, 4) }, patch: { add_tags: ['animals'] } })
  const tree = window.getByRole('tree', { name: 'Tags' })
  const line = (name: string | RegExp) => tree.getByRole('treeitem', { name })
  const paths = async () => (await ask(window, 'tags.list')).map(({ path, total_count: count }) => `${path} ${count}`)
  await expect(line(/^cats 2/)).toBeVisible()

  await test.step('assets that are dropped onto one get it', async () => {
    await cells.last().dragTo(line(/^kittens/))
    await expect.poll(paths).toEqual(['animals 1', 'cats 2', 'kittens 2'])
    await undo(window)
    await expect.poll(paths).toEqual(['animals 1', 'cats 2', 'kittens 1'])
  })

  await test.step('one that is dropped onto another is below it, and found with it', async () => {
    await line(/^cats/).dragTo(line(/^animals/))
    await expect.poll(paths).toEqual(['animals 3', 'animals/cats 2', 'kittens 1'])
    await line(/^animals/).click()
    await expect(cells).toHaveCount(3)
  })

  await test.step('a name that is taken offers to make them one', async () => {
    await line(/^kittens/).dblclick()
    await window.keyboard.type('Cats')
    await window.keyboard.press('Enter')
    const question = window.getByRole('dialog', { name: 'There is a tag “cats” already' })
    await expect(question).toContainText('animals/cats')
    await question.getByRole('button', { name: 'Merge' }).click()
    await expect.poll(paths).toEqual(['animals 4', 'animals/cats 3'])
    expect((await ask(window, 'tags.list'))[1]?.aliases).toEqual(['kittens'])
    await undo(window)
    await expect.poll(paths).toEqual(['animals 3', 'animals/cats 2', 'kittens 1'])
    await undo(window)
    await expect.poll(paths).toEqual(['animals 1', 'cats 2', 'kittens 1'])
  })
})

test('a collection is arranged by hand, and shows what is nested in it', async ({ vitrine }) => {
  const { window, cells, rowIds } = await withLibrary(vitrine)
  const { collection } = await ask(window, 'collections.create', { name: 'Show', description: 'For the fair in May.' })
  const { collection: nested } = await ask(window, 'collections.create', { name: 'Side', parentId: collection.id })
  await ask(window, 'collections.add', { id: collection.id, assets: { rowIds: rowIds.slice(0, 4) } })
  await ask(window, 'collections.add', { id: nested.id, assets: { rowIds: rowIds.slice(3) } })
  await window.getByRole('treeitem', { name: /^Show/ }).click()
  await expect(cells).toHaveCount(4)
  await expect(window.getByRole('button', { name: 'For the fair in May.' })).toBeVisible()

  await test.step('dragged to another place, and back', async () => {
    await window.getByRole('button', { name: /^Sort by/ }).click()
    await window.getByRole('menuitemcheckbox', { name: 'By hand' }).click()
    const order = () => cells.evaluateAll((all) => all.map((cell) => Number((cell as HTMLElement).dataset.rowId)))
    // The order of before may still be shown: newest first, while by hand begins with the first row that was added.
    await expect.poll(order).toEqual(rowIds.slice(0, 4).sort((a, b) => a - b))
    const [first, second, third, fourth] = await order()
    await cells.nth(3).dragTo(cells.nth(0), { targetPosition: { x: 8, y: 40 } })
    await expect.poll(order).toEqual([fourth, first, second, third])
    await undo(window)
    await expect.poll(order).toEqual([first, second, third, fourth])
  })

  await test.step('with what is nested, each asset once', async () => {
    await window.getByRole('button', { name: 'With nested' }).click()
    await expect(cells).toHaveCount(COUNT)
    await window.getByRole('button', { name: 'With nested' }).click()
    await expect(cells).toHaveCount(4)
  })
})

test('the inspector of many assets tells what differs, and changes all', async ({ vitrine }) => {
  const { window, cells, rowIds } = await withLibrary(vitrine)
  await ask(window, 'assets.edit', { assets: { rowIds: rowIds.slice(0, 2) }, patch: { add_tags: ['fog'], rating: 3 } })
  await cells.first().click()
  await window.keyboard.press('ControlOrMeta+a')
  const inspector = window.getByRole('complementary', { name: 'Inspector' })
  await expect(inspector.getByText(`2 of ${COUNT}`)).toBeVisible()
  await expect(inspector.getByRole('group', { name: 'Rating, mixed' })).toBeVisible()
  await inspector.getByRole('button', { name: 'Add tag fog to all' }).click()
  await expect(inspector.getByText(`2 of ${COUNT}`)).toHaveCount(0)
  await inspector.getByRole('combobox', { name: 'Add a tag' }).fill('mist')
  await window.keyboard.press('Enter')
  await expect
    .poll(async () => (await ask(window, 'tags.list')).map(({ name, asset_count }) => `${name} ${asset_count}`))
    .toEqual([`fog ${COUNT}`, `mist ${COUNT}`])
})

test('an asset gets the content of another one, and its earlier version back', async ({ vitrine }) => {
  const { window, cells, rowIds } = await withLibrary(vitrine)
  const inspector = window.getByRole('complementary', { name: 'Inspector' })
  await cells.nth(0).click()
  await cells.nth(1).click({ modifiers: ['ControlOrMeta'] })
  await inspector.getByRole('button', { name: /^Use / }).first().click()
  await expect(cells).toHaveCount(COUNT - 1)
  const [changed] = (await ask(window, 'assets.read', { rowIds })).filter(({ version_number: n }) => n === 2)
  if (changed === undefined) throw new Error('no asset has a second version')
  await window.locator(`[data-row-id="${changed.row_id}"]`).click()
  const versions = inspector.getByTestId('versions').getByRole('listitem')
  await expect(versions).toHaveCount(2)
  await expect(window.locator(`[data-row-id="${changed.row_id}"]`).getByTitle('Version 2')).toBeVisible()
  const described = inspector.getByRole('textbox', { name: 'What is new in version 2' })
  await described.fill('Warmer light')
  await described.press('Enter')
  await expect(window.getByText('Described version 2', { exact: true }).first()).toBeVisible()
  await vitrine.screenshot('versions')

  await inspector.getByRole('button', { name: 'Compare version 1 with the current one' }).click()
  const comparing = window.getByRole('dialog', { name: 'Compare versions' })
  await expect(comparing.getByRole('row', { name: /File name/ })).toBeVisible()
  await vitrine.screenshot('compare-versions')
  await window.keyboard.press('Escape')

  await inspector.getByRole('button', { name: 'Make version 1 current again' }).click()
  await expect(versions).toHaveCount(3)
  await undo(window)
  await expect(versions).toHaveCount(2)
  await undo(window)
  await expect(described).toHaveValue('')
  await undo(window)
  await expect(cells).toHaveCount(COUNT)
})

test('a deleted collection is brought back from Trash, with its cover and what it held', async ({ vitrine }) => {
  const { window, cells, rowIds } = await withLibrary(vitrine)
  const { collection } = await ask(window, 'collections.create', { name: 'Posters' })
  await ask(window, 'collections.add', { id: collection.id, assets: { rowIds } })
  const [first] = await ask(window, 'assets.cards', { rowIds: [...rowIds] })
  await ask(window, 'collections.edit', { id: collection.id, patch: { cover: first?.id ?? null } })
  const line = window.getByRole('tree', { name: 'Collections' }).getByRole('treeitem', { name: 'Posters' })
  await expect(line.locator('img')).toBeVisible()
  await vitrine.screenshot('cover-in-tree')

  await ask(window, 'collections.delete', { id: collection.id })
  await expect(line).toBeHidden()
  await window.getByRole('button', { name: /^Trash/ }).click()
  await window.getByRole('button', { name: 'Deleted collections' }).click()
  await expect(window.getByText(`${COUNT} assets`)).toBeVisible()
  await vitrine.screenshot('deleted-collections')
  await window.getByRole('button', { name: 'Restore “Posters”' }).click()
  await expect(line.locator('img')).toBeVisible()
  await window.keyboard.press('Escape')
  await line.click()
  await expect(cells).toHaveCount(COUNT)
})

test('plus and minus change the ratings of all that is selected by one star', async ({ vitrine }) => {
  const { window, cells, rowIds } = await withLibrary(vitrine)
  const [one = 0] = rowIds
  await ask(window, 'assets.edit', { assets: { rowIds: [one] }, patch: { rating: 3 } })
  const ratings = async () => (await ask(window, 'assets.cards', { rowIds: [...rowIds] })).map(({ rating }) => rating)
  await cells.first().click()
  await window.keyboard.press('ControlOrMeta+a')
  await expect(window.getByText(`${COUNT} selected`).first()).toBeVisible()
  await window.keyboard.press('+')
  await expect.poll(ratings).toEqual([4, 1, 1, 1, 1, 1])
  await window.keyboard.press('-')
  await expect.poll(ratings).toEqual([3, 0, 0, 0, 0, 0])
})
