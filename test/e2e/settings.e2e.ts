import { ask, engineReady } from './support/bridge.ts'
import { expect, test } from './support/test.ts'
import { violationsOf } from './support/violationsOf.ts'

test('every page of the settings is there for the keyboard, and accessible', async ({ vitrine }) => {
  const { window } = await vitrine.launch()
  await engineReady(window)
  await window.getByRole('combobox', { name: /^Search/ }).waitFor()
  await window.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
  await window.keyboard.press('ControlOrMeta+,')
  const dialog = window.getByRole('dialog', { name: 'Settings' })
  const tabs = dialog.getByRole('tab')
  await expect(tabs.first()).toBeFocused()
  for (let at = 0; at < (await tabs.count()); at++) {
    const tab = tabs.nth(at)
    await expect(tab).toHaveAttribute('aria-selected', 'true')
    const name = (await tab.textContent()) ?? ''
    await test.step(name, async () => {
      expect(await violationsOf(window)).toEqual([])
      await vitrine.screenshot(`settings-${name.toLowerCase().replaceAll(' ', '-')}`)
    })
    await window.keyboard.press('ArrowDown')
  }

  await dialog.getByRole('tab', { name: 'Sync and privacy' }).click()
  await expect(dialog).toContainText('Nothing. There is no bucket')
  await dialog.getByRole('tab', { name: 'Appearance' }).click()
  await dialog.getByRole('radio', { name: 'Light' }).click()
  await expect(window.locator('html')).toHaveAttribute('data-theme', 'light')
  expect(await violationsOf(window)).toEqual([])
  await vitrine.screenshot('settings-appearance-light')
  await dialog.getByRole('combobox', { name: 'Size' }).selectOption('1.25')
  await expect.poll(() => window.evaluate(() => devicePixelRatio)).toBeCloseTo(1.25)
  await window.keyboard.press('ControlOrMeta+-')
  await dialog.getByRole('tab', { name: 'Background' }).click()
  await dialog.getByRole('switch', { name: /Go on working/ }).click()
  await expect.poll(async () => (await ask(window, 'shell.info')).settings.background).toBe(true)
  await dialog.getByRole('switch', { name: /Show an icon/ }).click()
  await expect
    .poll(async () => (await ask(window, 'shell.info')).settings)
    .toMatchObject({
      tray: false,
      background: false,
      theme: 'light',
    })
})

test('shortcuts are changed, with a word about what they mean already, and stay changed', async ({ vitrine }) => {
  const { window, app } = await vitrine.launch()
  await engineReady(window)
  await window.getByRole('combobox', { name: /^Search/ }).waitFor()
  await window.keyboard.press('ControlOrMeta+,')
  const dialog = window.getByRole('dialog', { name: 'Settings' })
  await dialog.getByRole('tab', { name: 'Shortcuts' }).click()
  await dialog.getByRole('searchbox', { name: /Find a command/ }).fill('duplicates')
  const change = dialog.getByRole('button', { name: 'Change the keys of Duplicates' })

  // Esc leaves the recording and not the settings; keys of the system are refused.
  await change.click()
  await window.keyboard.press('Escape')
  await expect(change).toBeFocused()
  await change.press('Enter')
  await window.keyboard.press('ControlOrMeta+c')
  await expect(dialog.getByRole('alert')).toContainText('belongs to the system')

  await change.click()
  await window.keyboard.press('ControlOrMeta+b')
  await expect(dialog.getByRole('alert')).toContainText('Show or hide the sidebar')
  await vitrine.screenshot('shortcut-conflict')
  expect(await violationsOf(window)).toEqual([])
  await dialog.getByRole('button', { name: 'Use it here instead' }).press('Enter')
  await expect
    .poll(async () => (await ask(window, 'shell.info')).settings.shortcuts)
    .toEqual({ 'view-duplicates': ['Mod+B'], 'toggle-sidebar': [] })
  await window.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
  // The menu and the keys are views of one registry.
  const keysOfDuplicates = (running: typeof app) =>
    running.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('view-duplicates')?.accelerator)
  await expect.poll(() => keysOfDuplicates(app)).toBe('CmdOrCtrl+B')
  await window.keyboard.press('ControlOrMeta+b')
  await expect(window.getByRole('button', { name: 'Duplicates', exact: true })).toHaveAttribute('aria-current', 'page')

  const again = await vitrine.launch()
  await engineReady(again.window)
  await again.window.getByRole('combobox', { name: /^Search/ }).waitFor()
  await expect.poll(() => keysOfDuplicates(again.app)).toBe('CmdOrCtrl+B')
  await again.window.keyboard.press('ControlOrMeta+b')
  await expect(again.window.getByRole('button', { name: 'Duplicates', exact: true })).toHaveAttribute(
    'aria-current',
    'page',
  )
  await again.window.keyboard.press('ControlOrMeta+,')
  await again.window.getByRole('tab', { name: 'Shortcuts' }).click()
  await again.window.getByRole('button', { name: 'Usual keys for all' }).click()
  await expect.poll(async () => (await ask(again.window, 'shell.info')).settings.shortcuts).toEqual({})
})
