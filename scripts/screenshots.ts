// `npm run screenshots`: every screen and mode of the real app on a library of the real pipeline, in dark and light, large and
// small, into docs/screenshots.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import { engineReady } from '../test/e2e/support/bridge.ts'
import { ELECTRON_VARIABLE, makeFolders, RunningVitrine, removeFolders } from '../test/e2e/support/launchVitrine.ts'
import { buildIfStale } from './build.mjs'
import { writeArt } from './demo-art/writeArt.ts'
import { type Screen, screens } from './demonstration/screens.ts'
import { dropFiles, organise, resize, tell } from './demonstration/story.ts'
import { resolveElectron } from './electron-runtime.ts'
import { ensureSystemPackages, hasDisplay } from './system-packages.ts'
import { withDisplay } from './virtual-display.ts'

const OUTPUT = fileURLToPath(new URL('../docs/screenshots/', import.meta.url))
const PICTURES = 36
/** Marks the inner run, so that a display that does not come up ends in an error instead of a loop. */
const INNER = 'VITRINE_DEMO_INNER'
const LARGE = [1440, 900] as const
const SMALL = [900, 600] as const

async function portrait(running: RunningVitrine, { name, show, leave, small = false }: Screen): Promise<void> {
  const { window: page } = running
  for (const theme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme: theme })
    await show(page)
    await take(running, `${name}-${theme}`)
    if (small && theme === 'dark') {
      await resize(running, ...SMALL)
      await take(running, `${name}-small`)
      await resize(running, ...LARGE)
    }
    await leave?.(page)
  }
  tell(name)
}

async function take({ window: page }: RunningVitrine, name: string): Promise<void> {
  // Fades and late thumbnails are part of the app, but not of its portrait.
  await page.waitForTimeout(600)
  const png = await page.screenshot()
  await sharp(png)
    .webp({ quality: 82, effort: 6 })
    .toFile(join(OUTPUT, `${name}.webp`))
}

/** The way of a picture through the program, one screen after the other. */
async function makeTour(): Promise<void> {
  const frames = ['empty', 'workspace', 'triage', 'library', 'search', 'viewer', 'compare', 'palette', 'export'].map(
    (name) => join(OUTPUT, `${name}-dark.webp`),
  )
  const small = await Promise.all(frames.map((frame) => sharp(frame).resize(960).png().toBuffer()))
  await sharp(small, { join: { animated: true } })
    .webp({ quality: 70, effort: 6, delay: frames.map(() => 1800), loop: 0 })
    .toFile(join(OUTPUT, 'tour.webp'))
}

async function takeAll(): Promise<void> {
  ensureSystemPackages()
  buildIfStale()
  process.env[ELECTRON_VARIABLE] = (await resolveElectron()).executable
  rmSync(OUTPUT, { recursive: true, force: true })
  mkdirSync(OUTPUT, { recursive: true })
  const folders = makeFolders()
  let running: RunningVitrine | undefined
  try {
    const made = await writeArt(join(folders.root, 'generator'), PICTURES, 7)
    running = await RunningVitrine.launch(folders)
    const { window: page } = running
    await engineReady(page)
    await resize(running, ...LARGE)
    for (const screen of screens.filter(({ when }) => when === 'empty')) await portrait(running, screen)
    await dropFiles(
      page,
      made.map(({ path }) => path),
    )
    for (const screen of screens.filter(({ when }) => when === 'dropped')) await portrait(running, screen)
    await organise(page)
    for (const screen of screens.filter(({ when }) => when === 'organised')) await portrait(running, screen)
    if (running.unexpectedErrors.length > 0) throw new Error(running.unexpectedErrors.join('\n'))
    await makeTour()
    const files = readdirSync(OUTPUT)
    const bytes = files.reduce((sum, file) => sum + statSync(join(OUTPUT, file)).size, 0)
    console.log(`\n${files.length} pictures in docs/screenshots, ${Math.round(bytes / 1024)} KB`)
  } finally {
    await running?.close()
    removeFolders(folders)
  }
}

if (!hasDisplay && process.env[INNER] === undefined) {
  ensureSystemPackages()
  const [command, args] = withDisplay(process.execPath, [fileURLToPath(import.meta.url)])
  const result = spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, [INNER]: '1' } })
  process.exitCode = result.status ?? 1
} else {
  try {
    await takeAll()
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
}
