import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { makeLibrary } from '../../scripts/large-library/makeLibrary.ts'
import { ask, engineReady, rowsOf } from './support/bridge.ts'
import type { RunningVitrine } from './support/launchVitrine.ts'
import { writePictures } from './support/pictures.ts'
import { expect, test } from './support/test.ts'

/** A library of Eagle as it writes them: two folders, four items, one of them in its trash. */
async function writeEagleLibrary(root: string): Promise<string> {
  const library = join(root, 'Ideas.library')
  const pictures = await writePictures(join(root, 'made'), 4)
  mkdirSync(join(library, 'images'), { recursive: true })
  const folders = [{ id: 'F1', name: 'Harbours', children: [{ id: 'F2', name: 'Night', children: [] }] }]
  writeFileSync(join(library, 'metadata.json'), JSON.stringify({ folders, applicationVersion: '4.0.0' }))
  const items = [
    {
      name: 'Lantern pier',
      tags: ['sea', 'blue hour'],
      folders: ['F2'],
      star: 4,
      annotation: 'For the "poster"\nJune',
    },
    { name: 'Quay', tags: ['sea'], folders: ['F1'] },
    { name: 'Plain' },
    { name: 'Thrown away', isDeleted: true },
  ]
  for (const [index, item] of items.entries()) {
    const picture = pictures[index] ?? ''
    const folder = join(library, 'images', `I${index}.info`)
    mkdirSync(folder)
    copyFileSync(picture, join(folder, `scan-${index}.${picture.split('.').at(-1)}`))
    copyFileSync(picture, join(folder, `scan-${index}_thumbnail.png`))
    writeFileSync(join(folder, 'metadata.json'), JSON.stringify({ id: `I${index}`, ...item }))
  }
  return library
}

/** What the system's own dialogs answer; all else is real. */
async function answerDialogs(app: RunningVitrine['app'], folder: string, file: string): Promise<void> {
  await app.evaluate(
    ({ dialog }, [path, saved]) => {
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] })
      dialog.showSaveDialog = async () => ({ canceled: false, filePath: saved })
    },
    [folder, file] as const,
  )
}

async function runCommand(page: Page, title: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+k')
  const palette = page.getByRole('dialog', { name: 'Command palette' })
  await expect(palette).toBeVisible()
  await page.keyboard.type(title)
  await expect(page.getByRole('option', { selected: true })).toContainText(title)
  await page.keyboard.press('Enter')
  await expect(palette).toBeHidden()
}

