// `npm run demo`: the whole main job on a temporary library, in the real app, with pictures of our own making. Leaves
// screenshots in demo-output/ and says what happened and how long it took.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from '@playwright/test'
import { ask, engineReady } from '../test/e2e/support/bridge.ts'
import {
  ELECTRON_VARIABLE,
  makeFolders,
  RunningVitrine,
  removeFolders,
  type VitrineFolders,
} from '../test/e2e/support/launchVitrine.ts'
import { buildIfStale } from './build.mjs'
import { writeArt } from './demo-art/writeArt.ts'
import { dropFiles, organise, resize, tell, until } from './demonstration/story.ts'
import { resolveElectron } from './electron-runtime.ts'
import { ensureSystemPackages, hasDisplay } from './system-packages.ts'
import { withDisplay } from './virtual-display.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const OUTPUT = join(ROOT, 'demo-output')
const PICTURES = 36
/** Marks the inner run, so that a display that does not come up ends in an error instead of a loop. */
const INNER = 'VITRINE_DEMO_INNER'

async function synchronise(page: Page, folders: VitrineFolders): Promise<void> {
  const path = join(folders.root, 'backup disk')
  mkdirSync(path)
  await ask(page, 'remotes.add', { name: 'Backup disk', role: 'library', location: { kind: 'folder', path } })
  const ms = await until('the sync', 120_000, async () => (await ask(page, 'sync.status')).state === 'up-to-date')
  const { synced } = await ask(page, 'sync.status')
  const files = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  tell(
    `${synced} kept assets and their thumbnails are confirmed on the remote (${files.length} files) after ${(ms / 1000).toFixed(1)} s`,
  )
}

async function picture(page: Page, name: string): Promise<void> {
  // Fades and late thumbnails are part of the app, but not of its portrait.
  await page.waitForTimeout(700)
  await page.screenshot({ path: join(OUTPUT, `${name}.png`) })
}

async function screens(running: RunningVitrine): Promise<void> {
  const { window: page } = running
  await page.getByRole('button', { name: /^All assets/ }).click()
  const cells = page.getByTestId('asset-cell')
  await cells.first().waitFor()
  await cells.nth(3).click()
  await picture(page, 'library-dark')
  await page.getByRole('complementary', { name: 'Inspector' }).screenshot({ path: join(OUTPUT, 'inspector.png') })
  await page.keyboard.press('Enter')
  await picture(page, 'viewer')
  await page.keyboard.press('Escape')
  await page.keyboard.press('i')
  await resize(running, 900, 600)
  await picture(page, 'library-small')
  await resize(running, 1440, 900)
  await page.keyboard.press('i')
  await page.emulateMedia({ colorScheme: 'light' })
  await picture(page, 'library-light')
  await page.getByRole('button', { name: /^Workspace/ }).click()
  await picture(page, 'workspace-light')
}

async function demonstrate(): Promise<void> {
  ensureSystemPackages()
  buildIfStale()
  process.env[ELECTRON_VARIABLE] = (await resolveElectron()).executable
  rmSync(OUTPUT, { recursive: true, force: true })
  mkdirSync(OUTPUT, { recursive: true })
  const folders = makeFolders()
  let running: RunningVitrine | undefined
  try {
    const made = await writeArt(join(folders.root, 'generator'), PICTURES, 7)
    tell(`made ${made.length} pictures, as a generator would`)
    running = await RunningVitrine.launch(folders)
    const { window: page } = running
    await engineReady(page)
    tell('the window is open on a new, empty library')
    await page.emulateMedia({ colorScheme: 'dark' })
    await resize(running, 1440, 900)
    await picture(page, 'first-look')
    await dropFiles(
      page,
      made.map(({ path }) => path),
    )
    await picture(page, 'workspace-dark')
    await organise(page)
    await synchronise(page, folders)
    await screens(running)
    if (running.unexpectedErrors.length > 0) throw new Error(running.unexpectedErrors.join('\n'))
    console.log(
      `\nScreenshots are in ${relative(process.cwd(), OUTPUT) || '.'}: ${readdirSync(OUTPUT).sort().join(', ')}`,
    )
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
    await demonstrate()
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  }
}
