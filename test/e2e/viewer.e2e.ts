import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Page } from '@playwright/test'
import sharp from 'sharp'
import { makeArt } from '../../scripts/demo-art/makeArt.ts'
import { withPngText } from '../../scripts/demo-art/pngText.ts'
import { makePdf } from '../../src/main/media/kinds/documents/fixtures/makePdf.ts'
import { makeWave } from '../../src/main/media/kinds/timeBased/fixtures/makeSound.ts'
import { ask, engineReady, rowsOf } from './support/bridge.ts'
import { makeWebm } from './support/films.ts'
import { expect, test, type VitrineUnderTest } from './support/test.ts'
import { violationsOf } from './support/violationsOf.ts'

const PROMPT = 'a harbour at dusk, lanterns, fog'
const MARKDOWN = `# Notes on the harbour

Some **bold** words, \`code\` and a [link](https://example.com/never-asked).

| Light | Lens |
|---|---|
| dusk | 85 mm |

- [x] lanterns
- fog

![remote](https://example.com/never-loaded.png)

<script>window.broken = true</script>

${'A line of the log.\n\n'.repeat(60)}`

/** Files of every kind, in the order of their names. */
async function writeKinds(folder: string, page: Page): Promise<void> {
  mkdirSync(folder, { recursive: true })
  const write = (name: string, bytes: Buffer | string) => writeFileSync(join(folder, name), bytes)
  const art = (seed: number, width = 960, height = 640) => makeArt({ seed, width, height }).image
  write('a-picture.png', withPngText(await art(3).png().toBuffer(), 'parameters', `${PROMPT}\nSteps: 20, Seed: 7`))
  const frames = await Promise.all(['#c33', '#3c3', '#33c'].map((color) => flat(color, 160, 120)))
  write(
    'b-animated.gif',
    await sharp(frames, { join: { animated: true } })
      .gif({ delay: [200, 200, 200] })
      .toBuffer(),
  )
  write('c-photo.tiff', await art(5, 1800, 1200).tiff({ compression: 'lzw' }).toBuffer())
  write('d-film.webm', await makeWebm(page, { width: 320, height: 180, seconds: ['#24486b', '#6b4824', '#246b48'] }))
  const samples = Array.from({ length: 8000 * 3 }, (_, at) => Math.sin(at / 7) * Math.abs(Math.sin(at / 4000)) * 0.8)
  write('e-sound.wav', makeWave({ samples, rate: 8000 }))
  const text = (words: string) => `BT /F1 60 Tf 60 600 Td (${words}) Tj ET`
  const pdf = ['Cover', 'Second page', 'The end'].map((words) => ({ box: '0 0 595 842', content: text(words) }))
  write('f-document.pdf', makePdf({ pages: pdf }))
  const inter = dirname(createRequire(import.meta.url).resolve('@fontsource-variable/inter/package.json'))
  copyFileSync(join(inter, 'files', 'inter-latin-wght-normal.woff2'), join(folder, 'g-typeface.woff2'))
  write('h-notes.md', MARKDOWN)
  write('i-broken.png', Buffer.from('89504e470d0a1a0a0000000d49484452deadbeef', 'hex'))
  write('j-unknown.xyz', Buffer.from(Array.from({ length: 4096 }, (_, at) => (at * 167 + 13) % 256)))
}

function flat(background: string, width: number, height: number): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background } })
    .png()
    .toBuffer()
}

/** A library with a file of each kind, the window on it in the order of their names, the first one selected. */
async function withKinds(vitrine: VitrineUnderTest) {
  const { window, app } = await vitrine.launch()
  await engineReady(window)
  const folder = join(vitrine.folders.root, 'kinds')
  await writeKinds(folder, window)
  const { id } = await ask(window, 'imports.start', {
    paths: [folder],
    options: { space: 'library' },
    source: 'window',
  })
  await expect.poll(async () => (await ask(window, 'imports.get', { id })).state, { timeout: 30_000 }).toBe('done')
  await expect.poll(async () => (await ask(window, 'imports.get', { id })).processing, { timeout: 30_000 }).toBe(0)
  await window.getByRole('button', { name: /^All assets/ }).click()
  await window.getByRole('button', { name: /^Sort by/ }).click()
  await window.getByRole('menuitemcheckbox', { name: /^File name|^Name/ }).click()
  const cells = window.getByTestId('asset-cell')
  await expect(cells.first()).toContainText('a-picture')
  await cells.first().click()
  return { window, app }
}

/** Whether the sharp picture of the viewer is there, and its size. */
const sharpPicture = (page: Page, from: string) =>
  page.evaluate((scheme) => {
    const images = [...document.querySelectorAll<HTMLImageElement>('[data-testid=viewer] img')]
    const image = images.find(
      ({ src, complete, naturalWidth }) => src.startsWith(scheme) && complete && naturalWidth > 0,
    )
    return image === undefined ? null : [image.naturalWidth, image.naturalHeight]
  }, from)

