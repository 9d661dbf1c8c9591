import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { type Outcome, simulate, type Through } from './simulate.ts'
import { simulateClones } from './simulateClones.ts'
import { simulateJoin } from './simulateJoin.ts'

/** `joining`: new devices begin with checkpoints. `cloning`: folders of devices are copied. */
export const kinds = ['editing', 'joining', 'cloning'] as const
export type Kind = (typeof kinds)[number]
const simulations: Readonly<Record<Kind, (seed: number, through: Through) => Promise<Outcome>>> = {
  editing: simulate,
  joining: simulateJoin,
  cloning: (seed) => simulateClones(seed),
}

/** Which runs to make: `runs` seeds from `from` on. */
export interface Seeds {
  readonly from: number
  readonly runs: number
  readonly through: Through
  readonly kind: Kind
}

/** What runs came to, together. */
export interface Tally {
  readonly runs: number
  readonly edits: number
  readonly kills: number
  readonly repeated: number
  readonly failed: readonly Failure[]
}
export interface Failure {
  readonly seed: number
  readonly devices: number
  readonly problems: readonly string[]
}

/** One run in so many is made again, and must do the same. */
const REPEATED = 100
/** Catalogues in memory look small to the collector of garbage: left alone it comes for them after gigabytes. */
const COLLECTED = 50

/** Makes runs one after the other in this process. */
export async function runSeeds({ from, runs, through, kind }: Seeds): Promise<Tally> {
  const run = simulations[kind]
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  let [edits, kills, repeated] = [0, 0, 0]
  const failed: Failure[] = []
  for (let seed = from; seed < from + runs; seed++) {
    const { trace, problems, ...outcome } = await run(seed, through)
    edits += outcome.edits
    kills += outcome.kills
    const told = [...problems]
    if (seed % REPEATED === 0) {
      repeated++
      if ((await run(seed, through)).trace !== trace) told.unshift('The second run was another one')
    }
    if (told.length > 0) failed.push({ seed, devices: outcome.devices, problems: told })
    if (seed % COLLECTED === 0) collect()
  }
  return { runs, edits, kills, repeated, failed }
}
