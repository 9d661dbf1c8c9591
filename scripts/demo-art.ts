// Writes procedural pictures, for trying the app out: node scripts/run.mjs scripts/demo-art.ts FOLDER --count 40 --seed 7
import { parseArgs } from 'node:util'
import { writeArt } from './demo-art/writeArt.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { count: { type: 'string', default: '40' }, seed: { type: 'string', default: '7' } },
})
const [folder] = positionals
const count = Number(values.count)
const seed = Number(values.seed)
if (!folder || !Number.isInteger(count) || !Number.isInteger(seed) || count < 1) {
  console.error('Usage: node scripts/run.mjs scripts/demo-art.ts FOLDER [--count N] [--seed N]')
  process.exit(2)
}
const began = Date.now()
const written = await writeArt(folder, count, seed)
console.log(`Wrote ${written.length} pictures into ${folder} in ${((Date.now() - began) / 1000).toFixed(1)} s.`)
