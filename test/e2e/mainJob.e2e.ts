import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Page } from '@playwright/test'
import { ask, engineReady, rowsOf } from './support/bridge.ts'
import { filesBelow, hashOf, writePictures } from './support/pictures.ts'
import { expect, test } from './support/test.ts'

/** Cells whose thumbnail the browser has really decoded. */
const decodedCells = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const images = [
      ...document.querySelectorAll<HTMLImageElement>('[data-testid=asset-cell] img[src^="asset://thumb/"]'),
    ]
    const decoded = await Promise.all(
      images.map((image) =>
        image.decode().then(
          () => image.naturalWidth > 0,
          () => false,
        ),
      ),
    )
    return decoded.filter(Boolean).length
  })

test('files that land in the drop folder appear, are kept, collected, and are there after a restart', async ({
  vitrine,
}) => {
  const pictures = await writePictures(join(vitrine.folders.root, 'made'), 12)
  const { window } = await vitrine.launch()
  await engineReady(window)
  const library = await ask(window, 'library.info')

  await test.step('a folder of files appears with decoded thumbnails', async () => {
    const job = join(library.dropFolder, 'night harbour')
    mkdirSync(job)
    for (const path of pictures.slice(0, 6)) copyFileSync(path, join(job, basename(path)))
    await expect.poll(() => decodedCells(window), { timeout: 30_000 }).toBe(6)
    const jobs = await ask(window, 'jobs.list')
    expect(jobs).toMatchObject([{ folder: 'night harbour', asset_count: 6 }])
  })

  await test.step('the drop folder is drained and every original has the bytes of its source', async () => {
    await expect.poll(() => filesBelow(library.dropFolder)).toEqual([])
    const stored = filesBelow(join(library.path, 'originals')).map(hashOf).sort()
    expect(stored).toEqual(pictures.slice(0, 6).map(hashOf).sort())
  })

  await test.step('a key keeps the selected ones, and undo takes it back', async () => {
    await window.getByTestId('asset-cell').first().click()
    await window.keyboard.press('k')
    await expect.poll(() => rowsOf(window, { kind: 'library' })).toHaveLength(1)
    await window.keyboard.press('ControlOrMeta+z')
    await expect.poll(() => rowsOf(window, { kind: 'library' })).toHaveLength(0)
    // "All" is what the window shows, so the one that came back has to be on screen before all are selected.
    await expect(window.getByTestId('asset-cell')).toHaveCount(6)
    await window.getByTestId('asset-cell').first().click()
    await window.keyboard.press('ControlOrMeta+a')
    await window.keyboard.press('k')
    await expect.poll(() => rowsOf(window, { kind: 'library' })).toHaveLength(6)
    await expect(window.getByTestId('asset-cell')).toHaveCount(0)
  })

  await test.step('a key discards, and undo brings it back', async () => {
    copyFileSync(pictures[6] ?? '', join(library.dropFolder, 'one.png'))
    await expect(window.getByTestId('asset-cell')).toHaveCount(1)
    await window.getByTestId('asset-cell').click()
    await window.keyboard.press('x')
    await expect(window.getByTestId('asset-cell')).toHaveCount(0)
    expect(await rowsOf(window, { kind: 'trash' })).toHaveLength(1)
    await window.keyboard.press('ControlOrMeta+z')
    await expect(window.getByTestId('asset-cell')).toHaveCount(1)
  })

  await test.step('a collection is made and filled', async () => {
    await window.getByRole('button', { name: 'New collection' }).first().click()
    await window.keyboard.type('Key art')
    await window.keyboard.press('Enter')
    await expect
      .poll(async () => (await ask(window, 'collections.list')).map(({ name }) => name))
      .toEqual(['Unsorted', 'Key art'])
    const collection = (await ask(window, 'collections.list'))[1]
    if (collection === undefined) throw new Error('the collection is missing')
    const rowIds = (await rowsOf(window, { kind: 'library' })).slice(0, 3)
    await ask(window, 'collections.add', { id: collection.id, assets: { rowIds } })
    expect(await rowsOf(window, { kind: 'collection', collectionId: collection.id })).toEqual(rowIds)
  })

  await test.step('a favourite survives', async () => {
    const [rowId] = await rowsOf(window, { kind: 'library' })
    if (rowId === undefined) throw new Error('the Library is empty')
    await ask(window, 'assets.edit', { assets: { rowIds: [rowId] }, patch: { is_favorite: true } })
  })

  await test.step('everything is there after a restart', async () => {
    const again = await vitrine.launch()
    await engineReady(again.window)
    expect(await rowsOf(again.window, { kind: 'library' })).toHaveLength(6)
    expect(await rowsOf(again.window, { kind: 'favorites' })).toHaveLength(1)
    expect(await rowsOf(again.window, { kind: 'workspace' })).toHaveLength(1)
    const collections = await ask(again.window, 'collections.list')
    expect(collections.map(({ name, asset_count }) => [name, asset_count])).toEqual([
      ['Unsorted', 3],
      ['Key art', 3],
    ])
    // The last thing done before the restart can still be undone.
    await ask(again.window, 'history.undo')
    expect(await rowsOf(again.window, { kind: 'favorites' })).toHaveLength(0)
  })
})

