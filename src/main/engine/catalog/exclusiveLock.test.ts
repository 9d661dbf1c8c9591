import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { tryExclusiveLock } from './exclusiveLock.ts'

/** Tries for the lock, says whether it has it, and holds it until it is killed. */
const contender = `
  import { tryExclusiveLock } from ${JSON.stringify(new URL('./exclusiveLock.ts', import.meta.url).href)}
  const lock = tryExclusiveLock(process.argv[1])
  process.stdout.write(lock ? 'held' : 'refused')
  setInterval(() => lock, 1000)
`

describe('the lock of a library', () => {
  let folder: string
  let path: string
  let children: ChildProcess[]
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'vitrine-lock-'))
    path = join(folder, 'engine.lock')
    children = []
  })
  afterEach(() => {
    for (const child of children) child.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  })

  async function contend(): Promise<{ child: ChildProcess; outcome: string }> {
    const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', contender, path], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    children.push(child)
    const [outcome] = await once(child.stdout!, 'data')
    return { child, outcome: String(outcome) }
  }

  test('is given to one, and to the next when it is released', () => {
    const first = tryExclusiveLock(path)
    expect(first).not.toBeNull()
    expect(tryExclusiveLock(path)).toBeNull()
    first?.release()
    const second = tryExclusiveLock(path)
    expect(second).not.toBeNull()
    second?.release()
  })

  test('of several processes that ask at the same instant exactly one gets it', async () => {
    const outcomes = await Promise.all(Array.from({ length: 5 }, contend))
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['held', 'refused', 'refused', 'refused', 'refused'])
  })

  test('is free again as soon as its holder was killed with SIGKILL', async () => {
    const { child, outcome } = await contend()
    expect(outcome).toBe('held')
    expect(tryExclusiveLock(path)).toBeNull()
    child.kill('SIGKILL')
    await once(child, 'exit')
    const lock = tryExclusiveLock(path)
    expect(lock).not.toBeNull()
    lock?.release()
  })

  test('in a folder that is not there is an error, not a lock', () => {
    expect(() => tryExclusiveLock(join(folder, 'absent', 'engine.lock'))).toThrow(
      expect.objectContaining({ code: 'library_not_found' }),
    )
  })
})
