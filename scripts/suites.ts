// The suites of `npm test`, in the order they run: what is quickest to tell comes first.
import { ensureSystemPackages } from './system-packages.ts'
import { withDisplay } from './virtual-display.ts'

/** One step of the test command. */
export interface Suite {
  readonly name: string
  /** What it shows, for the list of suites. */
  readonly about: string
  /** The command behind `node scripts/run.mjs`; arguments after `--` of the test command are added. */
  readonly command: readonly string[]
  /** Whether its reporter leaves a tally; otherwise the suite counts as one test. */
  readonly counts: boolean
  /** It is stopped and has failed after this long (minutes). */
  readonly limit: number
  /** Suites that must have passed in this run; if one failed, this one can't tell anything. */
  readonly needs?: readonly string[]
  /** Makes the machine ready; throws with advice when it can't. */
  readonly prepare?: () => void
  /** Whether it opens windows. */
  readonly windows?: boolean
}

const vitest = (project: string) => [
  'vitest',
  'run',
  '--project',
  project,
  '--passWithNoTests',
  '--reporter=default',
  '--reporter=./scripts/tally/vitestTally.ts',
]

export const suites: readonly Suite[] = [
  {
    name: 'lint',
    about: 'format and lint of every file',
    command: ['biome', 'check', '--error-on-warnings'],
    counts: false,
    limit: 2,
  },
  {
    name: 'types',
    about: 'types, each environment against its own libraries',
    command: ['scripts/check-types.ts'],
    counts: false,
    limit: 5,
  },
  {
    name: 'imports',
    about: 'which part may import which',
    command: ['scripts/check-imports.ts'],
    counts: false,
    limit: 2,
  },
  {
    name: 'unused',
    about: 'files, exports and dependencies that nothing uses',
    command: ['knip'],
    counts: false,
    limit: 2,
  },
  { name: 'unit', about: 'tests beside their source', command: vitest('unit'), counts: true, limit: 10 },
  {
    name: 'integration',
    about: 'the engine on real files, databases and servers',
    command: vitest('integration'),
    counts: true,
    limit: 15,
  },
  {
    name: 'build',
    about: 'the app builds',
    command: ['scripts/build.mjs', '--if-stale'],
    counts: false,
    limit: 5,
  },
  {
    name: 'e2e',
    about: 'the real app in a real window',
    command: ['playwright', 'test', '--reporter=list,./scripts/tally/playwrightTally.ts'],
    counts: true,
    limit: 30,
    needs: ['build'],
    prepare: ensureSystemPackages,
    windows: true,
  },
]

/** The command line of a suite, with a virtual display where it needs one and there is none. */
export function commandLine(suite: Suite, extra: readonly string[]): [command: string, args: string[]] {
  const args = ['scripts/run.mjs', ...suite.command, ...extra]
  return suite.windows ? withDisplay(process.execPath, args) : [process.execPath, args]
}
