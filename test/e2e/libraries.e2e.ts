import { existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { ask, engineReady } from './support/bridge.ts'
import { expect, test } from './support/test.ts'
import { violationsOf } from './support/violationsOf.ts'

test('libraries are made, opened and switched between; those that were open are remembered', async ({ vitrine }) => {
  const { window, app } = await vitrine.launch()
  await engineReady(window)
  await window.getByRole('combobox', { name: /^Search/ }).waitFor()
  const first = await ask(window, 'library.info')
  const second = join(vitrine.folders.root, 'Second library')
  const chosen = (path: string) =>
    app.evaluate(({ dialog }, filePath) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [filePath] })
    }, path)

  await chosen(join(vitrine.folders.root, 'nothing here'))
  mkdirSync(join(vitrine.folders.root, 'nothing here'))
  await window.keyboard.press('ControlOrMeta+o')
  await expect(window.getByText(/There is no library in/)).toBeVisible()
  expect((await ask(window, 'library.info')).id).toBe(first.id)

  await chosen(second)
  await window.keyboard.press('ControlOrMeta+k')
  await window.keyboard.type('new library')
  await window.keyboard.press('Enter')
  await expect(window.getByRole('button', { name: /^Library: Second library/ })).toBeVisible()
  expect((await ask(window, 'library.info')).path).toBe(second)

  // Back by the menu of the library, and forth by the palette.
  await window.getByRole('button', { name: /^Library: / }).click()
  await window.getByRole('menuitem', { name: 'Recent libraries' }).click()
  await vitrine.screenshot('recent-libraries')
  await window.getByRole('menuitem', { name: first.name, exact: true }).click()
  await expect.poll(async () => (await ask(window, 'library.info').catch(() => null))?.id).toBe(first.id)
  await window.getByRole('combobox', { name: /^Search/ }).waitFor()
  await window.keyboard.press('ControlOrMeta+k')
  await window.keyboard.type('second library')
  await expect(window.getByRole('option', { selected: true })).toContainText('Open library “Second library”')
  await window.keyboard.press('Enter')
  await expect(window.getByRole('button', { name: /^Library: Second library/ })).toBeVisible()
})

test('a library whose disk is pulled out is explained, and comes back by itself', async ({ vitrine }) => {
  const { window } = await vitrine.launch()
  await engineReady(window)
  await window.getByRole('combobox', { name: /^Search/ }).waitFor()
  const { library } = vitrine.folders
  const away = `${library} (unplugged)`
  const { id } = await ask(window, 'library.info')

  renameSync(library, away)
  const title = window.getByRole('heading', { name: /is not there/ })
  await expect(title).toBeVisible({ timeout: 20_000 })
  await expect(window.getByText(library)).toBeVisible()
  for (const colorScheme of ['dark', 'light'] as const) {
    await window.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    expect(await violationsOf(window)).toEqual([])
    await vitrine.screenshot(`library-missing-${colorScheme}`)
  }
  // Nothing is made in the empty place, which may be where a disk is going to be again.
  expect(existsSync(library) ? readdirSync(library, { recursive: true }) : []).toEqual([])
  renameSync(away, library)
  await window.getByRole('combobox', { name: /^Search/ }).waitFor({ timeout: 20_000 })
  expect((await ask(window, 'library.info')).id).toBe(id)

  // The same when it is away at the start.
  await vitrine.close()
  renameSync(library, away)
  const again = await vitrine.launch({ env: { VITRINE_LIBRARY: undefined } })
  await expect(again.window.getByRole('heading', { name: /is not there/ })).toBeVisible({ timeout: 20_000 })
  renameSync(away, library)
  await again.window.getByRole('combobox', { name: /^Search/ }).waitFor({ timeout: 20_000 })
})
