import { copyFileSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Page } from '@playwright/test'
import { ask, engineReady, rowsOf } from './support/bridge.ts'
import { makeFolders, RunningVitrine, removeFolders } from './support/launchVitrine.ts'
import { writePictures } from './support/pictures.ts'
import { expect, test } from './support/test.ts'
import { violationsOf } from './support/violationsOf.ts'

const PASSPHRASE = 'otter lamp violin dust'
const syncLine = (page: Page) => page.getByRole('button', { name: /Open the sync centre/ })
const centre = (page: Page) => page.getByRole('dialog', { name: 'Sync', exact: true })

/** Drops pictures into the drop folder and keeps them all. */
async function dropAndKeep(page: Page, pictures: readonly string[]): Promise<void> {
  const { dropFolder } = await ask(page, 'library.info')
  for (const path of pictures) copyFileSync(path, join(dropFolder, basename(path)))
  await expect
    .poll(() => rowsOf(page, { kind: 'workspace' }, 'status:available'), { timeout: 30_000 })
    .toHaveLength(pictures.length)
  await page.getByRole('button', { name: /^Workspace/ }).click()
  await page.getByTestId('asset-cell').first().click()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.press('k')
  await expect.poll(() => rowsOf(page, { kind: 'workspace' })).toHaveLength(0)
}

/** Every name and all bytes below a folder, as one text. */
function everythingIn(folder: string): string {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return entries
    .map(
      (entry) => `${join(entry.parentPath, entry.name)}\n${readFileSync(join(entry.parentPath, entry.name), 'latin1')}`,
    )
    .join('\n')
}

