import { copyFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Page } from '@playwright/test'
import { ask, engineReady, rowsOf } from './support/bridge.ts'
import { writePictures } from './support/pictures.ts'
import { expect, test, type VitrineUnderTest } from './support/test.ts'
import { violationsOf } from './support/violationsOf.ts'

/** A library with a few pictures, a collection, a smart one and many tags. */
async function furnished(vitrine: VitrineUnderTest, tags: number) {
  const running = await vitrine.launch()
  const { window } = running
  await engineReady(window)
  const library = await ask(window, 'library.info')
  for (const path of await writePictures(join(vitrine.folders.root, 'made'), 3)) {
    copyFileSync(path, join(library.dropFolder, basename(path)))
  }
  await expect.poll(() => rowsOf(window, { kind: 'workspace' })).toHaveLength(3)
  await ask(window, 'collections.create', { name: 'Harbours of Europe' })
  await ask(window, 'collections.create', { name: 'Wide ones', query: 'width>400' })
  for (let at = 0; at < tags; at++) await ask(window, 'tags.create', { name: `tag ${String(at).padStart(5, '0')}` })
  await expect(window.getByTestId('asset-cell')).toHaveCount(3)
  return running
}

const openPalette = async (window: Page) => {
  await window.keyboard.press('ControlOrMeta+k')
  await expect(window.getByRole('dialog', { name: 'Command palette' })).toBeVisible()
}

test('the palette finds commands, places, collections and tags by keyboard alone', async ({ vitrine }) => {
  const { window } = await furnished(vitrine, 300)
  await window.emulateMedia({ reducedMotion: 'reduce' })
  const option = window.getByRole('option', { selected: true })

  await openPalette(window)
  await window.keyboard.type('harb eur')
  await expect(option).toContainText('Harbours of Europe')
  await window.keyboard.press('Enter')
  await expect(window.getByRole('heading', { name: 'Harbours of Europe', exact: true })).toBeVisible()
  await expect(window.getByRole('dialog')).toHaveCount(0)

  await openPalette(window)
  await window.keyboard.type('tag 00123')
  await expect(option).toContainText('tag 00123')
  await window.keyboard.press('Enter')
  await expect(window.getByRole('combobox', { name: /^Search/ })).toHaveValue('tag:"tag 00123"')

  await openPalette(window)
  await window.keyboard.type('newcol')
  await expect(option).toContainText('New collection')
  await window.keyboard.press('Enter')
  await expect(window.getByRole('textbox', { name: 'Name of the collection' })).toBeFocused()
  await window.keyboard.press('Escape')

  for (const colorScheme of ['dark', 'light'] as const) {
    await window.emulateMedia({ colorScheme })
    await openPalette(window)
    expect(await violationsOf(window)).toEqual([])
    await vitrine.screenshot(`palette-${colorScheme}`)
    await window.keyboard.type('sort')
    await vitrine.screenshot(`palette-sort-${colorScheme}`)
    await window.keyboard.press('Escape')
  }
  await window.keyboard.press('?')
  await expect(window.getByRole('dialog', { name: 'Keyboard shortcuts' })).toContainText('Command palette')
  expect(await violationsOf(window)).toEqual([])
  await vitrine.screenshot('shortcuts')
})

test('every command can be run by keyboard, and none fails', async ({ vitrine }) => {
  const { window, app } = await furnished(vitrine, 0)
  // What commands of the shell would show outside of the window.
  await app.evaluate(({ dialog, shell }) => {
    dialog.showOpenDialog = async () => ({ canceled: true, filePaths: [] })
    dialog.showSaveDialog = async () => ({ canceled: true, filePath: '' })
    shell.openPath = async () => ''
    shell.showItemInFolder = () => undefined
  })
  const commands = await commandsOf(window)
  expect(commands.length).toBeGreaterThan(60)
  const failures: string[] = []
  window.on('pageerror', (error) => failures.push(error.message))

  const found = async (title: string) => {
    await openPalette(window)
    await window.keyboard.type(title)
    const option = window.getByRole('option').filter({ hasText: title, hasNotText: 'Search for' })
    // What would do nothing now is not there.
    const there = await option
      .first()
      .waitFor({ timeout: 1000 })
      .then(
        () => true,
        () => false,
      )
    return there
  }
  const missing: string[] = []
  for (const { id, title, keys } of commands) {
    // The palette is how they are run, and another window has a test of its own.
    if (id === 'palette' || id === 'new-window') continue
    await test.step(id, async () => {
      await leaveEverything(window)
      if (!(await found(title))) {
        // It has a key, or it can only do something elsewhere.
        if (keys === 0) missing.push(id)
        await window.keyboard.press('Escape')
        return
      }
      await window.keyboard.press('Enter')
      await expect(window.getByRole('dialog', { name: 'Command palette' })).toHaveCount(0)
      expect(failures).toEqual([])
    })
  }
  // Without a bucket there is no sync to pause and nobody whose edits win; Trash is empty.
  expect(missing.toSorted()).toEqual(['conflicts', 'empty-trash', 'pause-sync', 'restore', 'resume-sync'])
  expect((await ask(window, 'shell.engine')).state).toBe('ready')
})

/** The commands that the settings list, without those that only a mode hears: its own test presses their keys. */
async function commandsOf(window: Page) {
  await window.keyboard.press('ControlOrMeta+,')
  await window.getByRole('tab', { name: 'Shortcuts' }).click()
  const rows = window.locator('section:not([aria-label="Viewer"], [aria-label="Compare"]) [data-command]')
  await rows.first().waitFor()
  const commands = await rows.evaluateAll((lines) =>
    lines.map((line) => ({
      id: line.getAttribute('data-command') ?? '',
      title: line.firstElementChild?.textContent ?? '',
      keys: line.querySelectorAll('kbd').length,
    })),
  )
  await window.keyboard.press('Escape')
  return commands
}

/** Closes what the last command opened, takes back what it changed, and selects every picture of the Workspace. */
async function leaveEverything(window: Page): Promise<void> {
  // Also the field for a name, which hears keys itself.
  await window.keyboard.press('Escape')
  for (let tries = 0; tries < 5; tries++) {
    if ((await window.getByRole('dialog').count()) === 0) break
    await window.keyboard.press('Escape')
  }
  await expect(window.getByRole('dialog')).toHaveCount(0)
  for (let tries = 0; tries < 5 && (await rowsOf(window, { kind: 'workspace' })).length < 3; tries++) {
    await ask(window, 'history.undo')
  }
  await window.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
  await window.keyboard.press('ControlOrMeta+1')
  await expect(window.getByTestId('asset-cell')).toHaveCount(3)
  // Another view may have shown three, too, and its selection goes with it.
  await expect(async () => {
    await window.keyboard.press('ControlOrMeta+a')
    await expect(window.getByRole('option', { selected: true })).toHaveCount(3, { timeout: 1000 })
  }).toPass({ timeout: 20_000 })
}
