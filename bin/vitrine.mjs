#!/usr/bin/env node
// `npx vitrine` in a checkout: the command line on our own Node, built first if need be. A package has its own launcher.
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { fileURLToPath } from 'node:url'
import { buildIfStale } from '../scripts/build.mjs'
import { nodeRuntimePath } from '../scripts/node-runtime.mjs'

/** @type {NodeJS.Signals[]} */
const PASSED_ON = ['SIGINT', 'SIGTERM', 'SIGHUP']

try {
  buildIfStale()
  const program = fileURLToPath(new URL('../out/main/vitrine.js', import.meta.url))
  const child = spawn(nodeRuntimePath(), [program, ...process.argv.slice(2)], { stdio: 'inherit' })
  for (const signal of PASSED_ON) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(code ?? 128 + (signal ? constants.signals[signal] : 0)))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exit(1)
}
