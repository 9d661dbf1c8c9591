// What a package carries beside its archive, as our own Node can't read inside of it: the engine's programs, the native
// packages that they load, the runtime itself, and the launcher of the command line.
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { nodeRuntimePath } from './node-runtime.mjs'
import { SHIPPED_PACKAGES } from './shipped-packages.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const BUILT = join(ROOT, 'out', 'main')
const LAUNCHER = fileURLToPath(new URL('./package-launcher', import.meta.url))

/** Programs that plain Node runs. */
const PROGRAMS = [
  'engine.process.js',
  'media.process.js',
  'intake.thread.js',
  'dump.thread.js',
  'reader.thread.js',
  'scan.thread.js',
  'check.thread.js',
  'checkpoint.thread.js',
  'vitrine.js',
]
/** Sources that only matter to whoever compiles the native packages, other platforms' binaries, styles that nothing loads. */
const NOT_SHIPPED = [
  /^better-sqlite3\/(deps|src|binding\.gyp)/,
  new RegExp(`^better-sqlite3/prebuilds/(?!${process.platform}-${process.arch}\\.node$).+`),
  /^sharp\/(src|install)(\/|$)/,
  /^node-addon-api\//,
  // Builds for pages, and the network that improves speech, which is loaded only on request.
  /^(mpg123-decoder|ogg-opus-decoder|opus-decoder|@wasm-audio-decoders\/[^/]+)\/dist(\/|$)/,
  /^@wasm-audio-decoders\/opus-ml\/src(\/|$)/,
  // The build for 64-bit memory, and the one for CommonJS.
  /^@imagemagick\/magick-wasm\/dist\/(x64|index\.umd\.cjs)(\/|$)/,
  /^@hyzyla\/pdfium\/dist\/(?!index\.esm\.js$|pdfium\.wasm$).+/,
  /^@fontsource-variable\/[^/]+\/(scss|.+\.(s?css|md)|files\/.+(?<!-wght-normal\.woff2))$/,
  /\.map$/,
]

/**
 * Adds engine and Node to a packaged app's resources, and the `vitrine` command to its `bin` folder.
 * @throws {Error} when the app isn't built.
 */
export function addEngine(resources: string, bin: string): void {
  addPrograms(join(resources, 'engine'))
  addNode(join(resources, 'node'))
  addLauncher(bin)
}

function addPrograms(folder: string): void {
  mkdirSync(folder, { recursive: true })
  for (const program of PROGRAMS) {
    if (!existsSync(join(BUILT, program))) throw new Error(`The build has no ${program}.`)
    cpSync(join(BUILT, program), join(folder, program))
  }
  if (existsSync(join(BUILT, 'chunks'))) {
    cpSync(join(BUILT, 'chunks'), join(folder, 'chunks'), { recursive: true, filter: (file) => !file.endsWith('.map') })
  }
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n')
  for (const name of withDependencies(SHIPPED_PACKAGES)) copyPackage(name, join(folder, 'node_modules', name))
}

/** The packages, and all that they need at run time as far as it is installed for this platform. */
function withDependencies(names: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>()
  const queue = [...names]
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    const manifest = join(ROOT, 'node_modules', name, 'package.json')
    if (found.has(name) || !existsSync(manifest)) continue
    found.add(name)
    const { dependencies = {}, optionalDependencies = {} } = JSON.parse(readFileSync(manifest, 'utf8')) as {
      dependencies?: Record<string, string>
      optionalDependencies?: Record<string, string>
    }
    queue.push(...Object.keys(dependencies), ...Object.keys(optionalDependencies))
  }
  return found
}

function copyPackage(name: string, to: string): void {
  const modules = join(ROOT, 'node_modules')
  cpSync(join(modules, name), to, {
    recursive: true,
    filter: (file) => {
      const path = relative(modules, file).replaceAll('\\', '/')
      return !NOT_SHIPPED.some((pattern) => pattern.test(path))
    },
  })
  if (readdirSync(to).length === 0) rmSync(to, { recursive: true })
}

function addNode(folder: string): void {
  const node = nodeRuntimePath()
  const target = process.platform === 'win32' ? join(folder, 'node.exe') : join(folder, 'bin', 'node')
  mkdirSync(dirname(target), { recursive: true })
  cpSync(node, target)
  const licence = join(dirname(node), '..', 'LICENSE')
  if (existsSync(licence)) cpSync(licence, join(folder, basename(licence)))
}

function addLauncher(folder: string): void {
  mkdirSync(folder, { recursive: true })
  const name = process.platform === 'win32' ? 'vitrine.cmd' : 'vitrine'
  cpSync(join(LAUNCHER, name), join(folder, name))
  if (process.platform !== 'win32') chmodSync(join(folder, name), 0o755)
}
