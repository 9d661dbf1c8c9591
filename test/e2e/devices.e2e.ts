import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Page } from '@playwright/test'
import { nodeRuntimePath } from '../../scripts/node-runtime.mjs'
import { ask, engineReady, rowsOf } from './support/bridge.ts'
import { makeFolders, RunningVitrine, removeFolders } from './support/launchVitrine.ts'
import { writePictures } from './support/pictures.ts'
import { expect, test } from './support/test.ts'
import { violationsOf } from './support/violationsOf.ts'

const syncLine = (page: Page) => page.getByRole('button', { name: /Open the sync centre/ })
const cards = async (page: Page) => {
  const rowIds = await rowsOf(page, { kind: 'library' })
  return ask(page, 'assets.cards', { rowIds })
}
const titled = async (page: Page, id: string) => (await cards(page)).find((card) => card.id === id)?.custom_title
/** Wakes sync until what is asked for has come: polls of its own are 20 s apart. */
async function comes<T>(page: Page, look: () => Promise<T>, wanted: T): Promise<void> {
  await expect
    .poll(
      async () => {
        await ask(page, 'sync.now')
        return look()
      },
      { timeout: 60_000, intervals: [500] },
    )
    .toEqual(wanted)
}

const checkpointIn = fileURLToPath(new URL('./support/checkpointIn.ts', import.meta.url))
/** More than the viewer fetches ahead, and enough to be asked before all of them go. */
const COUNT = 24

