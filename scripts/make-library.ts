// `npm run make-library -- --assets 100000 --seed 1 --out DIR`: a library to measure with, the same for the same numbers.
//   --until 2026-11-20   the library's present; its assets were made in the six years before
//   --files 50           imports so many real pictures at the end, so that there are thumbnails to be seen
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { importPictures } from './large-library/importPictures.ts'
import { DEFAULT_UNTIL, makeLibrary } from './large-library/makeLibrary.ts'

const { values } = parseArgs({
  options: {
    assets: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    until: { type: 'string' },
    files: { type: 'string', default: '0' },
    out: { type: 'string' },
  },
})
const assets = Number(values.assets)
const seed = Number(values.seed)
const files = Number(values.files)
const until = values.until === undefined ? DEFAULT_UNTIL : Date.parse(values.until)
if (values.out === undefined || !isCount(assets) || !isCount(seed) || !isCount(files) || Number.isNaN(until)) {
  console.error('Usage: npm run make-library -- --assets 100000 --seed 1 --out DIR [--until 2026-11-20] [--files 50]')
  process.exit(2)
}
const root = resolve(values.out)
const began = performance.now()
const seconds = (): string => ((performance.now() - began) / 1000).toFixed(0)
await makeLibrary({
  root,
  assets,
  seed,
  until,
  onProgress: (done) => process.stderr.write(`\r${done} of ${assets} assets, ${seconds()} s`),
})
if (files > 0) {
  const pictures = mkdtempSync(join(tmpdir(), 'vitrine-pictures-'))
  try {
    await importPictures(root, pictures, files, seed)
  } finally {
    rmSync(pictures, { recursive: true, force: true })
  }
}
console.error(`\n${root}: ${assets} assets in ${seconds()} s`)

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0 && value <= 5_000_000
}