test('every kind of file can be looked at, by the keyboard alone', async ({ vitrine }) => {
  const { window, app } = await withKinds(vitrine)
  await window.emulateMedia({ colorScheme: 'dark' })
  const viewer = window.getByTestId('viewer')
  const heading = (name: string) => viewer.getByRole('heading', { name, level: 1 })
  const next = () => window.keyboard.press('ArrowRight')
  await window.keyboard.press('Space')

  await test.step('a picture: fit, 100 %, zoom, pan, rotation, background', async () => {
    await expect(heading('a-picture.png')).toBeVisible()
    await expect.poll(() => sharpPicture(window, 'asset://original/')).toEqual([960, 640])
    await window.keyboard.press('ControlOrMeta+1')
    await expect(viewer.getByRole('button', { name: /^Zoom 100 %/ })).toBeVisible()
    await window.keyboard.press('+')
    await expect(viewer.getByRole('button', { name: /^Zoom 150 %/ })).toBeVisible()
    const image = viewer.locator('img[src^="asset://original/"]')
    const before = await image.boundingBox()
    await window.keyboard.press('Shift+ArrowDown')
    await expect.poll(async () => ((await image.boundingBox())?.y ?? 0) < (before?.y ?? 0)).toBe(true)
    await window.keyboard.press('ControlOrMeta+0')
    await window.keyboard.press('b')
    await window.keyboard.press('b')
    await expect(viewer.getByRole('button', { name: 'Background: checkered' })).toBeVisible()
    await window.keyboard.press('b')
    await window.keyboard.press('r')
    await expect
      .poll(async () => {
        const box = await image.boundingBox()
        return box !== null && box.height > box.width
      })
      .toBe(true)
    await window.keyboard.press('i')
    await expect(viewer.getByRole('complementary', { name: 'Info' })).toContainText(PROMPT)
    await window.keyboard.press('i')
    await window.keyboard.press('Shift+F')
    await expect.poll(() => window.evaluate(() => document.fullscreenElement?.role)).toBe('dialog')
    await window.keyboard.press('Shift+F')
    await expect.poll(() => window.evaluate(() => document.fullscreenElement)).toBeNull()
  })

  await test.step('its pixels and its prompt go to the clipboard', async () => {
    await window.keyboard.press('ControlOrMeta+Shift+C')
    await expect(window.getByText('Copied the image of “a-picture.png”')).toBeVisible()
    expect(await app.evaluate(hasPicture)).toBe(true)
    await window.keyboard.press('ControlOrMeta+Shift+P')
    await expect.poll(() => app.evaluate(({ clipboard }) => clipboard.readText())).toBe(PROMPT)
  })

  await test.step('an animation plays', async () => {
    await next()
    await expect(heading('b-animated.gif')).toBeVisible()
    await expect.poll(() => sharpPicture(window, 'asset://original/')).toEqual([160, 120])
    const color = () => centreOf(window)
    const first = await color()
    await expect.poll(color).not.toEqual(first)
  })

  await test.step('a picture that Chromium can not draw is drawn with all of its pixels', async () => {
    await next()
    await expect(heading('c-photo.tiff')).toBeVisible()
    await expect.poll(() => sharpPicture(window, 'asset://drawn/'), { timeout: 20_000 }).toEqual([1800, 1200])
  })

  const media = viewer.getByTestId('media')
  const at = () => media.evaluate((element) => (element as HTMLMediaElement).currentTime)

  await test.step('a film: frames, speed, repeat', async () => {
    await next()
    await expect(heading('d-film.webm')).toBeVisible()
    await expect.poll(at).toBeGreaterThan(0)
    await window.keyboard.press('.')
    await expect(viewer.getByRole('button', { name: 'Play' })).toBeVisible()
    const stood = await at()
    await window.keyboard.press('.')
    // Ten frames a second: one of them is a tenth, whatever else is thought of it.
    await expect.poll(async () => Math.round(((await at()) - stood) * 100)).toBe(10)
    await window.keyboard.press(',')
    await expect.poll(async () => Math.abs((await at()) - stood) < 0.051).toBe(true)
    await window.keyboard.press(']')
    await expect.poll(() => media.evaluate((element) => (element as HTMLMediaElement).playbackRate)).toBe(1.25)
    await window.keyboard.press('[')
    await window.keyboard.press('l')
    await expect(viewer.getByRole('button', { name: 'Repeat' })).toHaveAttribute('aria-pressed', 'true')
    await window.keyboard.press('m')
    await vitrine.screenshot('film')
  })

  await test.step('a sound has its waveform, and is as loud as the film was', async () => {
    await next()
    await expect(heading('e-sound.wav')).toBeVisible()
    await expect(viewer.locator('svg path[d^="M0.8"]').first()).toBeVisible()
    expect(await media.evaluate((element) => (element as HTMLMediaElement).muted)).toBe(true)
    await window.keyboard.press('m')
    await vitrine.screenshot('sound')
  })

  await test.step('a document page by page', async () => {
    await next()
    await expect(heading('f-document.pdf')).toBeVisible()
    await expect(viewer.getByText('1 / 3')).toBeVisible()
    await window.keyboard.press('PageDown')
    await window.keyboard.press('PageDown')
    await expect(viewer.getByText('3 / 3')).toBeVisible()
    await expect.poll(() => sharpPicture(window, 'asset://drawn/'), { timeout: 20_000 }).toEqual([1447, 2048])
    await expect(viewer.getByRole('button', { name: 'Next page' })).toBeDisabled()
    await vitrine.screenshot('document')
  })

  await test.step('a typeface can be typed in', async () => {
    await next()
    await expect(heading('g-typeface.woff2')).toBeVisible()
    const line = viewer.getByRole('textbox', { name: 'Type here to try this typeface' })
    await expect(line).toBeVisible()
    const family = await line.evaluate((element) => getComputedStyle(element).fontFamily)
    expect(await window.evaluate((name) => document.fonts.check(`20px ${name}`), family)).toBe(true)
    await line.fill('Kept, not discarded')
    await vitrine.screenshot('typeface')
    await line.blur()
    await viewer.focus()
  })

  await test.step('a text can be read, and loads nothing', async () => {
    await next()
    await expect(viewer.getByRole('heading', { name: 'Notes on the harbour' })).toBeVisible()
    await expect(viewer.getByRole('cell', { name: '85 mm' })).toBeVisible()
    await expect(viewer.getByText('[picture: remote]')).toBeVisible()
    await expect(viewer.getByText('<script>window.broken = true</script>')).toBeVisible()
    expect(await window.evaluate(() => 'broken' in window)).toBe(false)
    const scrolled = () => viewer.getByTestId('text').evaluate(({ scrollTop }) => scrollTop)
    await window.keyboard.press('PageDown')
    await expect.poll(scrolled).toBeGreaterThan(100)
    await window.keyboard.press('ArrowUp')
    await window.keyboard.press('PageUp')
    await expect.poll(scrolled).toBe(0)
    await vitrine.screenshot('text')
  })

  await test.step('what can not be shown says so', async () => {
    await next()
    await expect(heading('i-broken.png')).toBeVisible()
    await expect(viewer.getByText(/damaged|can’t be drawn|could not be drawn/)).toBeVisible()
    await expect(viewer.getByRole('button', { name: /^Zoom/ })).toHaveCount(0)
    await next()
    await expect(viewer.getByRole('heading', { name: 'j-unknown.xyz', level: 2 })).toBeVisible()
    await vitrine.screenshot('tile')
  })

  await window.keyboard.press('Escape')
  await expect(viewer).toHaveCount(0)
  expect(await rowsOf(window, { kind: 'library' })).toHaveLength(10)
})

