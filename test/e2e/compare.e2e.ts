import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { makeArt } from '../../scripts/demo-art/makeArt.ts'
import { withPngText } from '../../scripts/demo-art/pngText.ts'
import { ask, engineReady, rowsOf } from './support/bridge.ts'
import { makeWebm } from './support/films.ts'
import { expect, test, type VitrineUnderTest } from './support/test.ts'
import { violationsOf } from './support/violationsOf.ts'

const PICTURES = [
  { name: 'a-small.png', side: 480, prompt: 'a red fox in deep snow, soft light', seed: 11, cfg: 6 },
  { name: 'b-large.png', side: 960, prompt: 'a white fox in deep snow, hard light', seed: 12, cfg: 6 },
  { name: 'c-other.png', side: 720, prompt: 'a white fox in deep snow, soft light, fog', seed: 13, cfg: 8 },
] as const

/** Three pictures of one idea in the Workspace, all of them selected. */
async function withVariants(vitrine: VitrineUnderTest) {
  const { app, window } = await vitrine.launch()
  await engineReady(window)
  await window.emulateMedia({ colorScheme: 'dark' })
  const folder = join(vitrine.folders.root, 'variants')
  mkdirSync(folder)
  for (const { name, side, prompt, seed, cfg } of PICTURES) {
    const png = await makeArt({ seed, width: side, height: (side * 2) / 3, scene: 'forest' })
      .image.png()
      .toBuffer()
    const text = `${prompt}\nNegative prompt: blurry\nSteps: 24, Sampler: Euler a, CFG scale: ${cfg}, Seed: ${seed}, Model: juniper`
    writeFileSync(join(folder, name), withPngText(png, 'parameters', text))
  }
  const { id } = await ask(window, 'imports.start', { paths: [folder], options: {}, source: 'window' })
  await expect.poll(async () => (await ask(window, 'imports.get', { id })).state, { timeout: 30_000 }).toBe('done')
  await expect.poll(async () => (await ask(window, 'imports.get', { id })).processing, { timeout: 30_000 }).toBe(0)
  await window.getByRole('button', { name: /^Sort by/ }).click()
  await window.getByRole('menuitemcheckbox', { name: /^File name|^Name/ }).click()
  const cells = window.getByTestId('asset-cell')
  await expect(cells).toHaveCount(3)
  await expect(cells.first()).toContainText('a-small')
  await cells.first().click()
  await window.keyboard.press('ControlOrMeta+a')
  return { app, window, cells }
}

/** How large each picture is shown, CSS pixels across. */
const widths = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLImageElement>('[data-testid=compare] img[src^="asset://original/"]')].map(
      (image) => Math.round(image.getBoundingClientRect().width),
    ),
  )

