// `npm run bench`: our figures and their yardsticks from the same run.
//   npm run bench -- import --count 60 --json figures.json
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { BenchResult } from './benchResult.ts'
import { importBench } from './importBench.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { count: { type: 'string', default: '60' }, json: { type: 'string' } },
})
const benches: Readonly<Record<string, () => Promise<BenchResult>>> = {
  import: () => importBench(Number(values.count)),
}
const names = positionals.length === 0 ? Object.keys(benches) : positionals
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
  for (const { what, seconds } of result.figures)
    console.log(`  ${what.padEnd(12)} ${seconds.toFixed(2).padStart(8)} s`)
  console.log(`  ratio        ${result.ratio.toFixed(2).padStart(8)} ×   goal ${result.goal}`)
}
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(results, null, 2)}\n`)
