// Run by Electron for scripts/gallery.ts: a picture of a page in each theme. Arguments: the address, the folder.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { app, BrowserWindow } from 'electron'

const [address = '', folder = ''] = process.argv.slice(-2)

async function photograph() {
  const window = new BrowserWindow({ width: 1100, height: 1000, useContentSize: true })
  for (const theme of ['dark', 'light']) {
    await window.loadURL(`${address}?theme=${theme}`)
    // Fonts and the first frames.
    await window.webContents.executeJavaScript(
      'document.fonts.ready.then(() => new Promise((r) => setTimeout(r, 700)))',
    )
    writeFileSync(join(folder, `gallery-${theme}.png`), (await window.webContents.capturePage()).toPNG())
  }
}

// Without a top-level await, which Electron would wait for before it is ready.
app
  .whenReady()
  .then(photograph)
  .then(
    () => app.quit(),
    (error) => {
      console.error(error)
      app.exit(1)
    },
  )
