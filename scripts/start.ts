// `npm start`: builds what is missing or out of date and opens the app on the default library; where there is no display
// it runs the demonstration instead, which leaves screenshots.
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { fileURLToPath } from 'node:url'
import { buildIfStale } from './build.mjs'
import { resolveElectron } from './electron-runtime.ts'
import { nodeRuntimePath } from './node-runtime.mjs'
import { ensureSystemPackages, hasDisplay } from './system-packages.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const DEMO = fileURLToPath(new URL('./demo.ts', import.meta.url))

async function start(args: readonly string[]): Promise<number> {
  ensureSystemPackages()
  if (!hasDisplay) {
    console.error('There is no display here, so this runs the demonstration on a virtual one instead.')
    return run(process.execPath, [DEMO, ...args])
  }
  buildIfStale()
  const electron = await resolveElectron()
  const isRoot = process.getuid?.() === 0
  // Chromium's sandbox refuses to run as root. Only development may do without.
  return run(electron.executable, [...(isRoot ? ['--no-sandbox'] : []), ROOT, '--default-library', ...args])
}

function run(command: string, args: readonly string[]): Promise<number> {
  const { ELECTRON_RUN_AS_NODE: _, ...env } = process.env
  const child = spawn(command, args, { stdio: 'inherit', env: { ...env, VITRINE_NODE: nodeRuntimePath() } })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)))
  })
}

try {
  process.exitCode = await start(process.argv.slice(2))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