test('a folder is encrypted with a passphrase, its recovery sheet saved, locked by a restart and opened again', async ({
  vitrine,
}) => {
  test.setTimeout(240_000)
  const { root } = vitrine.folders
  const place = join(root, 'a disk')
  const sheet = join(root, 'recovery.html')
  mkdirSync(place)
  const { app, window } = await vitrine.launch()
  await engineReady(window)
  await expect(window.getByRole('combobox', { name: /^Search/ })).toBeVisible()
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath })
  }, sheet)
  const pictures = await writePictures(join(root, 'holiday'), 4, 1)

  await test.step('the form wants a passphrase that is long enough, twice', async () => {
    await syncLine(window).click()
    await window.getByLabel('Service').selectOption('folder')
    await window.getByLabel('Folder', { exact: true }).fill(place)
    await window.getByRole('switch', { name: /^Encrypt everything/ }).click()
    await window.getByLabel('Passphrase', { exact: true }).fill('short')
    await window.getByRole('button', { name: 'Test and add' }).click()
    await expect(window.getByLabel('Passphrase', { exact: true })).toHaveAttribute('aria-invalid', 'true')
    await window.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE)
    await expect(window.getByText('Hard to guess.')).toBeVisible()
    await window.getByLabel('Passphrase again').fill('another')
    await window.getByRole('button', { name: 'Test and add' }).click()
    await expect(window.getByLabel('Passphrase again')).toHaveAttribute('aria-invalid', 'true')
    await window.getByLabel('Passphrase again').fill(PASSPHRASE)
    await vitrine.screenshot('encrypt-form')
    expect(await violationsOf(window)).toEqual([])
    await window.getByRole('button', { name: 'Test and add' }).click()
  })

  await test.step('the recovery sheet has to be saved before anything else', async () => {
    const dialog = window.getByRole('dialog', { name: /^Recovery sheet of/ })
    await expect(dialog).toBeVisible({ timeout: 60_000 })
    await window.keyboard.press('Escape')
    await expect(dialog.getByRole('alert')).toContainText('Save the sheet first')
    await expect(dialog.getByRole('button', { name: 'Done' })).toBeDisabled()
    await vitrine.screenshot('recovery-sheet')
    expect(await violationsOf(window)).toEqual([])
    await dialog.getByRole('button', { name: 'Save a page to print…' }).click()
    await expect(dialog.getByRole('status')).toContainText('recovery.html')
    expect(readFileSync(sheet, 'utf8')).toMatch(/AGE-SECRET-KEY-1[A-Z0-9]{58}/)
    await dialog.getByRole('button', { name: 'Done' }).click()
    await expect(centre(window).getByText('Encrypted', { exact: true })).toBeVisible()
    await vitrine.screenshot('encrypted-remote')
    await window.keyboard.press('Escape')
    await expect(centre(window)).toBeHidden()
  })

  await test.step('what is kept goes there, and nothing there says what it is', async () => {
    await dropAndKeep(window, pictures)
    await expect.poll(() => rowsOf(window, { kind: 'library' }, 'sync:synced'), { timeout: 60_000 }).toHaveLength(4)
    await expect(syncLine(window)).toContainText('Up to date')
    const stored = everythingIn(place)
    for (const path of pictures) expect(stored).not.toContain(basename(path, '.png'))
    for (const word of ['images', 'thumbnails', 'library.json', PASSPHRASE]) expect(stored).not.toContain(word)
    const secret = /AGE-SECRET-KEY-1[A-Z0-9]{58}/.exec(readFileSync(sheet, 'utf8'))?.[0] ?? 'none'
    expect(everythingIn(vitrine.folders.library)).not.toContain(secret)
  })

  await test.step('a second device is asked for what opens it, and joins', async () => {
    const folders = makeFolders()
    const second = await RunningVitrine.launch(folders, { env: { VITRINE_LIBRARY: undefined } })
    try {
      const page = second.window
      await page.getByRole('button', { name: 'From a bucket or folder…' }).click()
      const dialog = page.getByRole('dialog', { name: 'Library from a bucket or folder' })
      await dialog.getByLabel('Service').selectOption('folder')
      await dialog.getByLabel('Where the library goes').fill(folders.library)
      await dialog.getByLabel('Folder', { exact: true }).fill(place)
      await dialog.getByRole('button', { name: 'Connect' }).click()
      await expect(dialog.getByRole('heading', { name: 'This place is encrypted' })).toBeVisible()
      await page.screenshot({ path: test.info().outputPath('join-encrypted.png') })
      expect(await violationsOf(page)).toEqual([])
      await dialog.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE)
      await dialog.getByRole('button', { name: 'Connect' }).click()
      await engineReady(page)
      await expect(dialog).toBeHidden()
      await expect
        .poll(() => rowsOf(page, { kind: 'library' }, 'sync:cloud-only'), { timeout: 60_000 })
        .toHaveLength(pictures.length)
      expect(await ask(page, 'remotes.list')).toMatchObject([{ has_key: true }])
    } finally {
      await second.close()
      removeFolders(folders)
    }
  })

  await test.step('its passphrase is changed, and it stays open', async () => {
    await syncLine(window).click()
    await centre(window)
      .getByRole('button', { name: /^Actions for/ })
      .click()
    await window.getByRole('menuitem', { name: 'Change passphrase…' }).click()
    const dialog = window.getByRole('dialog', { name: /^New passphrase for/ })
    await dialog.getByRole('button', { name: 'Change Passphrase' }).click()
    await expect(dialog.getByLabel('Passphrase', { exact: true })).toHaveAttribute('aria-invalid', 'true')
    await dialog.getByLabel('Passphrase', { exact: true }).fill(`${PASSPHRASE} and more`)
    await dialog.getByLabel('Passphrase again').fill(`${PASSPHRASE} and more`)
    await vitrine.screenshot('new-passphrase')
    expect(await violationsOf(window)).toEqual([])
    await dialog.getByRole('button', { name: 'Change Passphrase' }).click()
    await expect(dialog).toBeHidden({ timeout: 60_000 })
    await expect(centre(window).getByText('Encrypted', { exact: true })).toBeVisible()
    await window.keyboard.press('Escape')
  })

  const { keychain } = await ask(window, 'shell.info')
  if (keychain) return
  await test.step('without a keyring a restart locks it; a wrong passphrase is told so, the recovery sheet opens it', async () => {
    const again = await vitrine.launch()
    const page = again.window
    await engineReady(page)
    await syncLine(page).click()
    await centre(page).getByRole('button', { name: 'Unlock…' }).click()
    const dialog = page.getByRole('dialog', { name: /^Unlock/ })
    await dialog.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE)
    await dialog.getByRole('button', { name: 'Unlock' }).click()
    await expect(dialog.getByRole('alert')).toContainText('not the passphrase', { timeout: 60_000 })
    await vitrine.screenshot('unlock')
    await dialog.getByRole('radio', { name: 'Key file' }).click()
    await dialog.locator('input[type=file]').setInputFiles(sheet)
    await expect(dialog.getByText('recovery.html')).toBeVisible()
    await dialog.getByRole('button', { name: 'Unlock' }).click()
    await expect(dialog).toBeHidden()
    await expect(centre(page).getByText('Encrypted', { exact: true })).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(syncLine(page)).toContainText('Up to date', { timeout: 60_000 })
  })
})
