import { copyFileSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { ask, engineReady, rowsOf } from './support/bridge.ts'
import { hashOf, writePictures } from './support/pictures.ts'
import { expect, test } from './support/test.ts'
import { violationsOf } from './support/violationsOf.ts'

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))

test('what a generator writes into a bucket comes into the Workspace, is kept there and lies in the library’s bucket', async ({
  vitrine,
}) => {
  test.setTimeout(180_000)
  const generated = join(vitrine.folders.root, 'workspace-temp')
  const kept = join(vitrine.folders.root, 'user-library')
  for (const folder of [generated, kept]) mkdirSync(folder)
  const { window } = await vitrine.launch()
  await engineReady(window)
  await expect(window.getByRole('combobox', { name: /^Search/ })).toBeVisible()
  await ask(window, 'remotes.add', { role: 'library', location: { kind: 'folder', path: kept, prefix: '' } })

  await test.step('the bucket is added for the Workspace', async () => {
    const centre = window.getByRole('button', { name: /Open the sync centre/ })
    // Without a remote that the window knows of, the form of a new one would open at once.
    await expect(centre).toContainText('Up to date')
    await centre.click()
    await window.getByRole('button', { name: 'Add a remote…' }).click()
    await window.getByLabel('What is it for?').selectOption('workspace')
    await window.getByLabel('Service').selectOption('folder')
    await window.getByLabel('Folder of the owner').fill('user-1')
    await window.getByLabel('Folder', { exact: true }).fill(generated)
    await vitrine.screenshot('workspace-remote-form')
    await window.getByRole('button', { name: 'Test and add' }).click()
    await expect(window.getByRole('dialog', { name: 'Sync', exact: true })).toContainText('workspace-temp')
    await expect(window.getByText('Nothing is there')).toBeVisible()
  })

  const [first = '', second = ''] = await writePictures(join(vitrine.folders.root, 'made'), 2)
  await test.step('its files appear, and what it does not take is told of', async () => {
    const job = join(generated, 'user-1', 'job-7')
    mkdirSync(job, { recursive: true })
    for (const picture of [first, second]) copyFileSync(picture, join(job, basename(picture)))
    writeFileSync(join(job, 'log.txt'), 'step 1 of 20\n')
    await window.getByRole('button', { name: 'Actions for workspace-temp' }).click()
    await window.getByRole('menuitem', { name: 'Look now' }).click()
    await expect(window.getByText('user-1/job-7/log.txt')).toBeVisible({ timeout: 60_000 })
    await window.emulateMedia({ colorScheme: 'dark' })
    await vitrine.screenshot('workspace-remote')
    expect(await violationsOf(window)).toEqual([])
    await window.emulateMedia({ colorScheme: 'light' })
    await vitrine.screenshot('workspace-remote-light')
    expect(await violationsOf(window)).toEqual([])
    await window.keyboard.press('Escape')
    await expect
      .poll(() => rowsOf(window, { kind: 'workspace' }, 'status:available'), { timeout: 30_000 })
      .toHaveLength(2)
    await window.getByRole('button', { name: /^Workspace/ }).click()
    await expect(window.getByTestId('asset-cell')).toHaveCount(2)
    await expect(window.getByText('job-7')).toBeVisible()
    await vitrine.screenshot('workspace-arrived')
  })

  await test.step('one is kept, the other discarded, and neither lies there any more', async () => {
    const cells = window.getByTestId('asset-cell')
    await cells.first().click()
    await window.keyboard.press('k')
    await expect(cells).toHaveCount(1)
    await cells.first().click()
    await window.keyboard.press('x')
    await expect(cells).toHaveCount(0)
    await expect.poll(() => rowsOf(window, { kind: 'library' }, 'sync:synced'), { timeout: 60_000 }).toHaveLength(1)
    await expect
      .poll(() => filesBelow(generated).map((path) => basename(path)), { timeout: 60_000 })
      .toEqual(['log.txt'])
    const originals = filesBelow(kept).filter((path) => path.includes('/images/'))
    expect(originals).toHaveLength(1)
    expect([first, second].map(hashOf)).toContain(hashOf(originals[0] ?? ''))
  })
})
