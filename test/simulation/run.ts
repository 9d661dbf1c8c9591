// Many runs of the simulation, on all processors. `npm run simulate -- --runs 20000`, or `--seed 123` for one of them.
// `--joining`: new devices begin with checkpoints; `--cloning`: folders of devices are copied; `--through journals`: without how logs are published and pulled,
// `encrypted`: over an encrypted store.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { kinds, runSeeds, type Seeds, type Tally } from './runSeeds.ts'
import { throughs } from './simulate.ts'

/** Of one process, which is let go then: what SQLite has taken for catalogues in memory it gives back only at its end. */
const SEEDS_A_PROCESS = 250
/** Said this often, in runs. */
const REPORTED = 1000

if (process.send !== undefined) {
  process.once('message', (seeds: Seeds) => {
    void runSeeds(seeds).then((tally) => {
      process.send?.(tally)
      process.disconnect?.()
    })
  })
} else {
  process.exitCode = await main()
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      runs: { type: 'string' },
      seed: { type: 'string' },
      from: { type: 'string' },
      jobs: { type: 'string' },
      through: { type: 'string' },
      joining: { type: 'boolean' },
      cloning: { type: 'boolean' },
    },
  })
  const from = Number(values.seed ?? values.from ?? 1)
  const runs = values.seed === undefined ? Number(values.runs ?? 1000) : 1
  const jobs = Number(values.jobs ?? availableParallelism())
  const how = {
    through: throughs.find((name) => name === values.through) ?? 'store',
    kind: kinds.find((name) => name !== 'editing' && values[name] === true) ?? 'editing',
  } as const
  const began = performance.now()
  let all: Tally = { runs: 0, edits: 0, kills: 0, repeated: 0, failed: [] }
  const add = (tally: Tally): void => {
    const before = all.runs
    all = {
      runs: all.runs + tally.runs,
      edits: all.edits + tally.edits,
      kills: all.kills + tally.kills,
      repeated: all.repeated + tally.repeated,
      failed: [...all.failed, ...tally.failed],
    }
    for (const { seed, devices, problems } of tally.failed)
      console.log(`Seed ${seed} (${devices} devices):\n  ${problems.slice(0, 5).join('\n  ')}`)
    if (Math.floor(before / REPORTED) < Math.floor(all.runs / REPORTED))
      console.log(`${all.runs} runs, ${all.failed.length} failed`)
  }

  if (runs === 1) add(await runSeeds({ ...how, from, runs }))
  else {
    let next = from
    const work = async (): Promise<void> => {
      while (next < from + runs) {
        const seeds = { ...how, from: next, runs: Math.min(SEEDS_A_PROCESS, from + runs - next) }
        next += seeds.runs
        add(await inProcess(seeds))
      }
    }
    await Promise.all(Array.from({ length: jobs }, work))
  }

  const seconds = ((performance.now() - began) / 1000).toFixed(0)
  const seeds = all.failed.map(({ seed }) => seed).sort((a, b) => a - b)
  console.log(
    `${all.runs} runs with ${all.edits} edits and ${all.kills} kills in ${seconds} s, ${all.repeated} of them made twice; ` +
      `${seeds.length} failed${seeds.length > 0 ? `: ${seeds.slice(0, 40).join(' ')}` : '.'}`,
  )
  return seeds.length > 0 || all.runs < runs ? 1 : 0
}

/** Runs in a process of their own. One that ends without an answer is a failure of all that it was given. */
async function inProcess(seeds: Seeds): Promise<Tally> {
  const child = fork(import.meta.filename, [])
  child.send(seeds)
  const answer = once(child, 'message').then(([tally]) => tally as Tally)
  const end = once(child, 'exit').then(([code, signal]): Tally => {
    const problems = [`The process of seeds ${seeds.from} and ${seeds.runs - 1} more ended (${code ?? signal})`]
    return { runs: 0, edits: 0, kills: 0, repeated: 0, failed: [{ seed: seeds.from, devices: 0, problems }] }
  })
  return Promise.race([answer, end])
}
