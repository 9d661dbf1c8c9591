// `npm run bench`: our figures and their yardsticks from the same run.
//   npm run bench -- import --count 240 --json figures.json
//   npm run bench -- ui --sizes 1m --minutes 10 --libraries DIR
//   npm run bench -- catalog open --sizes 1k,10k,100k,1m --libraries DIR
// Without a name, all that are done in a few minutes.
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { ensureSystemPackages, hasDisplay } from '../../scripts/system-packages.ts'
import { withDisplay } from '../../scripts/virtual-display.ts'
import type { BenchResult } from './benchResult.ts'
import { catalogBench } from './catalogBench.ts'
import { importBench } from './importBench.ts'
import { indexBench } from './indexBench.ts'
import { limitsBench } from './limitsBench.ts'
import { openBench } from './openBench.ts'
import { rescanBench } from './rescanBench.ts'
import { idleBench } from './sync/idleBench.ts'
import { joinBench } from './sync/joinBench.ts'
import { syncBench } from './syncBench.ts'
import { uiBench } from './ui/uiBench.ts'
import { windowBench } from './windowBench.ts'

/** Marks the run with a virtual display. */
const INNER = 'VITRINE_BENCH_INNER'
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    count: { type: 'string' },
    json: { type: 'string' },
    /** Of made libraries, in assets. */
    sizes: { type: 'string' },
    /** Folder in which made libraries stay for the next run. */
    libraries: { type: 'string' },
    /** Of use before the memory is looked at (`ui`). */
    minutes: { type: 'string' },
  },
})
const count = values.count === undefined ? undefined : Number(values.count)
const libraries = values.libraries === undefined ? null : resolve(values.libraries)
const sizes = (usual: string): number[] => (values.sizes ?? usual).split(',').map(sizeOf)
const quick = ['import', 'index', 'rescan', 'limits', 'window']
const benches: Readonly<Record<string, () => Promise<BenchResult>>> = {
  import: () => importBench(count ?? 120),
  index: () => indexBench(count ?? 3_000),
  rescan: () => rescanBench(count ?? 100_000),
  limits: () => limitsBench(),
  window: () => windowBench(count ?? 5_000),
  join: () => joinBench(sizes('10k,100k')),
  sync: () => syncBench(count ?? 500),
  idle: () => idleBench({ sizes: sizes('10k,1m'), libraries }),
  catalog: () => catalogBench({ sizes: sizes('1k,10k,100k,1m'), libraries }),
  ui: () => uiBench({ assets: sizes('1m')[0] ?? 1_000_000, libraries, minutes: Number(values.minutes ?? '1') }),
  open: () => openBench({ sizes: sizes('1k,1m'), libraries }),
}
const names = positionals.length === 0 ? quick : positionals
if (
  names.some((name) => name === 'window' || name === 'open' || name === 'ui') &&
  !hasDisplay &&
  process.env[INNER] === undefined
) {
  ensureSystemPackages()
  const [command, args] = withDisplay(process.execPath, process.argv.slice(1))
  const { status } = spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, [INNER]: '1' } })
  process.exit(status ?? 1)
}
const results: BenchResult[] = []
for (const name of names) {
  const bench = benches[name]
  if (bench === undefined) {
    console.error(`There is no benchmark "${name}". There are: ${Object.keys(benches).join(', ')}.`)
    process.exit(2)
  }
  const result = await bench()
  results.push(result)
  console.log(`\n${result.name}: ${result.about}`)
  for (const { what, value, unit } of result.figures) print(what, value, unit)
  for (const { what, value, unit, goal, met } of result.goals ?? []) {
    print(what, value, `${unit}   goal ${goal}${met ? '' : '   MISSED'}`)
  }
  print(result.verdict.what, result.verdict.value, `${result.verdict.unit}   goal ${result.goal}`)
}
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(results, null, 2)}\n`)

/** `10k` is ten thousand, `1m` a million. */
function sizeOf(text: string): number {
  const match = /^(\d+)(k|m)?$/.exec(text.trim().toLowerCase())
  if (match === null) {
    console.error(`“${text}” is not a number of assets.`)
    process.exit(2)
  }
  return Number(match[1]) * (match[2] === 'm' ? 1_000_000 : match[2] === 'k' ? 1_000 : 1)
}

function print(what: string, value: number, unit: string): void {
  const digits = value >= 100 ? 0 : 2
  console.log(`  ${what.padEnd(64)} ${value.toFixed(digits).padStart(9)} ${unit}`)
}