test('assets are compared by the keyboard alone: one view, what differs, and a winner', async ({ vitrine }) => {
  const { window } = await withVariants(vitrine)
  await window.keyboard.press('c')
  const compare = window.getByTestId('compare')
  const pane = (name: string) => compare.getByRole('region', { name: new RegExp(`^[A-D]: ${name}`) })
  const active = compare.locator('section[aria-current="true"]')
  await expect(compare).toHaveAccessibleName('Compare 3 assets')
  await expect(active).toHaveAccessibleName('A: a-small.png')

  await test.step('pictures of different sizes are equally large, and stay so', async () => {
    await expect.poll(() => widths(window)).toHaveLength(3)
    const [fitted = 0] = await widths(window)
    await expect.poll(() => widths(window)).toEqual([fitted, fitted, fitted])
    await window.keyboard.press('+')
    const larger = Math.round(fitted * 1.5)
    await expect.poll(async () => (await widths(window)).every((width) => Math.abs(width - larger) <= 1)).toBe(true)
    await window.keyboard.press('ControlOrMeta+0')
    await expect.poll(() => widths(window)).toEqual([fitted, fitted, fitted])
  })

  await test.step('the wheel zooms all of them at the pointer', async () => {
    const box = await pane('b-large').boundingBox()
    if (box === null) throw new Error('the pane is not there')
    const [fitted = 0] = await widths(window)
    await window.mouse.move(box.x + box.width / 3, box.y + box.height / 3)
    await window.mouse.wheel(0, -300)
    await expect.poll(async () => new Set(await widths(window)).size).toBe(1)
    expect((await widths(window))[0]).toBeGreaterThan(fitted)
    await window.keyboard.press('ControlOrMeta+0')
  })

  await test.step('what differs is marked by words and by values', async () => {
    const table = compare.getByRole('region', { name: 'Differences' })
    const prompts = table.getByRole('row', { name: /^Prompt/ })
    await expect(prompts.locator('td').nth(0).locator('mark')).toHaveText(['red', 'soft'])
    await expect(prompts.locator('td').nth(1).locator('mark')).toHaveText(['white', 'hard'])
    await expect(prompts.locator('td').nth(2).locator('mark')).toHaveText(['white', ', fog'])
    await expect(table.getByRole('row', { name: /^Seed/ })).toContainText(/11.*12.*13/)
    await expect(table.getByRole('row', { name: /^Negative prompt/ }).locator('td')).toHaveCount(1)
    await expect(table.getByRole('row', { name: /^CFG/ }).locator('[data-odd]')).toHaveText(['8'])
    await window.keyboard.press('d')
    await expect(table).toHaveCount(0)
    await window.keyboard.press('d')
  })

  await test.step('each is rated and loved by its own', async () => {
    await window.keyboard.press('ArrowRight')
    await expect(active).toHaveAccessibleName('B: b-large.png')
    await window.keyboard.press('4')
    await window.keyboard.press('f')
    await expect.poll(() => rowsOf(window, { kind: 'workspace' }, 'rating=4 is:favorite')).toHaveLength(1)
    await expect(pane('b-large').getByRole('button', { name: 'Favourite: b-large.png' })).toHaveAttribute(
      'aria-pressed',
      'true',
    )
  })

  await test.step('two change places, and one is taken out', async () => {
    await window.keyboard.press('s')
    await expect(active).toHaveAccessibleName('C: b-large.png')
    await window.keyboard.press('ArrowLeft')
    await window.keyboard.press('Backspace')
    await expect(compare).toHaveAccessibleName('Compare 2 assets')
    expect(await rowsOf(window, { kind: 'workspace' })).toHaveLength(3)
  })

  await test.step('the winner is kept, the other discarded; both can be undone', async () => {
    await expect(active).toHaveAccessibleName('B: b-large.png')
    await window.keyboard.press('w')
    await expect(pane('b-large')).toContainText('Winner')
    await vitrine.screenshot('winner')
    await window.keyboard.press('Enter')
    await expect.poll(() => rowsOf(window, { kind: 'library' })).toHaveLength(1)
    await expect.poll(() => rowsOf(window, { kind: 'trash' })).toHaveLength(1)
    await expect(pane('a-small')).toContainText('In Trash')
    await window.keyboard.press('z')
    await expect.poll(() => rowsOf(window, { kind: 'trash' })).toHaveLength(0)
    await window.keyboard.press('z')
    await expect.poll(() => rowsOf(window, { kind: 'library' })).toHaveLength(0)
  })

  await test.step('it ends where it began, with the winner selected', async () => {
    await window.keyboard.press('Escape')
    await expect(compare).toHaveCount(0)
    const inspector = window.getByRole('complementary', { name: 'Inspector' })
    await expect(inspector.getByText('b-large.png').first()).toBeVisible()
    await window.keyboard.press('c')
    await expect(window.getByText(/^Select 2 to 4 assets to compare them/)).toBeVisible()
  })
})

test('menus open the modes and tell them what to do, and only while they are open', async ({ vitrine }) => {
  const { app, window, cells } = await withVariants(vitrine)
  const entry = (id: string) =>
    app.evaluate(({ Menu }, wanted) => {
      const item = Menu.getApplicationMenu()?.getMenuItemById(wanted)
      return item == null ? null : { enabled: item.enabled, accelerator: item.accelerator ?? null }
    }, id)
  const choose = (id: string) =>
    app.evaluate(({ Menu }, wanted) => Menu.getApplicationMenu()?.getMenuItemById(wanted)?.click(), id)
  await expect.poll(() => entry('compare-swap')).toMatchObject({ enabled: false })
  await expect.poll(() => entry('viewer-rotate')).toMatchObject({ enabled: false })
  await expect.poll(() => entry('view-workspace')).toMatchObject({ enabled: true, accelerator: 'CmdOrCtrl+1' })

  await cells.first().click({ button: 'right' })
  await window.getByRole('menuitem', { name: /^Compare/ }).click()
  const compare = window.getByTestId('compare')
  const first = compare.getByRole('region', { name: /^A: / })
  await expect(first).toHaveAccessibleName('A: a-small.png')
  await expect.poll(() => entry('compare-swap')).toMatchObject({ enabled: true })
  expect(await entry('viewer-rotate')).toMatchObject({ enabled: false })
  await choose('compare-swap')
  await expect(first).toHaveAccessibleName('A: b-large.png')
  await choose('compare-close')
  await expect(compare).toHaveCount(0)

  await cells.first().dblclick()
  const viewer = window.getByTestId('viewer')
  await expect(viewer).toBeVisible()
  // A chord belongs to what it means in the mode.
  await expect.poll(() => entry('picture-actual-size')).toEqual({ enabled: true, accelerator: 'CmdOrCtrl+1' })
  expect(await entry('view-workspace')).toEqual({ enabled: false, accelerator: null })
  await choose('viewer-info')
  await expect(viewer.getByRole('button', { name: 'Info' })).toHaveAttribute('aria-pressed', 'true')
  await choose('viewer-next')
  await expect(viewer).toHaveAccessibleName('Viewer: b-large.png')
  await choose('viewer-close')
  await expect(viewer).toHaveCount(0)
  await expect.poll(() => entry('viewer-next')).toMatchObject({ enabled: false })
})

