import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { _electron, type ElectronApplication } from '@playwright/test'
import { ELECTRON_VARIABLE } from './launchVitrine.ts'

export interface DroppedFile {
  readonly path: string
  readonly bytes: string
}

/** Another program that takes the files which are dropped on its window. */
export interface FileTarget {
  /** Everything that was dropped so far; bytes in base64, as they were at the drop. */
  dropped(): Promise<DroppedFile[]>
  /** Whether files are held over its window. */
  isHeldOver(): Promise<boolean>
  /** Whether every picture of its page is there. */
  isDrawn(): Promise<boolean>
  close(): Promise<void>
}

/** Where the window of the other program stands, screen coordinates. */
interface Place {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

const MAIN = `
const { app, BrowserWindow } = require('electron')
app.whenReady().then(() => {
  const webPreferences = { nodeIntegration: true, contextIsolation: false, sandbox: false }
  const window = new BrowserWindow({ ...JSON.parse(process.env.PLACE), frame: false, webPreferences })
  window.loadFile('page.html')
})`

const PAGE = `<!doctype html><meta charset="utf-8"><title>Target</title><body style="background:#fff"><script>
const { webUtils } = require('electron')
const { readFileSync } = require('fs')
window.dropped = []
window.held = false
addEventListener('dragover', (event) => {
  event.preventDefault()
  window.held = event.dataTransfer.types.includes('Files')
})
addEventListener('dragleave', () => { window.held = false })
addEventListener('drop', (event) => {
  event.preventDefault()
  window.held = false
  for (const file of event.dataTransfer.files) {
    const path = webUtils.getPathForFile(file)
    window.dropped.push({ path, bytes: readFileSync(path).toString('base64') })
  }
})
</script></body>`

/**
 * Starts the other program, a process of its own, and waits for its window.
 * @param page what it shows instead: markup
 */
export async function startFileTarget(folder: string, place: Place, page = PAGE): Promise<FileTarget> {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{ "name": "target", "main": "main.cjs" }')
  writeFileSync(join(folder, 'main.cjs'), MAIN)
  writeFileSync(join(folder, 'page.html'), page)
  const executablePath = process.env[ELECTRON_VARIABLE]
  if (!executablePath) throw new Error('The global setup did not resolve Electron.')
  const app: ElectronApplication = await _electron.launch({
    executablePath,
    args: ['--no-sandbox', '--disable-gpu', folder, `--user-data-dir=${join(folder, 'data')}`],
    env: { ...(process.env as Record<string, string>), PLACE: JSON.stringify(place) },
  })
  const window = await app.firstWindow()
  await window.waitForLoadState()
  return {
    dropped: () => window.evaluate(() => (globalThis as unknown as { dropped: DroppedFile[] }).dropped),
    isHeldOver: () => window.evaluate(() => (globalThis as unknown as { held: boolean }).held),
    isDrawn: () => window.evaluate(() => [...document.images].every((image) => image.complete && image.width > 0)),
    close: () => app.close(),
  }
}
