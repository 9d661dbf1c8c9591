import { copyFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Page } from '@playwright/test'
import { killObstacle, openTestS3 } from '../integration/sync/support/testS3.ts'
import { ask, engineReady, rowsOf } from './support/bridge.ts'
import { writePictures } from './support/pictures.ts'
import { expect, test } from './support/test.ts'

test.skip(killObstacle !== null, `a real S3 server of our own: ${killObstacle}`)

const syncLine = (page: Page) => page.getByRole('button', { name: /Open the sync centre/ })

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

test('a bucket is added, told apart from a wrong one, filled, lost and found again, all in the window', async ({
  vitrine,
}) => {
  test.setTimeout(240_000)
  const server = await openTestS3()
  try {
    const location = await server.place()
    if (server.kill === null || location.endpoint === null) throw new Error('the server is not ours')
    const { window } = await vitrine.launch()
    await engineReady(window)
    await expect(syncLine(window)).toContainText('On this computer only')

    await test.step('a wrong bucket is answered at its field; the right one is added', async () => {
      await syncLine(window).click()
      await window.getByLabel('Service').selectOption('other')
      await window.getByLabel('Server address').fill(location.endpoint ?? '')
      await window.getByLabel('Region', { exact: true }).fill(location.region)
      await window.getByLabel('Bucket', { exact: true }).fill('no-such-bucket')
      await window.getByLabel('Access key ID').fill(server.credentials.accessKeyId)
      await window.getByLabel('Secret access key', { exact: true }).fill(server.credentials.secretAccessKey)
      await window.getByRole('button', { name: 'Test connection' }).click()
      await expect(window.getByLabel('Bucket', { exact: true })).toHaveAttribute('aria-invalid', 'true')
      await window.getByLabel('Bucket', { exact: true }).fill(location.bucket)
      await window.getByRole('button', { name: 'Test and add' }).click()
      await expect(window.getByRole('dialog', { name: 'Sync', exact: true })).toBeVisible()
      await vitrine.screenshot('sync-centre')
      await window.keyboard.press('Escape')
    })

    const first = await writePictures(join(vitrine.folders.root, 'first'), 6, 1)
    await test.step('kept assets are uploaded, and each says so only when the bucket has confirmed it', async () => {
      await dropAndKeep(window, first)
      await expect.poll(() => rowsOf(window, { kind: 'library' }, 'sync:synced'), { timeout: 30_000 }).toHaveLength(6)
      await expect(syncLine(window)).toContainText('Up to date')
    })

    const second = await writePictures(join(vitrine.folders.root, 'second'), 5, 2)
    await test.step('a server that is killed is noticed; work goes on and waits', async () => {
      await server.kill?.()
      await dropAndKeep(window, second)
      await expect(syncLine(window)).toContainText(/Offline · 5 waiting/, { timeout: 30_000 })
      expect(await rowsOf(window, { kind: 'library' }, 'sync:synced')).toHaveLength(6)
      await vitrine.screenshot('offline')
    })

    await test.step('it resumes by itself when the server is back', async () => {
      await server.restart()
      await expect.poll(() => rowsOf(window, { kind: 'library' }, 'sync:synced'), { timeout: 90_000 }).toHaveLength(11)
      await expect(syncLine(window)).toContainText('Up to date')
    })
  } finally {
    await server.close()
  }
})
