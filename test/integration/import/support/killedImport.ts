import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import type { ImportOptions } from '../../../../src/shared/domain/import.ts'

const program = fileURLToPath(new URL('./importProgram.ts', import.meta.url))

interface Ended {
  readonly killed: boolean
  readonly output: string
}

/** Runs the importing engine; kills it some time after it began to work, if it is still there. */
function runEngine(root: string, args: readonly string[], killAfterMs: number): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const engine = spawn(process.execPath, [program, root, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
    let output = ''
    let timer: NodeJS.Timeout | undefined
    engine.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text
      timer ??= setTimeout(() => engine.kill('SIGKILL'), killAfterMs)
    })
    engine.on('error', reject)
    engine.on('close', (_code, signal) => {
      clearTimeout(timer)
      resolve({ killed: signal === 'SIGKILL', output })
    })
  })
}

/** Runs it until it comes to an end by itself; kills it before, at any moment, later each time. */
export async function runKilled(root: string, options: Partial<ImportOptions>, source: string): Promise<void> {
  const text = JSON.stringify(options)
  let run = await runEngine(root, [text, source], 50)
  let kills = run.killed ? 1 : 0
  for (let attempt = 1; run.killed; attempt++) {
    run = await runEngine(root, [text], Math.random() * attempt * 400)
    if (run.killed) kills++
  }
  expect(kills).toBeGreaterThan(1)
  expect(JSON.parse(run.output.replace('working\n', ''))).toMatchObject({ defects: [] })
}