test('a library of Eagle comes in, and what is known goes out as JSON, CSV and XMP', async ({ vitrine }) => {
  const { root } = vitrine.folders
  const eagle = await writeEagleLibrary(root)
  const { app, window: page } = await vitrine.launch()
  await engineReady(page)
  await expect(page.getByRole('combobox', { name: /^Search/ })).toBeVisible()

  await test.step('folders, tags, stars and notes come along, what was in its trash does not', async () => {
    await answerDialogs(app, eagle, '')
    await runCommand(page, 'Import an Eagle library…')
    const tree = page.getByRole('tree', { name: 'Collections' })
    await expect(tree.getByRole('treeitem', { name: 'Harbours' })).toBeVisible({ timeout: 30_000 })
    await page.getByRole('button', { name: /^All assets/ }).click()
    await expect(page.getByTestId('asset-cell')).toHaveCount(3)
    await expect.poll(async () => (await ask(page, 'imports.list')).map(({ state }) => state)).toEqual(['done'])
    const assets = await ask(page, 'assets.read', { rowIds: await rowsOf(page, { kind: 'library' }) })
    const pier = assets.find(({ custom_title: title }) => title === 'Lantern pier')
    expect(pier).toMatchObject({ rating: 4, description: 'For the "poster"\nJune' })
    expect(pier?.tags.toSorted()).toEqual(['blue hour', 'sea'])
    expect(pier?.collections.map(({ name }) => name)).toEqual(['Night'])
    const tags = page.getByRole('tree', { name: 'Tags' })
    await expect(tags.getByRole('treeitem', { name: /^sea 2/ })).toBeVisible()
  })

  await test.step('as JSON: all that the view shows, with what it names', async () => {
    const file = join(root, 'out.json')
    await answerDialogs(app, root, file)
    await runCommand(page, 'Export metadata as JSON…')
    await expect(page.getByText(`Exported 3 assets to ${file}`)).toBeVisible()
    const written = JSON.parse(readFileSync(file, 'utf8'))
    expect(written).toMatchObject({ format: 'vitrine-metadata', version: 1 })
    expect(written.collections.map(({ name }: { name: string }) => name)).toEqual(['Unsorted', 'Harbours', 'Night'])
    expect(written.assets).toHaveLength(3)
    expect(written.assets).toContainEqual(expect.objectContaining({ custom_title: 'Lantern pier', rating: 4 }))
  })

  await test.step('as CSV: only what is selected', async () => {
    const file = join(root, 'out.csv')
    await answerDialogs(app, root, file)
    await page.getByRole('tree', { name: 'Collections' }).getByRole('treeitem', { name: 'Harbours' }).click()
    await page.getByRole('button', { name: /^All assets/ }).click()
    const [pier] = await rowsOf(page, { kind: 'library' }, 'lantern')
    await page.locator(`[data-row-id="${pier}"]`).click()
    await runCommand(page, 'Export metadata as CSV…')
    await expect(page.getByText(`Exported 1 asset to ${file}`)).toBeVisible()
    const text = readFileSync(file, 'utf8')
    // A note with quotes and a line of its own stays one field (RFC 4180).
    expect(text).toContain('"For the ""poster""\nJune"')
    expect(
      text
        .replace(/"[^"]*(?:""[^"]*)*"/g, '')
        .split('\r\n')
        .filter(Boolean),
    ).toHaveLength(2)
  })

  await test.step('as XMP: a sidecar for each, under the name of its file', async () => {
    const folder = join(root, 'sidecars')
    mkdirSync(folder)
    await answerDialogs(app, folder, '')
    await page.keyboard.press('Escape')
    await page.getByTestId('asset-cell').first().click()
    await page.keyboard.press('ControlOrMeta+a')
    await runCommand(page, 'Export metadata as XMP')
    await expect(page.getByText(`Exported 3 assets as 3 files in ${folder}`)).toBeVisible()
    expect(readdirSync(folder).sort()).toEqual(['scan-0.png.xmp', 'scan-1.jpg.xmp', 'scan-2.png.xmp'])
    const sidecar = readFileSync(join(folder, 'scan-0.png.xmp'), 'utf8')
    expect(sidecar).toContain('<xmp:Rating>4</xmp:Rating>')
    expect(sidecar).toContain('blue hour')
  })

  await test.step('the import itself is one step to undo beside its order', async () => {
    await page.keyboard.press('ControlOrMeta+z')
    await expect.poll(async () => (await ask(page, 'collections.list')).map(({ name }) => name)).toEqual(['Unsorted'])
    expect(await rowsOf(page, { kind: 'library' })).toHaveLength(3)
  })
})

test('a change of very many assets shows how far it is, and can be stopped', async ({ vitrine }) => {
  // Three parts of the change: it is seen after the first one, and stopped before the last.
  const assets = 30_000
  await makeLibrary({ root: vitrine.folders.library, assets, seed: 1, until: Date.UTC(2026, 9, 31) })
  const running = await vitrine.launch()
  // Of files that were never there.
  running.expectErrors(/404/)
  const page = running.window
  await engineReady(page)
  await page.getByRole('button', { name: /^All assets/ }).click()
  const total = (await rowsOf(page, { kind: 'library' })).length
  expect(total).toBeGreaterThan(20_000)
  const count = `${total}`.replace(/(?=...$)/, '[ ,.]?')
  await expect(page.getByRole('status').filter({ hasText: new RegExp(`^${count} assets$`) })).toBeVisible()
  await page.getByTestId('asset-cell').first().click()
  await page.keyboard.press('ControlOrMeta+a')
  await expect(page.getByRole('status').filter({ hasText: new RegExp(`^${count} .*selected`) })).toBeVisible()
  const rated = async () => (await rowsOf(page, { kind: 'library' }, 'rating:4')).length
  const before = await rated()

  // The change ends soon: what the bar says is kept, and its button pressed, in the window itself.
  await page.evaluate(() => {
    const seen: string[] = []
    Object.assign(globalThis, { seen })
    new MutationObserver(() => {
      const bar = document.querySelector('footer [role=progressbar]')
      const text = document.querySelector('footer [role=status]')?.textContent ?? ''
      if (bar === null || text === seen.at(-1)) return
      seen.push(text)
      document.querySelector<HTMLButtonElement>('footer button[aria-label^="Stop; what is done stays"]')?.click()
    }).observe(document.body, { subtree: true, childList: true, characterData: true })
  })
  await page.keyboard.press('4')
  await expect(page.getByText(/^Stopped\. /).first()).toBeVisible({ timeout: 30_000 })
  await expect(page.getByRole('progressbar', { name: 'Progress of the change' })).toBeHidden()
  const seen = await page.evaluate(() => (globalThis as unknown as { seen: string[] }).seen)
  expect(seen.some((text) => /^Changing [\d,.\s]+ of [\d,.\s]+$/.test(text))).toBe(true)
  expect(await rated()).toBeGreaterThan(before)
  expect(await rated()).toBeLessThan(total)
  await page.keyboard.press('ControlOrMeta+z')
  await expect.poll(rated, { timeout: 30_000 }).toBe(before)
})
