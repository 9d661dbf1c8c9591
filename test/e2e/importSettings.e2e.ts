import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ask, engineReady } from './support/bridge.ts'
import { expect, test } from './support/test.ts'

test('how imports go is set in the settings, and said when it can’t be so', async ({ vitrine }) => {
  const { window } = await vitrine.launch()
  await engineReady(window)
  // Keys are heard once the window has its library on screen, a moment after the engine has it.
  await window.getByRole('combobox', { name: /^Search/ }).waitFor()
  await window.keyboard.press('ControlOrMeta+,')
  const dialog = window.getByRole('dialog', { name: 'Settings' })
  await dialog.getByRole('tab', { name: 'Import' }).click()
  await dialog.getByRole('radio', { name: 'Keep both' }).click()
  await expect.poll(async () => (await ask(window, 'imports.settings')).onDuplicate).toBe('keep-both')

  const patterns = dialog.getByRole('textbox', { name: /Patterns/ })
  await patterns.fill('*.bak\n\ncache/ ')
  await patterns.blur()
  await expect.poll(async () => (await ask(window, 'imports.settings')).ignore).toEqual(['*.bak', 'cache/'])
  await patterns.fill('a[b')
  await patterns.blur()
  await expect(dialog.getByRole('alert')).toContainText('a[b')
  expect((await ask(window, 'imports.settings')).ignore).toEqual(['*.bak', 'cache/'])

  await vitrine.screenshot('settings-import')
  const address = dialog.getByRole('textbox', { name: 'Where clamd listens' })
  await address.fill(join(vitrine.folders.root, 'nobody.sock'))
  await dialog.getByRole('button', { name: 'Test' }).click()
  await expect(dialog.getByRole('status')).toContainText('can’t be used')
  await dialog.getByRole('switch', { name: /ClamAV/ }).click()
  await expect.poll(async () => (await ask(window, 'imports.settings')).scan.enabled).toBe(true)
  await patterns.fill('*.tmp')
  await window.keyboard.press('Escape')
  await expect.poll(async () => (await ask(window, 'imports.settings')).ignore).toEqual(['*.tmp'])

  // What waits for the scanner says so, and goes on without it.
  const { dropFolder } = await ask(window, 'library.info')
  writeFileSync(join(dropFolder, 'a.md'), '# Notes')
  await expect(window.getByText(/virus scanner .* can’t be used/)).toBeVisible()
  await window.keyboard.press('ControlOrMeta+,')
  await dialog.getByRole('switch', { name: /ClamAV/ }).click()
  await expect.poll(async () => (await ask(window, 'library.counts')).workspace, { timeout: 20_000 }).toBe(1)
})
