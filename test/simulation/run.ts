// Many runs of the simulation. `npm run simulate -- --runs 20000`, or `--seed 123` for one of them.
import { parseArgs } from 'node:util'
import { simulate } from './simulate.ts'

const { values } = parseArgs({
  options: { runs: { type: 'string' }, seed: { type: 'string' }, from: { type: 'string' } },
})
const first = Number(values.seed ?? values.from ?? 1)
const runs = values.seed === undefined ? Number(values.runs ?? 1000) : 1
const failed: number[] = []
let [edits, kills] = [0, 0]
const began = performance.now()
for (let seed = first; seed < first + runs; seed++) {
  const outcome = await simulate(seed)
  edits += outcome.edits
  kills += outcome.kills
  if (outcome.problems.length > 0) {
    failed.push(seed)
    console.log(`Seed ${seed} (${outcome.devices} devices):\n  ${outcome.problems.slice(0, 5).join('\n  ')}`)
  }
  if (seed % 1000 === 0) console.log(`${seed - first + 1} runs, ${failed.length} failed`)
}
const seconds = ((performance.now() - began) / 1000).toFixed(0)
console.log(
  `${runs} runs with ${edits} edits and ${kills} kills in ${seconds} s; ${failed.length} failed${failed.length > 0 ? `: ${failed.slice(0, 40).join(' ')}` : '.'}`,
)
process.exitCode = failed.length > 0 ? 1 : 0
