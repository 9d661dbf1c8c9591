// Many runs of the simulation. `npm run simulate -- --runs 20000`, or `--seed 123` for one of them; `--through journals` leaves
// out how logs are published and pulled. Some are run twice, and must do the same. `--joining`: new devices begin with checkpoints.
import { parseArgs } from 'node:util'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { simulate } from './simulate.ts'
import { simulateJoin } from './simulateJoin.ts'

const { values } = parseArgs({
  options: {
    runs: { type: 'string' },
    seed: { type: 'string' },
    from: { type: 'string' },
    through: { type: 'string' },
    joining: { type: 'boolean' },
  },
})
const first = Number(values.seed ?? values.from ?? 1)
const runs = values.seed === undefined ? Number(values.runs ?? 1000) : 1
const through = values.through === 'journals' ? 'journals' : 'store'
const run = values.joining === true ? simulateJoin : simulate
const failed: number[] = []
/** One run in so many is made again. */
const REPEATED = 100
let [edits, kills] = [0, 0]
// Catalogues in memory look small to the collector of garbage: left alone it comes for them after gigabytes.
setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void
const began = performance.now()
for (let seed = first; seed < first + runs; seed++) {
  const outcome = await run(seed, through)
  const isSame = seed % REPEATED !== 0 || (await run(seed, through)).trace === outcome.trace
  edits += outcome.edits
  kills += outcome.kills
  const problems = isSame ? outcome.problems : ['The second run was another one', ...outcome.problems]
  if (problems.length > 0) {
    failed.push(seed)
    console.log(`Seed ${seed} (${outcome.devices} devices):\n  ${problems.slice(0, 5).join('\n  ')}`)
  }
  if (seed % 100 === 0) collect()
  if (seed % 1000 === 0) console.log(`${seed - first + 1} runs, ${failed.length} failed`)
}
const seconds = ((performance.now() - began) / 1000).toFixed(0)
console.log(
  `${runs} runs with ${edits} edits and ${kills} kills in ${seconds} s; ${failed.length} failed${failed.length > 0 ? `: ${failed.slice(0, 40).join(' ')}` : '.'}`,
)
process.exitCode = failed.length > 0 ? 1 : 0
