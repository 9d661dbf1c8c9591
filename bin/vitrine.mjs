#!/usr/bin/env node
// `npx vitrine` in a checkout: the command line on our own Node, straight from source, or from the build where there is
// no source. It must itself run on whatever Node there is (20 or newer). A package has its own launcher.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import { fileURLToPath } from 'node:url'
import { nodeRuntimePath } from '../scripts/node-runtime.mjs'

/** @type {NodeJS.Signals[]} */
const PASSED_ON = ['SIGINT', 'SIGTERM', 'SIGHUP']
const PROGRAMS = ['../src/main/cli/vitrine.ts', '../out/main/vitrine.js']
/** Compiled code of the source, kept between runs: it halves the time a command takes to start. */
const COMPILE_CACHE = fileURLToPath(new URL('../node_modules/.cache/compile', import.meta.url))

try {
  const program = PROGRAMS.map((path) => fileURLToPath(new URL(path, import.meta.url))).find(existsSync)
  if (!program) throw new Error('Vitrine is not complete here: neither its source nor a build of it was found.')
  // The channel carries nothing: its end tells the command that this launcher is gone, however it went.
  const child = spawn(nodeRuntimePath(), [program, ...process.argv.slice(2)], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { NODE_COMPILE_CACHE: COMPILE_CACHE, ...process.env },
  })
  for (const signal of PASSED_ON) process.on(signal, () => child.kill(signal))
  child.on('error', fail)
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (signal ? constants.signals[signal] : 0)))
} catch (error) {
  fail(error)
}

/** @param {unknown} error */
function fail(error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
