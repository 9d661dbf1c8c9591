import { join } from 'node:path'
import { openTestS3, s3Obstacle } from '../integration/sync/support/testS3.ts'
import { ask, engineReady, rowsOf } from './support/bridge.ts'
import { writePictures } from './support/pictures.ts'
import { expect, test } from './support/test.ts'

test.skip(s3Obstacle !== null, `a real S3 server: ${s3Obstacle}`)

test('a file is shared, told of what it gives away, and taken back; transfers are limited in the sync centre', async ({
  vitrine,
}) => {
  test.setTimeout(180_000)
  const server = await openTestS3()
  try {
    const location = await server.place()
    const { window } = await vitrine.launch()
    await engineReady(window)
    await ask(window, 'remotes.add', { role: 'library', location, credentials: server.credentials })
    const [picture] = await writePictures(join(vitrine.folders.root, 'pictures'), 1, 1)
    await ask(window, 'imports.start', {
      paths: [picture ?? ''],
      options: { space: 'library', mode: 'copy' },
      source: 'window',
    })
    await expect.poll(() => rowsOf(window, { kind: 'library' }, 'sync:synced'), { timeout: 60_000 }).toHaveLength(1)
    await expect(window.getByRole('combobox', { name: /^Search/ })).toBeVisible()

    await test.step('a link is made in the inspector, and anybody can open it', async () => {
      await window.getByRole('button', { name: /^All assets/ }).click()
      await window.getByTestId('asset-cell').first().click()
      await window.getByRole('button', { name: 'Share…' }).click()
      await expect(window.getByRole('dialog')).toContainText(/The file (itself says|tells nothing)/)
      await vitrine.screenshot('share')
      await window.getByRole('button', { name: 'Make the link' }).click()
      await expect(window.getByRole('button', { name: 'Take back' })).toBeVisible({ timeout: 30_000 })
      const [share] = await ask(window, 'shares.list', {})
      expect((await fetch(share?.url ?? '')).status).toBe(200)
      await vitrine.screenshot('shared')
      await window.getByRole('button', { name: 'Take back' }).click()
      await expect(window.getByText('Nobody else can see it.')).toBeVisible({ timeout: 30_000 })
      expect((await fetch(share?.url ?? '')).status).toBe(404)
    })

    await test.step('the sync centre lists what is shared, and takes it back', async () => {
      const rows = await rowsOf(window, { kind: 'library' })
      const [card] = await ask(window, 'assets.cards', { rowIds: [...rows] })
      if (card === undefined) throw new Error('The picture is not there.')
      const { url } = await ask(window, 'shares.create', { id: card.id, kind: 'presigned', stripped: false })
      await window.getByRole('button', { name: /Open the sync centre/ }).click()
      const list = window.getByRole('region', { name: 'Shared links' })
      await expect(list.getByRole('listitem')).toContainText(card.file_name)
      await vitrine.screenshot('shared-links')
      await list.getByRole('button', { name: 'Take back' }).click()
      await expect(list).toBeHidden({ timeout: 30_000 })
      expect((await fetch(url)).status).toBe(404)
      await window.keyboard.press('Escape')
    })

    await test.step('the sync centre takes limits and says what the bucket can do', async () => {
      await window.getByRole('button', { name: /Open the sync centre/ }).click()
      const dialog = window.getByRole('dialog', { name: 'Sync', exact: true })
      await expect(dialog).toContainText('Works without: writing on a condition')
      await dialog.getByLabel('Upload at most').fill('2 MB')
      await dialog.getByLabel('Upload at most').press('Enter')
      await expect.poll(() => ask(window, 'transfers.settings')).toMatchObject({ uploadLimit: 2_000_000 })
      await dialog.getByLabel('Download at most').fill('nonsense')
      await expect(dialog.getByRole('alert')).toContainText('Give a size')
      await vitrine.screenshot('limits')
    })
  } finally {
    await server.close()
  }
})
