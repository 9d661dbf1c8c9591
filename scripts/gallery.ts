// Shows the primitives of the window in a browser, and follows changes: `npm run gallery`.
//   npm run gallery -- --pictures DIR    takes a picture of it in each theme instead
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import react from '@vitejs/plugin-react'
import { createServer } from 'vite'
import { resolveElectron } from './electron-runtime.ts'
import { withDisplay } from './virtual-display.ts'

const { values } = parseArgs({ options: { pictures: { type: 'string' } } })
const root = fileURLToPath(new URL('../src/renderer', import.meta.url))
const server = await createServer({ configFile: false, root, plugins: [react()], server: { host: '127.0.0.1' } })
await server.listen()
const address = new URL('gallery/', server.resolvedUrls?.local[0])

if (values.pictures === undefined) console.log(`The gallery is at ${address} and, in light, at ${address}?theme=light`)
else {
  const folder = resolve(values.pictures)
  mkdirSync(folder, { recursive: true })
  const photographer = fileURLToPath(new URL('gallery/photographer.mjs', import.meta.url))
  const { executable } = await resolveElectron()
  const args = ['--no-sandbox', '--disable-gpu', photographer, String(address), folder]
  const child = spawn(...withDisplay(executable, args), { stdio: 'inherit' })
  const [code] = await once(child, 'exit')
  await server.close()
  process.exit(code ?? 1)
}
