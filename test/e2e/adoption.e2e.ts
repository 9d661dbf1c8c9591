import { copyFileSync, mkdirSync, readdirSync } from 'node:fs'
import { basename, join } from 'node:path'
import { ask, engineReady, rowsOf } from './support/bridge.ts'
import { writePictures } from './support/pictures.ts'
import { expect, test } from './support/test.ts'
import { violationsOf } from './support/violationsOf.ts'

test('files that other programs put into a place are taken in where they are, and fetched when they are looked at', async ({
  vitrine,
}) => {
  test.setTimeout(180_000)
  const place = join(vitrine.folders.root, 'studio')
  const made = await writePictures(join(vitrine.folders.root, 'made'), 4)
  const copyTo = (folder: string, paths: readonly string[]) => {
    mkdirSync(join(place, folder), { recursive: true })
    for (const path of paths) copyFileSync(path, join(place, folder, basename(path)))
  }
  copyTo('posters', made.slice(0, 2))
  copyTo(join('posters', 'night'), made.slice(2, 3))
  const { window } = await vitrine.launch()
  await engineReady(window)
  await expect(window.getByRole('combobox', { name: /^Search/ })).toBeVisible()
  const centre = window.getByRole('button', { name: /Open the sync centre/ })
  const question = window.getByRole('dialog', { name: 'Files in “studio”' })
  const taken = () => rowsOf(window, { kind: 'library' }, 'status:available')

  await test.step('the place is added, and the question comes by itself', async () => {
    await centre.click()
    await window.getByLabel('Service').selectOption('folder')
    await window.getByLabel('Folder', { exact: true }).fill(place)
    await window.getByRole('button', { name: 'Test and add' }).click()
    await expect(question).toContainText('3 files', { timeout: 30_000 })
    for (const scheme of ['dark', 'light'] as const) {
      await window.emulateMedia({ colorScheme: scheme })
      await vitrine.screenshot(`adopt-question-${scheme}`)
      expect(await violationsOf(window)).toEqual([])
    }
    await question.getByRole('button', { name: 'Take them in' }).click()
    await expect(question).toBeHidden()
    await window.keyboard.press('Escape')
  })

  await test.step('they are in the Library, in collections named as their folders, and not on this computer', async () => {
    await expect.poll(taken, { timeout: 60_000 }).toHaveLength(3)
    await window.getByRole('button', { name: /^All assets/ }).click()
    await expect(window.getByTestId('asset-cell')).toHaveCount(3)
    const collections = await ask(window, 'collections.list')
    expect(collections.map(({ name }) => name)).toEqual(expect.arrayContaining(['posters', 'night']))
    await expect.poll(() => rowsOf(window, { kind: 'library' }, 'sync:cloud-only'), { timeout: 60_000 }).toHaveLength(3)
    await vitrine.screenshot('adopted')
    expect(readdirSync(join(place, 'posters')).sort()).toEqual(
      [...made.slice(0, 2).map((path) => basename(path)), 'night'].sort(),
    )
  })

  await test.step('what is looked at comes here, and what comes next with it', async () => {
    await window.getByTestId('asset-cell').first().click()
    await window.keyboard.press('Enter')
    const away = async () => (await rowsOf(window, { kind: 'library' }, 'sync:cloud-only')).length
    await expect.poll(away, { timeout: 30_000 }).toBeLessThan(3)
    await window.keyboard.press('Escape')
  })

  await test.step('what came later is found by looking again', async () => {
    copyTo('posters', made.slice(3))
    await centre.click()
    await window.getByRole('button', { name: 'Actions for studio' }).click()
    await window.getByRole('menuitem', { name: 'Look for new files…' }).click()
    await expect(question).toContainText('1 file', { timeout: 30_000 })
    await question.getByRole('button', { name: 'Take them in' }).click()
    await expect.poll(taken, { timeout: 60_000 }).toHaveLength(4)
  })
})
