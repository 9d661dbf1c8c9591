// The Debian packages that Electron needs, a virtual display for machines without a screen, and for tests a virus scanner and what moves the mouse.
// `node scripts/run.mjs scripts/system-packages.ts` installs what is missing, or prints how to.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'

const FOR_ELECTRON = [
  'libgtk-3-0',
  'libnss3',
  'libasound2',
  'libgbm1',
  'libxss1',
  'libatk-bridge2.0-0',
  'libdrm2',
  'libnotify4',
  'libxtst6',
  'libsecret-1-0',
]
const FOR_VIRTUAL_DISPLAY = ['xvfb', 'xauth']

/** Whether a window can be shown: always, except on a Linux without an X or Wayland server. */
export const hasDisplay =
  process.platform !== 'linux' || Boolean(process.env.DISPLAY) || Boolean(process.env.WAYLAND_DISPLAY)

/**
 * Makes sure that Electron can run here: on Debian and Ubuntu installs missing packages when it may, on other systems
 * trusts that they are there.
 * @throws {Error} with the exact line to run when packages are missing and it may not, or can't, install them.
 */
export function ensureSystemPackages(): void {
  if (process.platform !== 'linux' || !isDebianLike()) return
  install('Electron', hasDisplay ? FOR_ELECTRON : [...FOR_ELECTRON, ...FOR_VIRTUAL_DISPLAY])
}

/** Why there is no clamd for the tests of virus scanning, null when there is one. Installs it where it may. */
export function clamdObstacle(): string | null {
  if (clamdProgram() !== null) return null
  if (process.platform !== 'linux' || !isDebianLike()) return 'clamd is not installed, and this is no Debian'
  try {
    install('virus scanning', ['clamav-daemon'])
    return clamdProgram() === null ? 'clamav-daemon brought no clamd' : null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** Why the tests can't move the system's own mouse, null when they can. Installs what moves it where it may. */
export function pointerObstacle(): string | null {
  if (process.platform !== 'linux' || !isDebianLike()) return 'the mouse is only moved on Debian and Ubuntu'
  try {
    install('tests that move the mouse', ['xdotool'])
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** The clamd of this machine, null when it has none. */
export function clamdProgram(): string | null {
  const folders = [...(process.env.PATH ?? '').split(':'), '/usr/sbin', '/usr/local/sbin']
  return folders.map((folder) => `${folder}/clamd`).find((path) => existsSync(path)) ?? null
}

/** Installs what is missing of `names` for a purpose. Throws as `ensureSystemPackages`. */
function install(purpose: string, names: readonly string[]): void {
  const missing = missingPackages(names)
  if (missing.length === 0) return
  if (process.getuid?.() !== 0) {
    const count = missing.length === 1 ? 'a system package' : `${missing.length} system packages`
    throw new Error(`${capitalised(purpose)} needs ${count}. Run this, then try again:\n  sudo ${installLine(missing)}`)
  }
  console.error(`Installing system packages for ${purpose}: ${missing.join(' ')} …`)
  const update = aptGet('update')
  const done = aptGet('install', '-y', '--no-install-recommends', ...missing.map(nameInThisRelease))
  if (done.status !== 0) {
    const reason = [update.stderr, done.stderr].join('\n').trim()
    throw new Error(`System packages could not be installed:\n${reason}\nTry it by hand:\n  ${installLine(missing)}`)
  }
}

function capitalised(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}

function isDebianLike(): boolean {
  if (!existsSync('/etc/os-release')) return false
  return /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(readFileSync('/etc/os-release', 'utf8'))
}

function installLine(names: readonly string[]): string {
  return `apt-get install -y --no-install-recommends ${names.map(nameInThisRelease).join(' ')}`
}

/** Debian 13 and Ubuntu 24.04 renamed libraries for 64-bit time: what was libgtk-3-0 is libgtk-3-0t64 there. */
function nameInThisRelease(name: string): string {
  return spawnSync('apt-cache', ['show', `${name}t64`], { stdio: 'ignore' }).status === 0 ? `${name}t64` : name
}

/** Those of `names` that dpkg doesn't have, under the old or the new name. */
function missingPackages(names: readonly string[]): string[] {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg-query's own placeholders
  const { stdout } = spawnSync('dpkg-query', ['-W', '-f', '${db:Status-Status} ${binary:Package}\n'], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  const installed = new Set(
    stdout
      .split('\n')
      .filter((line) => line.startsWith('installed '))
      .map((line) => line.slice('installed '.length).replace(/:.*$/, '')),
  )
  return names.filter((name) => !installed.has(name) && !installed.has(`${name}t64`))
}

function aptGet(...args: string[]): { status: number | null; stderr: string } {
  return spawnSync('apt-get', ['-qq', ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
}

if (import.meta.main) {
  try {
    ensureSystemPackages()
    console.log('The system has what Electron needs.')
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  }
}
