import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { createMediaPool, type MediaPoolOptions } from '../../../src/main/engine/adapters/mediaPool.ts'
import type { MediaDecoder, MediaOutcome } from '../../../src/main/engine/ports.ts'
import { sha256Schema } from '../../../src/shared/domain/ids.ts'
import { mediaProgram, openImportLibrary, temporaryFolder } from './support/importLibrary.ts'
import { jpeg } from './support/pictures.ts'

const temporary = temporaryFolder()
afterAll(() => temporary.remove())

function startPool(options: Partial<MediaPoolOptions> = {}): MediaDecoder {
  return createMediaPool({
    nodePath: process.execPath,
    workerPath: mediaProgram,
    size: 2,
    timeoutMs: 3_000,
    memoryLimitBytes: 400 * 1024 ** 2,
    env: { VITRINE_FAULTS: '1' },
    onBreakdown: () => {},
    ...options,
  })
}

let made = 0
async function picture(fault = ''): Promise<string> {
  const path = join(temporary.path, `${++made}.jpg`)
  writeFileSync(path, Buffer.concat([await jpeg(made), Buffer.from(fault && `vitrine-fault:${fault}`)]))
  return path
}

function read(pool: MediaDecoder, path: string, sizes: readonly number[] = [150]): Promise<MediaOutcome> {
  const sha256 = sha256Schema.parse(path.replace(/\D/g, '').padStart(64, '0').slice(-64))
  const thumbnailFolder = join(temporary.path, 'thumbs')
  return pool.process({ path, sha256, mimeType: 'image/jpeg', thumbnailFolder, sizes, sidecars: [] })
}

const faults = [
  ['crash', 'decoder_crashed'],
  ['throw', 'decoder_crashed'],
  ['hang', 'decoder_timeout'],
  ['memory', 'decoder_memory'],
] as const

describe('a poisoned file costs itself and nothing else', () => {
  it.each(faults)('%s', async (fault, code) => {
    const pool = startPool()
    try {
      const sound = await Promise.all([1, 2, 3, 4, 5, 6].map(() => picture()))
      const poisoned = await picture(fault)
      const outcomes = await Promise.all(
        [...sound.slice(0, 3), poisoned, ...sound.slice(3)].map((path) => read(pool, path)),
      )
      expect(outcomes.map((outcome) => (outcome.ok ? 'ok' : outcome.code))).toEqual([
        'ok',
        'ok',
        'ok',
        code,
        'ok',
        'ok',
        'ok',
      ])
      const bad = outcomes[3]
      expect(bad?.ok === false && bad.message).toMatch(/original is kept/)
    } finally {
      await pool.close()
    }
  })

  it.each(faults)('%s among files that are only read, of which a process has many at once', async (fault, code) => {
    const pool = startPool({ timeoutMs: 1_500 })
    try {
      const sound = await Promise.all([1, 2, 3, 4].map(() => picture()))
      const poisoned = await picture(fault)
      const paths = Array.from({ length: 80 }, (_, at) => (at === 37 ? poisoned : (sound[at % 4] ?? '')))
      const outcomes = await Promise.all(paths.map((path) => read(pool, path, [])))
      const bad = outcomes.splice(37, 1)[0]
      expect(bad).toMatchObject({ ok: false, code })
      expect(outcomes.every((outcome) => outcome.ok && outcome.facts.width !== null)).toBe(true)
    } finally {
      await pool.close()
    }
  })

  it('only the poisoned assets are quarantined', async () => {
    const library = openImportLibrary(join(temporary.path, 'library'), {
      pool: { timeoutMs: 3_000, memoryLimitBytes: 400 * 1024 ** 2, env: { VITRINE_FAULTS: '1' } },
    })
    try {
      const names = ['', 'crash', '', 'hang', '', 'memory', '']
      const paths: string[] = []
      for (const fault of names) paths.push(await picture(fault))
      const report = await library.import(paths)
      expect(report.imported.map(({ path, status, code }) => [paths.indexOf(path), status, code])).toEqual([
        [0, 'available', undefined],
        [1, 'quarantined', 'decoder_crashed'],
        [2, 'available', undefined],
        [3, 'quarantined', 'decoder_timeout'],
        [4, 'available', undefined],
        [5, 'quarantined', 'decoder_memory'],
        [6, 'available', undefined],
      ])
      expect(library.defects).toEqual([])
    } finally {
      await library.close()
    }
  })
})

describe('the pool', () => {
  it('is patient with a decoder that can not be started, and then says so', async () => {
    const pool = startPool({ workerPath: join(temporary.path, 'absent.js') })
    await expect(read(pool, await picture())).rejects.toMatchObject({ code: 'internal' })
    await pool.close()
    const noNode = startPool({ nodePath: join(temporary.path, 'no-node') })
    await expect(read(noNode, await picture())).rejects.toMatchObject({ code: 'internal' })
    await noNode.close()
  })

  it('ends its processes when it is closed, also those that hang', async () => {
    const pool = startPool({ timeoutMs: 60_000 })
    const hanging = read(pool, await picture('hang'))
    const refused = expect(hanging).rejects.toMatchObject({ code: 'cancelled' })
    await until(() => workersOf(process.pid).length > 0)
    await pool.close()
    await refused
    expect(workersOf(process.pid)).toEqual([])
  })

  it.skipIf(process.platform !== 'linux')('leaves no process behind when its own is killed', async () => {
    const program = fileURLToPath(new URL('./support/poolProgram.ts', import.meta.url))
    const files = [await picture('hang'), await picture()]
    const engine: ChildProcess = spawn(process.execPath, [program, mediaProgram, ...files], { stdio: 'ignore' })
    await until(() => workersOf(engine.pid ?? 0).length === 2)
    const workers = workersOf(engine.pid ?? 0)
    engine.kill('SIGKILL')
    await until(() => workers.every((pid) => !existsSync(`/proc/${pid}`) || isZombie(pid)))
    expect(workers).toHaveLength(2)
  })
})

function workersOf(parent: number): number[] {
  const file = `/proc/${parent}/task/${parent}/children`
  if (!existsSync(file)) return []
  return readFileSync(file, 'utf8')
    .split(' ')
    .map(Number)
    .filter((pid) => pid > 0 && commandOf(pid).includes('media.process'))
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return ''
  }
}

function isZombie(pid: number): boolean {
  return commandOf(pid) === ''
}

/** Waits without a limit of its own; the test's limit is the limit. */
async function until(reached: () => boolean): Promise<void> {
  while (!reached()) await new Promise((resolve) => setTimeout(resolve, 20))
}