/** Whether there is a picture on the clipboard; the Electron of tests may be one with the clipboard of before. */
function hasPicture({ clipboard }: typeof import('electron')): boolean | Promise<boolean> {
  const before = clipboard as unknown as { readonly availableFormats?: () => readonly string[] }
  return before.availableFormats?.().includes('image/png') ?? clipboard.has('image/png')
}

/** The colour in the middle of the window, as it is painted. */
async function centreOf(page: Page): Promise<number[]> {
  const { data, info } = await sharp(await page.screenshot())
    .raw()
    .toBuffer({ resolveWithObject: true })
  const at = (Math.floor(info.height / 2) * info.width + Math.floor(info.width / 2)) * info.channels
  return [...data.subarray(at, at + 3)]
}

for (const colorScheme of ['dark', 'light'] as const) {
  test(`the viewer is accessible with every kind in ${colorScheme} colours`, async ({ vitrine }) => {
    const { window } = await withKinds(vitrine)
    await window.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await window.keyboard.press('Space')
    const viewer = window.getByTestId('viewer')
    for (let index = 0; index < 10; index++) {
      const name = await viewer.getByRole('heading', { level: 1 }).innerText()
      // What differs between the themes is in the controls; the rest is the same in both.
      const looked = colorScheme === 'dark' || /film|document|typeface|notes/.test(name)
      await test.step(name, async () => {
        if (!looked) return
        await window.keyboard.press('i')
        expect(await violationsOf(window)).toEqual([])
        await window.keyboard.press('i')
      })
      await window.keyboard.press('ArrowRight')
      if (index < 9) await expect(viewer.getByRole('heading', { level: 1 })).not.toHaveText(name)
    }
  })
}
