// `npm test`: runs every suite, or those that are named, goes on after a failure, and ends with the counts of all.
//   npm test                      everything
//   npm test unit integration     these suites
//   npm run test:unit -- NAME     one suite, with arguments for its tool
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { commandLine, type Suite, suites } from './suites.ts'
import { readTally, TALLY_FILE, type Tally } from './tally/tally.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** Colour codes belong on a terminal only, but some tools write them into logs as well. Playwright decides by itself. */
function colours({ windows = false }: Suite): NodeJS.ProcessEnv {
  return process.stdout.isTTY || windows ? {} : { NO_COLOR: '1' }
}

interface Outcome extends Tally {
  readonly suite: string
  readonly seconds: number
  /** What to say beside the counts, such as why the suite didn't run. */
  readonly remark: string
}

/** The suites to run and the arguments for their tools, from the command line. */
function readArguments(args: readonly string[]): { chosen: readonly Suite[]; extra: readonly string[] } {
  const separator = args.indexOf('--')
  const names = separator < 0 ? args : args.slice(0, separator)
  const unknown = names.filter((name) => !suites.some((suite) => suite.name === name))
  if (unknown.length > 0) {
    const list = suites.map(({ name, about }) => `  ${name.padEnd(12)} ${about}`).join('\n')
    throw new Error(`There is no suite ${unknown.map((name) => `"${name}"`).join(', ')}. The suites are:\n${list}`)
  }
  return {
    chosen: names.length === 0 ? suites : suites.filter(({ name }) => names.includes(name)),
    extra: separator < 0 ? [] : args.slice(separator + 1),
  }
}

/** Runs one suite with its output passed on. */
async function run(suite: Suite, extra: readonly string[]): Promise<Outcome> {
  console.log(`\n── ${suite.name}: ${suite.about}`)
  const began = Date.now()
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-test-'))
  const tallyFile = join(folder, 'tally.json')
  try {
    suite.prepare?.()
    const failure = await runCommand(suite, extra, tallyFile)
    return { suite: suite.name, seconds: (Date.now() - began) / 1000, ...judge(suite, failure, readTally(tallyFile)) }
  } catch (error) {
    // Preparation failed: the message tells what the person has to do.
    const remark = error instanceof Error ? error.message : `${error}`
    return { suite: suite.name, seconds: (Date.now() - began) / 1000, passed: 0, failed: 1, skipped: [], remark }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Counts of a suite whose command ended with `failure`, or well if that is undefined. */
function judge(suite: Suite, failure: string | undefined, tally: Tally | undefined): Tally & { remark: string } {
  if (!suite.counts) {
    return { passed: failure ? 0 : 1, failed: failure ? 1 : 0, skipped: [], remark: failure ?? '' }
  }
  if (!tally) {
    // Vitest ends well without a report when no file matches.
    if (!failure) return { passed: 0, failed: 0, skipped: [], remark: 'no tests' }
    return { passed: 0, failed: 1, skipped: [], remark: `${failure} before it could count its tests` }
  }
  if (failure && tally.failed === 0) return { ...tally, failed: 1, remark: `${failure}, though no test failed` }
  return { ...tally, remark: '' }
}

/** Undefined when the command ended well, else how it ended. */
function runCommand(suite: Suite, extra: readonly string[], tallyFile: string): Promise<string | undefined> {
  const [command, args] = commandLine(suite, suite.counts ? extra : [])
  return new Promise((resolve) => {
    // A group of its own, so that a suite that hangs goes with everything it started.
    const child = spawn(command, args, {
      cwd: ROOT,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...colours(suite), [TALLY_FILE]: tallyFile },
      detached: process.platform !== 'win32',
    })
    const stop = () => {
      if (process.platform === 'win32' || child.pid === undefined) child.kill('SIGKILL')
      else process.kill(-child.pid, 'SIGKILL')
    }
    let timedOut = false
    const limit = setTimeout(() => {
      timedOut = true
      stop()
    }, suite.limit * 60_000)
    const interrupt = () => {
      stop()
      process.exit(130)
    }
    process.on('SIGINT', interrupt)
    process.on('SIGTERM', interrupt)
    const finish = (failure: string | undefined) => {
      clearTimeout(limit)
      process.off('SIGINT', interrupt)
      process.off('SIGTERM', interrupt)
      resolve(failure)
    }
    child.on('error', (error) => finish(error.message))
    child.on('exit', (code, signal) => {
      if (timedOut) finish(`stopped after ${suite.limit} minutes`)
      else if (code === 0) finish(undefined)
      else finish(signal ? `ended by ${signal}` : `ended with code ${code}`)
    })
  })
}

function printSummary(outcomes: readonly Outcome[]): void {
  console.log(
    `\n${'suite'.padEnd(12)} ${'passed'.padStart(7)} ${'failed'.padStart(7)} ${'skipped'.padStart(7)}     time`,
  )
  for (const { suite, passed, failed, skipped, seconds, remark } of outcomes) {
    const counts = [passed, failed, skipped.length].map((count) => `${count}`.padStart(7)).join(' ')
    console.log(`${suite.padEnd(12)} ${counts} ${seconds.toFixed(1).padStart(7)}s  ${remark}`.trimEnd())
  }
  const skipped = outcomes.flatMap(({ suite, skipped }) => skipped.map((test) => ({ suite, ...test })))
  if (skipped.length > 0) console.log('\nSkipped:')
  for (const { suite, name, reason } of skipped) console.log(`  ${suite}: ${name}: ${reason}`)
}

async function main(): Promise<boolean> {
  const { chosen, extra } = readArguments(process.argv.slice(2))
  const outcomes: Outcome[] = []
  for (const suite of chosen) {
    const broken = suite.needs?.find((name) => outcomes.some((outcome) => outcome.suite === name && outcome.failed > 0))
    if (broken) {
      const remark = `not run, as ${broken} failed`
      outcomes.push({ suite: suite.name, seconds: 0, passed: 0, failed: 1, skipped: [], remark })
    } else {
      outcomes.push(await run(suite, extra))
    }
  }
  printSummary(outcomes)
  const sum = (count: (outcome: Outcome) => number) => outcomes.reduce((total, outcome) => total + count(outcome), 0)
  const failed = sum((outcome) => outcome.failed)
  const counts = `${sum(({ passed }) => passed)} passed, ${failed} failed, ${sum(({ skipped }) => skipped.length)} skipped`
  console.log(`\n${counts}`)
  return failed === 0
}

try {
  process.exitCode = (await main()) ? 0 : 1
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