test('a second device joins in the window; edits meet, one that lost is put back, originals come when they are wanted', async ({
  vitrine,
}) => {
  test.setTimeout(240_000)
  const folders = makeFolders()
  const bucket = join(vitrine.folders.root, 'shared drive')
  mkdirSync(bucket)
  const { window: desk, app } = await vitrine.launch()
  const sized = (width: number, height: number) =>
    app.evaluate(({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(...size), [
      width,
      height,
    ] as const)
  await engineReady(desk)
  await desk.getByRole('combobox', { name: /^Search/ }).waitFor()

  await test.step('the first device syncs with a folder', async () => {
    await ask(desk, 'imports.start', {
      paths: await writePictures(join(vitrine.folders.root, 'pictures'), COUNT, 1),
      options: { space: 'library', mode: 'copy' },
      source: 'window',
    })
    await expect
      .poll(() => rowsOf(desk, { kind: 'library' }, 'status:available'), { timeout: 30_000 })
      .toHaveLength(COUNT)
    await syncLine(desk).click()
    await desk.getByLabel('Service').selectOption('folder')
    await desk.getByLabel('Folder', { exact: true }).fill(bucket)
    await desk.getByRole('button', { name: 'Test and add' }).click()
    await expect(desk.getByRole('dialog', { name: 'Sync', exact: true })).toContainText('No other device has synced')
    await desk.keyboard.press('Escape')
    await expect.poll(() => rowsOf(desk, { kind: 'library' }, 'sync:synced'), { timeout: 60_000 }).toHaveLength(COUNT)
  })

  await test.step('a device that nobody hears of again leaves a checkpoint', async () => {
    await ask(desk, 'sync.once')
    await ask(desk, 'sync.pause', { paused: true })
    const { id } = await ask(desk, 'library.info')
    const args = [checkpointIn, bucket, id, join(vitrine.folders.root, 'copy')]
    await promisify(execFile)(nodeRuntimePath(), args)
    expect(readdirSync(join(bucket, id, 'checkpoints'))).toHaveLength(1)
    await ask(desk, 'sync.pause', { paused: false })
  })

  const second = await RunningVitrine.launch(folders, { env: { VITRINE_LIBRARY: undefined } })
  const laptop = second.window
  try {
    await test.step('the second one is made out of it on its first run', async () => {
      await laptop.getByRole('button', { name: 'From a bucket or folder…' }).click()
      const dialog = laptop.getByRole('dialog', { name: 'Library from a bucket or folder' })
      await dialog.getByLabel('Service').selectOption('folder')
      await dialog.getByLabel('Where the library goes').fill(folders.library)
      await dialog.getByLabel('Folder', { exact: true }).fill(folders.root)
      await dialog.getByRole('button', { name: 'Connect' }).click()
      await expect(dialog.getByRole('alert')).toContainText('There is no library in this place')
      for (const colorScheme of ['dark', 'light'] as const) {
        await laptop.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
        expect(await violationsOf(laptop)).toEqual([])
        await laptop.screenshot({ path: test.info().outputPath(`join-${colorScheme}.png`) })
      }
      await dialog.getByLabel('Folder', { exact: true }).fill(bucket)
      await dialog.getByRole('button', { name: 'Connect' }).click()
      await engineReady(laptop)
      await laptop.getByRole('combobox', { name: /^Search/ }).waitFor()
      await expect(dialog).toBeHidden()
      expect((await ask(laptop, 'library.info')).id).toBe((await ask(desk, 'library.info')).id)
      expect(existsSync(join(folders.library, 'journal', 'checkpoint', 'checkpoint.json'))).toBe(true)
      await comes(laptop, async () => (await rowsOf(laptop, { kind: 'library' }, 'sync:cloud-only')).length, COUNT)
    })

    const [one, two] = (await cards(desk)).map(({ id }) => id)
    if (one === undefined || two === undefined) throw new Error('pictures were imported')

    await test.step('an edit of the second device arrives in the first one’s window', async () => {
      await desk.getByRole('button', { name: /^All assets/ }).click()
      await ask(laptop, 'assets.edit', { assets: { ids: [one] }, patch: { custom_title: 'Pier at dusk' } })
      await comes(laptop, async () => (await ask(laptop, 'sync.status')).state, 'up-to-date')
      await comes(desk, () => titled(desk, one), 'Pier at dusk')
      await expect(desk.getByRole('option', { name: /Pier at dusk/ })).toBeVisible()
    })

    await test.step('of two edits that did not know of each other the earlier one waits in the inbox', async () => {
      await ask(desk, 'sync.pause', { paused: true })
      await ask(laptop, 'sync.pause', { paused: true })
      await ask(desk, 'assets.edit', { assets: { ids: [two] }, patch: { custom_title: 'From the desk' } })
      await ask(laptop, 'assets.edit', { assets: { ids: [two] }, patch: { custom_title: 'From the laptop' } })
      await ask(laptop, 'sync.pause', { paused: false })
      await ask(desk, 'sync.pause', { paused: false })
      await comes(laptop, async () => (await ask(laptop, 'sync.status')).lastSuccessAt !== null, true)
      await comes(desk, () => titled(desk, two), 'From the laptop')
      await expect(syncLine(desk)).toContainText('1 needs you', { timeout: 30_000 })

      await syncLine(desk).click()
      const centre = desk.getByRole('dialog', { name: 'Sync', exact: true })
      await expect(centre).toContainText('Other devices')
      await expect(centre).toContainText('Last synced')
      for (const colorScheme of ['dark', 'light'] as const) {
        await desk.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
        expect(await violationsOf(desk)).toEqual([])
        await vitrine.screenshot(`centre-${colorScheme}`)
      }
      await centre.getByRole('button', { name: 'Review…' }).click()
      const inbox = desk.getByRole('dialog', { name: 'Edits that lost' })
      await expect(inbox).toContainText('From the desk')
      for (const colorScheme of ['light', 'dark'] as const) {
        await desk.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
        expect(await violationsOf(desk)).toEqual([])
        await vitrine.screenshot(`conflicts-${colorScheme}`)
      }
      await sized(900, 600)
      await vitrine.screenshot('conflicts-small')
      await sized(1440, 900)
      await inbox.getByRole('button', { name: /^Restore mine: Title/ }).click()
      await expect(inbox).toContainText('Nothing lost')
      expect(await violationsOf(desk)).toEqual([])
      await vitrine.screenshot('conflicts-none')
      await desk.keyboard.press('Escape')
      await expect(syncLine(desk)).toContainText('Up to date', { timeout: 30_000 })
      expect(await titled(desk, two)).toBe('From the desk')
      await comes(desk, async () => (await ask(desk, 'sync.status')).state, 'up-to-date')
      await comes(laptop, () => titled(laptop, two), 'From the desk')
    })

    await test.step('an original comes when it is looked at, and when it is asked for', async () => {
      const states = async () => (await cards(laptop)).map(({ sync_state }) => sync_state)
      await laptop.getByRole('button', { name: /^All assets/ }).click()
      const cell = laptop.getByTestId('asset-cell')
      await expect(cell.first()).toBeVisible()
      expect(await states()).toEqual(Array(COUNT).fill('cloud-only'))
      await laptop.screenshot({ path: test.info().outputPath('cloud-only.png') })
      // The viewer fetches what comes next, too.
      await cell.first().dblclick()
      await expect.poll(states, { timeout: 30_000 }).toContain('synced')
      await laptop.keyboard.press('Escape')
      expect(await states()).toContain('cloud-only')
      await cell.first().click()
      await laptop.keyboard.press('ControlOrMeta+a')
      await cell.nth(1).click({ button: 'right' })
      await laptop.getByRole('menuitem', { name: 'Fetch originals' }).click()
      await expect.poll(states, { timeout: 30_000 }).toEqual(Array(COUNT).fill('synced'))
      await expect(laptop.getByText(/originals? (is|are) on this computer now/)).toBeVisible()
    })
    await test.step('a device that removes most of the library does not do so here before somebody has agreed', async () => {
      await ask(laptop, 'assets.trash', { assets: { rowIds: await rowsOf(laptop, { kind: 'library' }) } })
      await ask(laptop, 'sync.now')
      await comes(
        desk,
        async () => (await ask(desk, 'sync.devices')).flatMap(({ question }) => question?.removals ?? []),
        [COUNT],
      )
      expect(await rowsOf(desk, { kind: 'library' })).toHaveLength(COUNT)
      await syncLine(desk).click()
      await desk.getByRole('button', { name: 'Decide…' }).click()
      const question = desk.getByRole('dialog', { name: `Remove ${COUNT} assets here too?` })
      await expect(question).toBeVisible()
      expect(await violationsOf(desk)).toEqual([])
      await vitrine.screenshot('removals')
      await question.getByRole('button', { name: `Remove ${COUNT} assets` }).click()
      await expect.poll(() => rowsOf(desk, { kind: 'library' }), { timeout: 30_000 }).toHaveLength(0)
    })
    await test.step('a device is retired; when it is heard of again, it has gone on as a new one', async () => {
      // The one that has left a checkpoint has said nothing of itself.
      const heardOf = async () => (await ask(desk, 'sync.devices')).filter(({ heard_at }) => heard_at !== null)
      const [lost] = await heardOf()
      const name = lost?.name ?? ''
      const centre = desk.getByRole('dialog', { name: 'Sync', exact: true })
      await ask(laptop, 'sync.pause', { paused: true })
      await centre.getByRole('button', { name: `Actions for ${name}`, exact: true }).click()
      await desk.getByRole('menuitem', { name: 'Retire…' }).click()
      const question = desk.getByRole('dialog', { name: `Retire “${name}”?` })
      await expect(question).toBeVisible()
      for (const colorScheme of ['dark', 'light'] as const) {
        await desk.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
        expect(await violationsOf(desk)).toEqual([])
        await vitrine.screenshot(`retire-${colorScheme}`)
      }
      await question.getByRole('button', { name: 'Retire', exact: true }).click()
      await expect(centre).toContainText('Nothing waits for it.')
      await ask(laptop, 'collections.create', { name: 'Made on the lost laptop' })
      await ask(laptop, 'sync.pause', { paused: false })
      const collections = async () => (await ask(desk, 'collections.list')).map((collection) => collection.name)
      await comes(desk, async () => (await collections()).includes('Made on the lost laptop'), true)
      const devices = await heardOf()
      expect(devices.map(({ retired }) => retired)).toEqual([false, true])
      expect(devices[1]?.id).toBe(lost?.id)
      await expect(syncLine(laptop)).toBeVisible()
      await vitrine.screenshot('retired')
    })
    expect(second.unexpectedErrors).toEqual([])
  } finally {
    await second.close()
    removeFolders(folders)
  }
})
