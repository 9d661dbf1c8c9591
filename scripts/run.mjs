// Runs a tool or a script of this repository on our own Node: `node scripts/run.mjs vitest run`,
// `node scripts/run.mjs scripts/demo.ts`. It is what npm scripts call, so it must itself run on Node 20.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { constants } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { nodeRuntimePath } from './node-runtime.mjs'

/** @type {NodeJS.Signals[]} */
const PASSED_ON = ['SIGINT', 'SIGTERM', 'SIGHUP']

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/**
 * Packages whose command has another name than the package.
 * @type {Record<string, string | undefined>}
 */
const PACKAGE_OF_COMMAND = { biome: '@biomejs/biome', playwright: '@playwright/test' }

/**
 * The JavaScript file behind a command of an installed package, or the script file itself.
 * @param {string} command
 * @returns {string}
 */
function entryOf(command) {
  if (/\.(ts|mjs|js)$/.test(command)) return resolve(command)
  const packageFolder = join(ROOT, 'node_modules', PACKAGE_OF_COMMAND[command] ?? command)
  const { bin } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8'))
  const file = typeof bin === 'string' ? bin : bin?.[command]
  if (!file) throw new Error(`The package in ${packageFolder} has no command "${command}".`)
  return join(packageFolder, file)
}

/**
 * Replaces this process, as far as Node can: same stdio, signals passed on, same exit code.
 * @param {string} command
 * @param {string[]} args
 */
function runOnOwnNode(command, args) {
  const node = nodeRuntimePath()
  const child = spawn(node, [entryOf(command), ...args], {
    stdio: 'inherit',
    env: { ...process.env, VITRINE_NODE: node, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}` },
  })
  for (const signal of PASSED_ON) process.on(signal, () => child.kill(signal))
  child.on('error', fail)
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (signal ? constants.signals[signal] : 0)))
}

/** @param {unknown} error */
function fail(error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}

const [command, ...args] = process.argv.slice(2)
try {
  if (!command) throw new Error('Usage: node scripts/run.mjs <tool or script file> [arguments]')
  runOnOwnNode(command, args)
} catch (error) {
  fail(error)
}
