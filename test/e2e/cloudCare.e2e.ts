import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { ask, engineReady, rowsOf } from './support/bridge.ts'
import { writePictures } from './support/pictures.ts'
import { expect, test } from './support/test.ts'
import { violationsOf } from './support/violationsOf.ts'

const COUNT = 4
const cards = async (page: Page) => ask(page, 'assets.cards', { rowIds: await rowsOf(page, { kind: 'library' }) })
const originalOf = async (page: Page, id: string) => {
  const [asset] = (await cards(page)).filter((card) => card.id === id)
  if (asset === undefined) throw new Error('no such asset')
  const { path } = await ask(page, 'library.info')
  return join(path, (await ask(page, 'assets.get', { id: asset.id })).storage_path)
}

test('originals leave this computer, come back when they are looked at or exported, and stay where a collection is pinned', async ({
  vitrine,
}) => {
  test.setTimeout(180_000)
  const bucket = join(vitrine.folders.root, 'shared drive')
  mkdirSync(bucket)
  const { window: page } = await vitrine.launch()
  await engineReady(page)
  await page.getByRole('combobox', { name: /^Search/ }).waitFor()
  await ask(page, 'imports.start', {
    paths: await writePictures(join(vitrine.folders.root, 'pictures'), COUNT, 1),
    options: { space: 'library', mode: 'copy' },
    source: 'window',
  })
  await expect
    .poll(() => rowsOf(page, { kind: 'library' }, 'status:available'), { timeout: 30_000 })
    .toHaveLength(COUNT)
  await ask(page, 'remotes.add', { role: 'library', location: { kind: 'folder', path: bucket, prefix: '' } })
  await expect.poll(() => rowsOf(page, { kind: 'library' }, 'sync:synced'), { timeout: 60_000 }).toHaveLength(COUNT)
  // Nothing leaves before other devices can know of it.
  await ask(page, 'sync.once')
  await page.getByRole('button', { name: /^All assets/ }).click()
  const cells = page.getByTestId('asset-cell')
  await expect(cells).toHaveCount(COUNT)
  const stateOf = async (id: string) => (await cards(page)).find((card) => card.id === id)?.sync_state
  const [first, second] = (await cards(page)).map(({ id }) => id)
  if (first === undefined || second === undefined) throw new Error('pictures were imported')
  const files = new Map([
    [first, await originalOf(page, first)],
    [second, await originalOf(page, second)],
  ])

  await test.step('a picture that the bucket has leaves this computer', async () => {
    await cells.first().click({ button: 'right' })
    await expect(page.getByRole('menuitem', { name: 'Free up space' })).toBeVisible()
    await vitrine.screenshot('free-up-space')
    await page.getByRole('menuitem', { name: 'Free up space' }).click()
    await expect.poll(() => rowsOf(page, { kind: 'library' }, 'sync:cloud-only')).toHaveLength(1)
    const away = (await cards(page)).find(({ sync_state }) => sync_state === 'cloud-only')
    expect(existsSync(files.get(away?.id ?? first) ?? '')).toBe(false)
    await expect(page.getByText(/freed\. The original is in the bucket/)).toBeVisible()
    await vitrine.screenshot('freed')
  })

  await test.step('it is back when somebody looks at it', async () => {
    const away = (await cards(page)).find(({ sync_state }) => sync_state === 'cloud-only')
    if (away === undefined) throw new Error('one is away')
    await cells.first().dblclick()
    await expect.poll(() => stateOf(away.id), { timeout: 30_000 }).toBe('synced')
    expect(existsSync(await originalOf(page, away.id))).toBe(true)
    await page.keyboard.press('Escape')
  })

  await test.step('an export fetches it first', async () => {
    await ask(page, 'originals.evict', { ids: [second] })
    expect(await stateOf(second)).toBe('cloud-only')
    const target = join(vitrine.folders.root, 'exported')
    mkdirSync(target)
    const exported = await ask(page, 'export.files', {
      assets: { ids: [second] },
      export: { format: 'original', names: '{name}' },
      folder: target,
    })
    expect(exported).toMatchObject({ files: 1, failed: 0 })
    expect(readdirSync(target)).toHaveLength(1)
    expect(await stateOf(second)).toBe('synced')
  })

  await test.step('so does carrying it to another program', async () => {
    await ask(page, 'originals.evict', { ids: [second] })
    const row = (await cards(page)).find(({ id }) => id === second)?.row_id
    if (row === undefined) throw new Error('it is in the library')
    expect((await ask(page, 'shell.prepareDrag', { assets: { rowIds: Int32Array.of(row) } })).drag).not.toBeNull()
    expect(await stateOf(second)).toBe('synced')
  })

  await test.step('a collection is kept here with all that is in it', async () => {
    const { collection } = await ask(page, 'collections.create', { name: 'For the train' })
    await ask(page, 'collections.add', { id: collection.id, assets: { ids: [first] } })
    await ask(page, 'originals.evict', { ids: [first] })
    const line = page.getByRole('treeitem', { name: /For the train/ })
    await line.click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Keep on this computer' }).click()
    await expect(line.getByRole('img', { name: 'Stays on this computer' })).toBeVisible()
    await expect.poll(() => stateOf(first), { timeout: 30_000 }).toBe('synced')
    expect(await ask(page, 'originals.evict', { ids: [first] })).toMatchObject({ kept: [{ reason: 'pinned' }] })
  })

  await test.step('settings and storage say how originals are kept', async () => {
    await page.keyboard.press('Control+,')
    const dialog = page.getByRole('dialog', { name: 'Settings' })
    const budget = dialog.getByLabel(/How much originals may take/)
    await budget.fill('1 MB')
    await expect(dialog.getByText(/at least 100 MiB/)).toBeVisible()
    await budget.fill('50 GB')
    await budget.press('Enter')
    await expect.poll(async () => (await ask(page, 'care.status')).settings.budgetBytes).toBe(50_000_000_000)
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      expect(await violationsOf(page)).toEqual([])
      await vitrine.screenshot(`originals-settings-${colorScheme}`)
    }
    await page.keyboard.press('Escape')
    await ask(page, 'scrub.start')
    await expect
      .poll(async () => (await ask(page, 'care.status')).scrub.last?.finishedAt ?? null, { timeout: 60_000 })
      .not.toBeNull()
    await page.keyboard.press('Control+9')
    await expect(page.getByRole('region', { name: 'Kept safe' })).toContainText('Everything was as it should be.')
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      expect(await violationsOf(page)).toEqual([])
      await vitrine.screenshot(`storage-${colorScheme}`)
    }
  })

  await test.step('a remote with originals that are nowhere else goes only when they are fetched, or left on purpose', async () => {
    const others = (await cards(page)).map(({ id }) => id).filter((id) => id !== first)
    expect((await ask(page, 'originals.evict', { ids: others })).evicted).toHaveLength(COUNT - 1)
    await page.getByRole('button', { name: /Open the sync centre/ }).click()
    const centre = page.getByRole('dialog', { name: 'Sync', exact: true })
    await centre.getByRole('button', { name: 'Actions for shared drive' }).click()
    await page.getByRole('menuitem', { name: 'Remove' }).click()
    const question = page.getByRole('dialog', { name: 'Remove “shared drive”?' })
    await expect(question).toContainText(`${COUNT - 1} files are only there and not on this computer`)
    const remove = question.getByRole('button', { name: 'Remove' })
    await expect(remove).toBeDisabled()
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      expect(await violationsOf(page)).toEqual([])
      await vitrine.screenshot(`only-there-${colorScheme}`)
    }
    await question.getByRole('switch', { name: 'Leave them there' }).click()
    await expect(remove).toBeEnabled()
    await question.getByRole('switch', { name: 'Leave them there' }).click()
    await question.getByRole('button', { name: 'Fetch them first' }).click()
    await expect(question).not.toContainText('only there', { timeout: 30_000 })
    expect((await cards(page)).map(({ sync_state }) => sync_state)).toEqual(Array(COUNT).fill('synced'))
    await remove.click()
    await expect(centre).not.toContainText('shared drive')
  })
})
