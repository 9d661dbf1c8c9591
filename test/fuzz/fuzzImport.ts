// `npm run fuzz`: damaged files through the real pipeline, each accounted for in the end.
//   npm run fuzz -- --count 10000 --seed 7 --from ../pictures
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { importMutated } from './importMutated.ts'

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    /** A folder with files to mutate, beside those that are made. */
    from: { type: 'string' },
    /** Keeps files and library there. */
    keep: { type: 'string' },
  },
})
const root = values.keep ?? mkdtempSync(join(tmpdir(), 'vitrine-fuzz-'))
mkdirSync(root, { recursive: true })
try {
  const found = await importMutated(root, {
    count: Number(values.count),
    seed: Number(values.seed),
    ...(values.from === undefined ? {} : { from: values.from }),
  })
  console.log(JSON.stringify(found, null, 2))
  const { files, imported, duplicates, skipped, failed } = found
  if (imported + duplicates + skipped + failed !== files) {
    console.error('Not every file is accounted for.')
    process.exitCode = 1
  }
} finally {
  if (values.keep === undefined) rmSync(root, { recursive: true, force: true })
}