test('files and folders dropped onto the window are imported and stay where they were', async ({ vitrine }) => {
  const folder = join(vitrine.folders.root, 'from elsewhere')
  const pictures = await writePictures(join(folder, 'deep', 'er'), 5)
  const { window } = await vitrine.launch()
  await engineReady(window)
  // Chromium makes files with a path only from a real choice, so an input is given them and they are dropped from it.
  await window.evaluate(() => {
    const input = document.createElement('input')
    input.type = 'file'
    input.multiple = true
    input.id = 'chosen-for-drop'
    input.hidden = true
    document.body.append(input)
  })
  await window.locator('#chosen-for-drop').setInputFiles(pictures)
  const drop = (type: string) =>
    window.evaluate((eventType) => {
      const input = document.querySelector<HTMLInputElement>('#chosen-for-drop')
      const transfer = new DataTransfer()
      for (const file of input?.files ?? []) transfer.items.add(file)
      const target = document.elementFromPoint(innerWidth / 2, innerHeight / 2)
      target?.dispatchEvent(new DragEvent(eventType, { dataTransfer: transfer, bubbles: true, cancelable: true }))
    }, type)
  await drop('dragenter')
  await drop('dragover')
  await expect(window.getByText(/Workspace/).last()).toBeVisible()
  await drop('drop')
  await expect(window.getByTestId('asset-cell')).toHaveCount(5)
  for (const path of pictures) expect(existsSync(path)).toBe(true)
})

test('a picture that is only on the clipboard is pasted into what the window shows', async ({ vitrine }) => {
  const { window } = await vitrine.launch()
  await engineReady(window)
  const [picture] = await writePictures(join(vitrine.folders.root, 'made'), 1)
  const bytes = readFileSync(picture ?? '').toString('base64')
  const paste = (selector: string) =>
    window.evaluate(
      ([where = '', base64 = '']) => {
        const transfer = new DataTransfer()
        const pixels = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
        transfer.items.add(new File([pixels], 'image.png', { type: 'image/png' }))
        const event = new ClipboardEvent('paste', { clipboardData: transfer, bubbles: true, cancelable: true })
        document.querySelector(where)?.dispatchEvent(event)
      },
      [selector, bytes],
    )
  await window.getByRole('button', { name: /^All assets/ }).click()
  // Whoever types pastes text.
  await paste('input')
  await paste('body')
  await expect(window.getByTestId('asset-cell')).toHaveCount(1)
  const [card] = await ask(window, 'assets.cards', { rowIds: await rowsOf(window, { kind: 'library' }) })
  expect(card?.file_name).toBe('image.png')
  const staged = join(vitrine.folders.library, 'cache', 'staged')
  await expect.poll(() => filesBelow(staged)).toEqual([])
})

test('a folder is imported recursively, twice the same bytes are one asset, and a bad file does not stop the rest', async ({
  vitrine,
}) => {
  const folder = join(vitrine.folders.root, 'old drive')
  const [first] = await writePictures(join(folder, 'a'), 4)
  copyFileSync(first ?? '', join(folder, 'the same again.png'))
  writeFileSync(join(folder, 'empty.png'), '')
  writeFileSync(join(folder, 'broken.png'), Buffer.from('89504e470d0a1a0a0000000d49484452deadbeef', 'hex'))
  writeFileSync(join(folder, '.DS_Store'), 'x')
  const { window } = await vitrine.launch()
  await engineReady(window)
  const started = await ask(window, 'imports.start', { paths: [folder], options: {}, source: 'window' })
  await expect
    .poll(async () => (await ask(window, 'imports.get', { id: started.id })).state, { timeout: 20_000 })
    .toBe('done')
  await expect.poll(async () => (await ask(window, 'imports.get', { id: started.id })).processing).toBe(0)
  const report = await ask(window, 'imports.report', { id: started.id })
  expect(report.imported).toHaveLength(5)
  expect(report.imported.filter((item) => item.status === 'error')).toMatchObject([{ code: 'decode_failed' }])
  expect(report.duplicates).toHaveLength(1)
  expect(report.failed).toMatchObject([{ code: 'empty_file' }])
  expect(report.skipped).toMatchObject([{ code: 'system_file' }])
  await expect(window.getByTestId('asset-cell')).toHaveCount(5)
})
