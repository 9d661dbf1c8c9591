import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { ask, engineReady, rowsOf } from './support/bridge.ts'
import { writePictures } from './support/pictures.ts'
import { expect, test } from './support/test.ts'

/** What opens over the window: by its keys, or by its name in the palette. */
const OPENED: readonly {
  readonly name: string
  readonly keys?: string
  readonly command?: string
  readonly role?: 'menu'
}[] = [
  { name: 'settings', keys: 'ControlOrMeta+,' },
  { name: 'shortcuts', keys: '?' },
  { name: 'palette', keys: 'ControlOrMeta+k' },
  { name: 'collection picker', keys: 'Shift+C' },
  { name: 'export', keys: 'ControlOrMeta+Shift+e' },
  { name: 'rename', keys: 'F2' },
  { name: 'open with', keys: 'ControlOrMeta+Shift+o' },
  { name: 'viewer', keys: 'Space' },
  { name: 'triage', keys: 't' },
  { name: 'compare', keys: 'c' },
  { name: 'context menu', keys: 'Shift+F10', role: 'menu' },
  { name: 'sync centre', command: 'Sync centre' },
  { name: 'add remote', command: 'Add remote' },
  { name: 'check', command: 'Check library' },
  { name: 'smart collection', command: 'New smart collection' },
  { name: 'request', command: 'New generation request' },
  { name: 'reference', command: 'Use as reference' },
]

test('the keyboard is back where it was after everything that opens over the window', async ({ vitrine }) => {
  const { window } = await vitrine.launch()
  await engineReady(window)
  const paths = await writePictures(join(vitrine.folders.root, 'made'), 3)
  await ask(window, 'imports.start', { paths, options: {}, source: 'window' })
  await expect.poll(() => rowsOf(window, { kind: 'workspace' }, 'status:available')).toHaveLength(3)
  const cells = window.getByTestId('asset-cell')
  await expect(cells).toHaveCount(3)
  await cells.first().click()
  const grid = window.getByRole('listbox', { name: /Workspace/ })
  await expect(grid).toBeFocused()
  await window.keyboard.press('ControlOrMeta+a')

  for (const { name, keys, command, role = 'dialog' } of OPENED) {
    await test.step(name, async () => {
      const opened = window.getByRole(role)
      if (keys !== undefined) await window.keyboard.press(keys)
      else await runCommand(window, command ?? '')
      await expect(opened.first()).toBeVisible()
      // The keyboard is in what has opened, or Esc and Tab would mean what lies under it.
      await expect.poll(() => isInside(window, role)).toBe(true)
      await expect
        .poll(async () => {
          if ((await opened.count()) > 0) await window.keyboard.press('Escape')
          return opened.count()
        })
        .toBe(0)
      await expect(grid, `after ${name}`).toBeFocused()
    })
  }

  await test.step('of the search field, when that had it', async () => {
    const search = window.getByRole('combobox', { name: /^Search/ })
    await search.focus()
    await window.keyboard.press('ControlOrMeta+,')
    await expect(window.getByRole('dialog')).toBeVisible()
    await window.keyboard.press('Escape')
    await expect(search).toBeFocused()
  })
})

async function runCommand(window: Page, title: string): Promise<void> {
  await window.keyboard.press('ControlOrMeta+k')
  await window.getByRole('combobox', { name: /command/i }).waitFor()
  await window.keyboard.type(title)
  await window.getByRole('option').filter({ hasText: title, hasNotText: 'Search for' }).first().waitFor()
  await window.keyboard.press('Enter')
  await expect(window.getByRole('dialog', { name: 'Command palette' })).toHaveCount(0)
}

function isInside(window: Page, role: string): Promise<boolean> {
  return window.evaluate((wanted) => document.activeElement?.closest(`[role=${wanted}]`) !== null, role)
}
