// `npm run bench`: our figures and their yardsticks from the same run.
//   npm run bench -- import --count 240 --json figures.json
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { ensureSystemPackages, hasDisplay } from '../../scripts/system-packages.ts'
import { withDisplay } from '../../scripts/virtual-display.ts'
import type { BenchResult } from './benchResult.ts'
import { importBench } from './importBench.ts'
import { indexBench } from './indexBench.ts'
import { limitsBench } from './limitsBench.ts'
import { rescanBench } from './rescanBench.ts'
import { windowBench } from './windowBench.ts'

/** Marks the run with a virtual display. */
const INNER = 'VITRINE_BENCH_INNER'
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { count: { type: 'string' }, json: { type: 'string' } },
})
const count = values.count === undefined ? undefined : Number(values.count)
const benches: Readonly<Record<string, () => Promise<BenchResult>>> = {
  import: () => importBench(count ?? 120),
  index: () => indexBench(count ?? 3_000),
  rescan: () => rescanBench(count ?? 100_000),
  limits: () => limitsBench(),
  window: () => windowBench(count ?? 5_000),
}
const names = positionals.length === 0 ? Object.keys(benches) : positionals
if (names.includes('window') && !hasDisplay && process.env[INNER] === undefined) {
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
  print(result.verdict.what, result.verdict.value, `${result.verdict.unit}   goal ${result.goal}`)
}
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(results, null, 2)}\n`)

function print(what: string, value: number, unit: string): void {
  const digits = value >= 100 ? 0 : 2
  console.log(`  ${what.padEnd(56)} ${value.toFixed(digits).padStart(9)} ${unit}`)
}
