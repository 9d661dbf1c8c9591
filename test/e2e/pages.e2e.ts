import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { makeZip } from '../../src/main/media/kinds/documents/fixtures/makeZip.ts'
import { tiffFile } from '../fixtures/pictures/tiffFile.ts'
import { ask, engineReady } from './support/bridge.ts'
import { expect, test } from './support/test.ts'
import { violationsOf } from './support/violationsOf.ts'

const COLORS = [
  [200, 60, 60],
  [60, 160, 80],
  [60, 80, 200],
] as const

const page = (color: readonly [number, number, number], width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: { r: color[0], g: color[1], b: color[2] } } })

/** A TIFF of three uncompressed pages. */
async function scan(): Promise<Buffer> {
  const [width, height] = [300, 400]
  const pages = await Promise.all(COLORS.map((color) => page(color, width, height).raw().toBuffer()))
  return tiffFile(
    pages.map((data) => [
      [0x100, { long: [width] }],
      [0x101, { long: [height] }],
      [0x102, { short: [8, 8, 8] }],
      [0x103, { short: [1] }],
      [0x106, { short: [2] }],
      [0x111, { offsetOf: data }],
      [0x115, { short: [3] }],
      [0x116, { long: [height] }],
      [0x117, { long: [data.length] }],
    ]),
  )
}

async function comic(): Promise<Buffer> {
  const pages = await Promise.all(COLORS.map((color) => page(color, 320, 480).png().toBuffer()))
  return makeZip(pages.map((data, at) => ({ name: `pages/${at + 1}.png`, data })))
}

test('comics and scans of several pages are turned page by page', async ({ vitrine }) => {
  const { window } = await vitrine.launch()
  await engineReady(window)
  const folder = join(vitrine.folders.root, 'pages')
  mkdirSync(folder)
  writeFileSync(join(folder, 'fog.cbz'), await comic())
  writeFileSync(join(folder, 'scan.tiff'), await scan())
  const { id } = await ask(window, 'imports.start', {
    paths: [folder],
    options: { space: 'library' },
    source: 'window',
  })
  await expect.poll(async () => (await ask(window, 'imports.get', { id })).state).toBe('done')
  await expect.poll(async () => (await ask(window, 'imports.get', { id })).processing).toBe(0)
  await window.getByRole('button', { name: /^All assets/ }).click()
  const viewer = window.getByTestId('viewer')

  /** Which page is drawn, once its picture is there. */
  const drawnPage = () =>
    viewer.evaluate((root) => {
      const images = [...root.querySelectorAll<HTMLImageElement>('img')]
      const image = images.find(({ src, complete }) => src.startsWith('asset://drawn/') && complete)
      return image === undefined ? null : image.src.split('/').at(-2)
    })
  for (const name of ['fog.cbz', 'scan.tiff']) {
    await test.step(name, async () => {
      await window.getByRole('option', { name: new RegExp(`^${name}`) }).dblclick()
      await expect(viewer.getByText('1 / 3')).toBeVisible()
      for (const number of [2, 3]) {
        await window.keyboard.press('PageDown')
        await expect(viewer.getByText(`${number} / 3`)).toBeVisible()
        await expect.poll(drawnPage).toBe(String(number - 1))
      }
      expect(await violationsOf(window)).toEqual([])
      await vitrine.screenshot(`pages-${name.slice(-4).replace('.', '')}`)
      await window.keyboard.press('Escape')
      await expect(viewer).toHaveCount(0)
    })
  }
})
