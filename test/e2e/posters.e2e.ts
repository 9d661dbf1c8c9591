import { execFile } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { Page } from '@playwright/test'
import sharp from 'sharp'
import { nodeRuntimePath } from '../../scripts/node-runtime.mjs'
import { thumbnailPath } from '../../src/main/engine/catalog/thumbnailPath.ts'
import { makeFilm } from '../../src/main/media/kinds/timeBased/fixtures/makeFilm.ts'
import type { Asset } from '../../src/shared/domain/asset.ts'
import { ask, engineReady, rowsOf } from './support/bridge.ts'
import { makeWebm } from './support/films.ts'
import type { LaunchOptions } from './support/launchVitrine.ts'
import { expect, test, type VitrineUnderTest } from './support/test.ts'

/** An app on a machine without ffmpeg. */
const withoutFfmpeg: LaunchOptions = { env: { PATH: '/nonexistent' } }
const vitrineCommand = fileURLToPath(new URL('../../bin/vitrine.mjs', import.meta.url))

async function importByCommand(library: string, paths: readonly string[]): Promise<void> {
  const env = { ...process.env, PATH: '/nonexistent', VITRINE_NODE: nodeRuntimePath() }
  const args = [vitrineCommand, 'import', ...paths, '--library', library]
  await promisify(execFile)(nodeRuntimePath(), args, { env })
}

async function assetsByName(page: Page): Promise<Map<string, Asset>> {
  const rowIds = await rowsOf(page, { kind: 'workspace' })
  const assets = await ask(page, 'assets.read', { rowIds })
  return new Map(assets.map((asset) => [asset.file_name, asset]))
}

/** Size of an asset's largest thumbnail, and the colour at a place in it (0 to 1). */
async function look(library: string, { sha256 }: Asset, x: number, y: number) {
  const image = sharp(readFileSync(join(library, thumbnailPath(sha256, 600))))
  const { data, info } = await image.removeAlpha().raw().toBuffer({ resolveWithObject: true })
  const at = (Math.floor(y * info.height) * info.width + Math.floor(x * info.width)) * 3
  return { width: info.width, height: info.height, color: [...data.subarray(at, at + 3)] }
}

function engines(vitrine: VitrineUnderTest): number[] {
  const log = readFileSync(join(vitrine.folders.userData, 'logs', 'vitrine.log'), 'utf8')
  return [...log.matchAll(/Engine process (\d+) started/g)].map((match) => Number(match[1]))
}

test('films without a decoder in the workers get their posters from a window', async ({ vitrine }) => {
  const { folders } = vitrine
  const made = join(folders.root, 'made')
  mkdirSync(made)
  const { window: first } = await vitrine.launch(withoutFfmpeg)
  await engineReady(first)
  const library = (await ask(first, 'library.info')).path
  writeFileSync(
    join(made, 'dark start.webm'),
    await makeWebm(first, { width: 640, height: 360, seconds: ['black', 'teal', 'teal', 'teal'] }),
  )
  writeFileSync(
    join(made, 'upright.webm'),
    await makeWebm(first, { width: 180, height: 320, seconds: ['maroon', 'maroon'] }),
  )
  writeFileSync(join(made, 'nonsense.mp4'), await makeFilm({ format: 'mp4', codec: 'avc', width: 320, height: 240 }))
  await vitrine.close()

  await test.step('a command imports them without a window, and says what is missing', async () => {
    await importByCommand(library, [made])
  })

  const { window } = await vitrine.launch(withoutFfmpeg)
  await engineReady(window)

  await test.step('a window that opens makes them up, in the shape and the colours of the film', async () => {
    await expect
      .poll(async () => (await assetsByName(window)).get('dark start.webm')?.thumbnail_path ?? null, {
        timeout: 30_000,
      })
      .not.toBeNull()
    await expect
      .poll(async () => (await assetsByName(window)).get('upright.webm')?.thumbnail_path ?? null, { timeout: 30_000 })
      .not.toBeNull()
    const assets = await assetsByName(window)
    const dark = assets.get('dark start.webm')!
    expect(dark).toMatchObject({ status: 'available', error_code: null, width: 640, height: 360 })
    expect(dark.metadata).toMatchObject({ codec: 'VP8', poster: 'window' })
    expect(dark.duration_seconds).toBeCloseTo(4, 0)
    const seen = await look(library, dark, 0.9, 0.9)
    expect([seen.width, seen.height]).toEqual([600, 338])
    // Teal is 0, 128, 128: not the black of the first second.
    const [red = 0, green = 0, blue = 0] = seen.color
    expect([red < 40, Math.abs(green - 128) < 25, Math.abs(blue - 128) < 25]).toEqual([true, true, true])
    const upright = await look(library, assets.get('upright.webm')!, 0.5, 0.9)
    expect([upright.width, upright.height]).toEqual([180, 320])
  })

  await test.step('what Chromium can’t play either keeps its tile, and says why', async () => {
    await expect
      .poll(async () => (await assetsByName(window)).get('nonsense.mp4')?.error_message, { timeout: 30_000 })
      .toMatch(/can’t play this video/)
    expect((await assetsByName(window)).get('nonsense.mp4')).toMatchObject({
      status: 'available',
      thumbnail_path: null,
    })
  })

  await vitrine.screenshot('posters')
})

test('posters are made although the engine dies meanwhile, and the app ends with its window', async ({ vitrine }) => {
  const running = await vitrine.launch(withoutFfmpeg)
  const { window } = running
  await engineReady(window)
  const made = join(vitrine.folders.root, 'made')
  mkdirSync(made)
  const colors = ['teal', 'maroon', 'navy', 'olive', 'purple']
  for (const color of colors) {
    writeFileSync(
      join(made, `${color}.webm`),
      await makeWebm(window, { width: 320, height: 180, seconds: [color, color] }),
    )
  }
  const { id } = await ask(window, 'imports.start', { paths: [made], options: {}, source: 'window' })
  await expect.poll(async () => (await ask(window, 'imports.get', { id }))?.finishedAt ?? null).not.toBeNull()
  // A film that is being read at that moment is not served.
  running.expectErrors(/status of 503/)
  process.kill(engines(vitrine).at(-1) ?? 0, 'SIGKILL')
  await engineReady(window)
  await expect
    .poll(
      async () =>
        [...(await assetsByName(window).catch(() => new Map<string, Asset>())).values()].map(
          ({ thumbnail_path }) => thumbnail_path !== null,
        ),
      { timeout: 40_000 },
    )
    .toEqual(colors.map(() => true))
  const code = await new Promise<number | null>((resolve) => {
    running.process.once('exit', resolve)
    void window.close()
  })
  expect(code).toBe(0)
})
