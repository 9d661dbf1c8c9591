#!/usr/bin/env node
// `npx vitrine` in a checkout: runs the built command line on our own Node. A package ships its own launcher instead.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { nodeRuntimePath } from '../scripts/node-runtime.mjs'

const program = fileURLToPath(new URL('../out/main/vitrine.js', import.meta.url))

if (!existsSync(program)) {
  console.error('vitrine is not built yet. Run: npm run build')
  process.exit(1)
}
const { status, error } = spawnSync(nodeRuntimePath(), [program, ...process.argv.slice(2)], { stdio: 'inherit' })
if (error) console.error(error.message)
process.exit(status ?? 1)
