import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ask, engineReady, rowsOf } from './support/bridge.ts'
import { makeWebm } from './support/films.ts'
import { writePictures } from './support/pictures.ts'
import { expect, test } from './support/test.ts'
import { violationsOf } from './support/violationsOf.ts'

test('what is missing has a place, which is empty until something is', async ({ vitrine }) => {
  const { window } = await vitrine.launch()
  await engineReady(window)
  const paths = await writePictures(join(vitrine.folders.root, 'made'), 2)
  await ask(window, 'imports.start', { paths, options: { space: 'library' }, source: 'window' })
  await expect.poll(() => rowsOf(window, { kind: 'library' }, 'status:available')).toHaveLength(2)
  const missing = window.getByRole('button', { name: /^Missing/ })
  await expect(missing).toHaveAccessibleName('Missing')
  await missing.click()
  await expect(missing).toHaveAttribute('aria-current', 'page')
  await expect(window.getByRole('heading', { name: 'Missing', exact: true })).toBeVisible()
  await expect(window.getByText('Nothing is missing')).toBeVisible()
  expect(await violationsOf(window)).toEqual([])
  await vitrine.screenshot('nothing-missing')

  const [rowId = 0] = await rowsOf(window, { kind: 'library' })
  rmSync((await ask(window, 'assets.get', { rowId })).original_path)
  await ask(window, 'verify.start', { repair: true, remote: false })
  await expect(window.getByTestId('asset-cell')).toHaveCount(1, { timeout: 20_000 })
  await expect(missing).toHaveAccessibleName('Missing 1')
  await window.getByTestId('asset-cell').click()
  await vitrine.screenshot('missing')
})

test('a film plays silently while the pointer rests on it, and not for who wants no motion', async ({ vitrine }) => {
  const { window } = await vitrine.launch()
  await engineReady(window)
  const folder = join(vitrine.folders.root, 'films')
  mkdirSync(folder)
  const seconds = ['#24486b', '#6b4824', '#246b48']
  writeFileSync(join(folder, 'a.webm'), await makeWebm(window, { width: 320, height: 180, seconds }))
  await ask(window, 'imports.start', { paths: [folder], options: { space: 'library' }, source: 'window' })
  await window.getByRole('button', { name: /^All assets/ }).click()
  const cell = window.getByTestId('asset-cell')
  await expect(cell.locator('img')).toBeVisible({ timeout: 30_000 })
  const film = window.getByTestId('hover-film')
  await cell.hover()
  await expect(film).toHaveAttribute('data-drawn', 'true')
  expect(await film.evaluate((video) => (video as HTMLVideoElement).muted)).toBe(true)
  await vitrine.screenshot('hover')
  await window.mouse.move(0, 0)
  await expect(film).toHaveCount(0)

  await window.emulateMedia({ reducedMotion: 'reduce' })
  await cell.hover()
  await cell.click()
  await expect(window.getByRole('option', { selected: true })).toHaveCount(1)
  await expect(film).toHaveCount(0)
})
