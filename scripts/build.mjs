// Builds the app into out/. `node scripts/build.mjs` always builds, `node scripts/build.mjs --if-stale` only when a source
// is newer than the last build. Plain JavaScript, as the `vitrine` command calls it on whatever Node started npx.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const SOURCES = ['src', 'electron.vite.config.ts', 'package.json', 'package-lock.json']
/** Its modification time is when the last good build began. */
const STAMP = join(ROOT, 'out', 'built')

/**
 * Builds when a source has changed since the last build, and says so on stderr.
 * @throws {Error} when the build fails; the builder's own output comes first.
 */
export function buildIfStale() {
  if (isStale()) build()
}

/**
 * Builds shell, engine, media worker, command line, preload and renderer.
 * @throws {Error} when the build fails; the builder's own output comes first.
 */
export function build() {
  const began = new Date()
  console.error('Building the app …')
  const { status, error } = spawnSync(
    process.execPath,
    [join(ROOT, 'scripts', 'run.mjs'), 'electron-vite', 'build', '--logLevel', 'warn'],
    // stdout belongs to whoever asked for the build.
    { cwd: ROOT, stdio: ['ignore', process.stderr, process.stderr] },
  )
  if (status !== 0) throw new Error(error?.message ?? 'The app could not be built; see above.')
  mkdirSync(join(ROOT, 'out'), { recursive: true })
  writeFileSync(STAMP, '')
  utimesSync(STAMP, began, began)
  console.error(`Built in ${((Date.now() - began.getTime()) / 1000).toFixed(1)} s.`)
}

function isStale() {
  if (!existsSync(STAMP)) return true
  const built = statSync(STAMP).mtimeMs
  return SOURCES.some((source) => newestChange(join(ROOT, source)) > built)
}

/**
 * Time of the newest change of a file, or of anything in a folder; a folder's own time tells of files that went.
 * @param {string} path
 * @returns {number}
 */
function newestChange(path) {
  const stats = statSync(path)
  if (!stats.isDirectory()) return stats.mtimeMs
  return readdirSync(path).reduce((newest, name) => Math.max(newest, newestChange(join(path, name))), stats.mtimeMs)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    if (process.argv.includes('--if-stale')) buildIfStale()
    else build()
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  }
}
