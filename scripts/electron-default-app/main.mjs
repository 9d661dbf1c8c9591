// Stands in for Electron's own default app in the runtime of electron-package-runtime.ts: loads the app folder that the
// command line names, the way Electron does it (name, version, app path, then the package's main file).
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { app, dialog } from 'electron'

/**
 * Electron's own default app uses these two methods, which its documentation leaves out.
 * @type {import('electron').App & { setAppPath(path: string): void; setVersion(version: string): void }}
 */
const host = /** @type {any} */ (app)

/**
 * The file to run for an app folder or file, after Electron has been told whose name and path it runs under.
 * @param {string} target
 * @returns {string}
 */
function adoptApp(target) {
  const manifestFile = join(target, 'package.json')
  if (!existsSync(manifestFile)) {
    host.setAppPath(dirname(target))
    return target
  }
  const manifest = JSON.parse(readFileSync(manifestFile, 'utf8'))
  if (manifest.version) host.setVersion(manifest.version)
  app.name = manifest.productName ?? manifest.name
  app.setDesktopName(manifest.desktopName ?? `${app.name}.desktop`)
  host.setAppPath(target)
  return join(target, manifest.main ?? 'index.js')
}

const target = process.argv.slice(1).find((argument) => !argument.startsWith('-'))
if (!target) {
  console.error('Name the app folder to run: electron [switches] <folder>')
  process.exit(1)
}
Object.defineProperty(process, 'defaultApp', { value: true, enumerable: true })
try {
  await import(pathToFileURL(adoptApp(resolve(target))).href)
} catch (error) {
  console.error(error)
  dialog.showErrorBox(
    'The app could not be loaded',
    error instanceof Error ? (error.stack ?? error.message) : `${error}`,
  )
  process.exit(1)
}
