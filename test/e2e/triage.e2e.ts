import { copyFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { ask, engineReady, rowsOf } from './support/bridge.ts'
import { writePictures } from './support/pictures.ts'
import { expect, test, type VitrineUnderTest } from './support/test.ts'
import { violationsOf } from './support/violationsOf.ts'

/** A library whose Workspace has as many pictures, and the window on it with the first one focused. */
async function withWorkspace(vitrine: VitrineUnderTest, count: number) {
  const { window } = await vitrine.launch()
  await engineReady(window)
  await window.emulateMedia({ colorScheme: 'dark' })
  const library = await ask(window, 'library.info')
  for (const path of await writePictures(join(vitrine.folders.root, 'made'), count)) {
    copyFileSync(path, join(library.dropFolder, basename(path)))
  }
  await expect
    .poll(() => rowsOf(window, { kind: 'workspace' }, 'status:available'), { timeout: 60_000 })
    .toHaveLength(count)
  await expect(window.getByRole('status').getByText(`${count} assets`).first()).toBeVisible()
  await expect(window.getByTestId('asset-cell').first()).toBeVisible()
  await expect(window.getByRole('combobox', { name: /^Search/ })).toBeVisible()
  return window
}

test('fifty assets are gone through with one key each, and any of it is undone', async ({ vitrine }) => {
  const COUNT = 50
  const window = await withWorkspace(vitrine, COUNT)
  const { collection } = await ask(window, 'collections.create', { name: 'Key art' })
  await window.keyboard.press('t')
  const viewer = window.getByTestId('viewer')
  const progress = window.getByTestId('triage-progress')
  const heading = viewer.getByRole('heading', { level: 1 })
  const counts = async () => [
    (await rowsOf(window, { kind: 'workspace' })).length,
    (await rowsOf(window, { kind: 'library' })).length,
    (await rowsOf(window, { kind: 'trash' })).length,
  ]
  await expect(progress).toContainText(`1 of ${COUNT}`)
  await expect(progress).toContainText('0 kept · 0 discarded')

  await test.step('keep, discard, rate, favourite', async () => {
    for (let index = 0; index < 20; index++) {
      await window.keyboard.press(index % 3 === 2 ? 'x' : 'k')
      await expect(progress).toContainText(`${index + 2} of ${COUNT}`)
    }
    await expect(progress).toContainText('14 kept · 6 discarded')
    await expect.poll(counts).toEqual([30, 14, 6])
    await window.keyboard.press('5')
    await window.keyboard.press('f')
    await expect.poll(() => rowsOf(window, { kind: 'workspace' }, 'rating=5 is:favorite')).toHaveLength(1)
    await expect(progress).toContainText(`21 of ${COUNT}`)
    await vitrine.screenshot('triage')
  })

  await test.step('a collection is chosen, which keeps it and goes on', async () => {
    const name = await heading.innerText()
    await window.keyboard.press('c')
    await window.keyboard.type('Key')
    await expect(window.getByRole('option', { name: /Key art/ })).toBeVisible()
    await window.keyboard.press('Enter')
    await expect(progress).toContainText(`22 of ${COUNT}`)
    await expect(progress).toContainText('15 kept')
    await expect(heading).not.toHaveText(name)
    await expect.poll(() => rowsOf(window, { kind: 'collection', collectionId: collection.id })).toHaveLength(1)
  })

  await test.step('undo takes back one after the other, and shows what came back', async () => {
    await window.keyboard.press('k')
    await window.keyboard.press('x')
    await expect(progress).toContainText(`24 of ${COUNT}`)
    await expect.poll(counts).toEqual([27, 16, 7])
    await window.keyboard.press('z')
    await expect(progress).toContainText(`23 of ${COUNT}`)
    await expect.poll(counts).toEqual([28, 16, 6])
    await window.keyboard.press('z')
    await expect(progress).toContainText(`22 of ${COUNT}`)
    await expect(progress).toContainText('15 kept · 6 discarded')
    await expect.poll(counts).toEqual([29, 15, 6])
  })

  await test.step('a decision is changed by going back to it', async () => {
    await window.keyboard.press('ArrowLeft')
    await window.keyboard.press('ArrowLeft')
    await window.keyboard.press('Home')
    await expect(viewer.getByRole('button', { name: 'Kept', exact: true })).toBeVisible()
    await window.keyboard.press('x')
    await expect.poll(counts).toEqual([29, 14, 7])
    await expect(progress).toContainText('14 kept · 7 discarded')
    // On to the first that is undecided.
    await expect(progress).toContainText(`22 of ${COUNT}`)
  })

  await test.step('to the end, without a question', async () => {
    for (let left = 29; left > 0; left--) {
      await window.keyboard.press('k')
      if (left > 1) await expect(progress).toContainText(`${COUNT - left + 2} of ${COUNT}`)
    }
    await expect(viewer).toHaveCount(0)
    await expect(window.getByText('All sorted: 43 kept, 7 discarded')).toBeVisible()
    await expect.poll(counts).toEqual([0, 43, 7])
  })
})

test('a triage of what is selected ends with Escape and leaves the rest alone', async ({ vitrine }) => {
  const window = await withWorkspace(vitrine, 5)
  await window.getByTestId('asset-cell').first().click()
  await window.keyboard.press('Shift+ArrowRight')
  await window.keyboard.press('t')
  const progress = window.getByTestId('triage-progress')
  await expect(progress).toContainText('of 2')
  await window.keyboard.press('k')
  await expect.poll(() => rowsOf(window, { kind: 'library' })).toHaveLength(1)
  await window.keyboard.press('Escape')
  await expect(progress).toHaveCount(0)

  await test.step('from elsewhere, T goes to the Workspace first', async () => {
    await window.getByRole('button', { name: /^All assets/ }).click()
    await expect(window.getByTestId('asset-cell')).toHaveCount(1)
    await window.keyboard.press('t')
    await expect(progress).toContainText('1 of 4')
    await window.keyboard.press('Escape')
    await expect(progress).toHaveCount(0)
  })
  expect(await rowsOf(window, { kind: 'workspace' })).toHaveLength(4)
})

for (const colorScheme of ['dark', 'light'] as const) {
  test(`triage is accessible in ${colorScheme} colours`, async ({ vitrine }) => {
    const window = await withWorkspace(vitrine, 6)
    await window.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await window.keyboard.press('t')
    await expect(window.getByTestId('triage-progress')).toContainText('1 of 6')
    for (const key of ['k', 'x', 'k', '4', 'f']) await window.keyboard.press(key)
    await expect.poll(() => rowsOf(window, { kind: 'workspace' }, 'is:favorite')).toHaveLength(1)
    expect(await violationsOf(window)).toEqual([])
    await vitrine.screenshot(`triage-${colorScheme}`)
    await window.setViewportSize({ width: 900, height: 600 })
    expect(await violationsOf(window)).toEqual([])
    await vitrine.screenshot(`triage-${colorScheme}-small`)
  })
}