for (const colorScheme of ['dark', 'light'] as const) {
  test(`the comparison is accessible in ${colorScheme} colours`, async ({ vitrine }) => {
    const { window } = await withVariants(vitrine)
    await window.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await window.keyboard.press('c')
    await expect(window.getByRole('row', { name: /^Prompt/ })).toBeVisible()
    await window.keyboard.press('w')
    await window.keyboard.press('3')
    await expect(window.getByText(/^Rated|rating/i).first()).toBeVisible()
    expect(await violationsOf(window)).toEqual([])
    await vitrine.screenshot(`compare-${colorScheme}`)
    await window.setViewportSize({ width: 900, height: 600 })
    await vitrine.screenshot(`compare-${colorScheme}-small`)
    expect(await violationsOf(window)).toEqual([])
  })
}

test('films are played as one', async ({ vitrine }) => {
  const { window } = await vitrine.launch()
  await engineReady(window)
  const folder = join(vitrine.folders.root, 'films')
  mkdirSync(folder)
  const size = { width: 320, height: 180 }
  writeFileSync(
    join(folder, 'a.webm'),
    await makeWebm(window, { ...size, seconds: ['#24486b', '#6b4824', '#246b48', '#486b24'] }),
  )
  writeFileSync(join(folder, 'b.webm'), await makeWebm(window, { ...size, seconds: ['#6b2448', '#48246b'] }))
  const { id } = await ask(window, 'imports.start', {
    paths: [folder],
    options: { space: 'library' },
    source: 'window',
  })
  await expect.poll(async () => (await ask(window, 'imports.get', { id })).state).toBe('done')
  await window.getByRole('button', { name: /^All assets/ }).click()
  await expect(window.getByTestId('asset-cell')).toHaveCount(2)
  await expect(window.getByRole('combobox', { name: /^Search/ })).toBeVisible()
  await window.keyboard.press('ControlOrMeta+a')
  await window.keyboard.press('c')
  const films = window.getByTestId('compared-film')
  await expect(films).toHaveCount(2)
  const bar = window.getByRole('region', { name: 'Films, played as one' })
  await expect(bar.getByText('0:00 / 0:04')).toBeVisible()
  const times = () => films.evaluateAll((all) => all.map((film) => (film as HTMLVideoElement).currentTime))
  const place = bar.getByRole('slider', { name: 'Place in the films' })

  await place.focus()
  await window.keyboard.press('End')
  await expect.poll(async () => (await times()).map((time) => Math.round(time)).toSorted()).toEqual([2, 4])
  await window.keyboard.press('Home')
  await expect.poll(times).toEqual([0, 0])
  await window.getByTestId('compare').focus()
  await window.keyboard.press('p')
  await expect(bar.getByRole('button', { name: 'Pause all' })).toBeVisible()
  await expect.poll(async () => Math.min(...(await times()))).toBeGreaterThan(0.5)
  await window.keyboard.press('p')
  await expect(bar.getByRole('button', { name: 'Play all' })).toBeVisible()
  // Paused, they stand still; a short one may have come to its end.
  const [first = 0, second = 0] = (await times()).map((time) => Math.min(time, 2))
  expect(Math.abs(first - second)).toBeLessThan(0.15)

  // How fast, and whether they begin again, is one for all.
  await window.keyboard.press(']')
  await expect(bar.getByRole('combobox', { name: 'Speed of all' })).toHaveValue('1.25')
  expect(await films.evaluateAll((all) => all.map((film) => (film as HTMLVideoElement).playbackRate))).toEqual([
    1.25, 1.25,
  ])
  await window.keyboard.press('l')
  await expect(bar.getByRole('button', { name: 'Repeat all' })).toHaveAttribute('aria-pressed', 'true')
  await window.keyboard.press('p')
  await expect(bar.getByRole('button', { name: 'Pause all' })).toBeVisible()
  await place.focus()
  await window.keyboard.press('End')
  await expect.poll(async () => Math.max(...(await times()))).toBeLessThan(3.5)
  await expect(bar.getByRole('button', { name: 'Pause all' })).toBeVisible()
  await window.getByTestId('compare').focus()
  await window.keyboard.press('p')
  await expect(bar.getByRole('button', { name: 'Play all' })).toBeVisible()
  expect(await violationsOf(window)).toEqual([])
  await vitrine.screenshot('films')
})
