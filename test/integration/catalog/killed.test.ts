import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { createLibrary, openLibrary } from '../../../src/main/engine/library/openLibrary.ts'
import { nextCommand } from './model/commands.ts'
import { LibraryModel } from './model/libraryModel.ts'
import { expected, observe } from './model/observe.ts'
import { Random } from './model/random.ts'

const START = Date.UTC(2026, 10, 21)
const program = fileURLToPath(new URL('./model/mutate.process.ts', import.meta.url))

/** Kills the process some time after it has acknowledged `after` commands; returns how many it had acknowledged. */
async function killAfter(root: string, seed: number, after: number, pauseMs: number): Promise<number> {
  const child = spawn(process.execPath, [program, root, String(seed), String(START)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let said = ''
  const enough = new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString()
      if (said.split('\n').length > after) resolve()
    })
    child.once('exit', (code) => reject(new Error(`The process ended by itself (${code}) after ${said}`)))
  })
  await enough
  await sleep(pauseMs)
  const closed = new Promise((resolve) => child.once('close', resolve))
  child.kill('SIGKILL')
  await closed
  return said.split('\n').length - 1
}

/** What the library shows after the first `count` commands of a run. */
function afterCommands(seed: number, count: number): unknown {
  const random = new Random(seed)
  const model = new LibraryModel()
  for (let step = 1; step <= count; step++) nextCommand(model, random, START + step).applyTo(model)
  return expected(model)
}

describe('a process that is killed in the middle of mutations', () => {
  test.each([11, 12, 13, 14, 15])(
    'leaves every acknowledged one whole, and at most one more (seed %i)',
    async (seed) => {
      const root = mkdtempSync(join(tmpdir(), 'vitrine-killed-'))
      createLibrary(root, 'Killed', START)
      const random = new Random(seed * 7919)
      try {
        const acknowledged = await killAfter(root, seed, 10 + random.below(60), random.below(40))
        const now = START + 1_000_000
        const { catalog, cleanBefore } = openLibrary(root, () => now)
        const shown = observe(catalog, root, now)
        const whole = [afterCommands(seed, acknowledged), afterCommands(seed, acknowledged + 1)]
        expect(cleanBefore).toBe(false)
        expect(whole).toContainEqual(shown)

        // The journal has it all, too.
        catalog.close()
        for (const suffix of ['', '-wal', '-shm']) rmSync(join(root, `catalog.sqlite${suffix}`), { force: true })
        const rebuilt = openLibrary(root, () => now).catalog
        expect(observe(rebuilt, root, now)).toEqual(shown)
        rebuilt.close()
      } finally {
        rmSync(root, { recursive: true, force: true })
      }
    },
  )
})
