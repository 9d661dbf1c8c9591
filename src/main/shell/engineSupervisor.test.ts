import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { EngineState } from '../../shared/contract/requests/shellRequests.ts'
import { type EngineEvent, EngineSupervisor } from './engineSupervisor.ts'
import { type Log, openLog } from './log.ts'

const script = fileURLToPath(new URL('./testing/fakeEngine.ts', import.meta.url))

let folder = ''
let log: Log
let states: EngineState[] = []
let events: EngineEvent[] = []
let silences: string[] = []
let supervisor: EngineSupervisor

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-supervisor-'))
  log = openLog(join(folder, 'logs'))
  states = []
  events = []
  silences = []
  supervisor = supervise(process.execPath)
})
afterEach(async () => {
  await supervisor.close()
  log.flush()
  rmSync(folder, { recursive: true })
})

const supervise = (node: string) =>
  new EngineSupervisor({
    program: () => ({ node, script }),
    log,
    onState: (state) => states.push(state),
    onEvent: (event) => events.push(event),
    capture: async (assetId) => ({ ok: true, picture: new TextEncoder().encode(assetId) }),
    onSilent: (since) => silences.push(since === null ? 'heard' : 'silent'),
    known: (path) => (path.includes('known') ? 'Mine' : undefined),
    lookEveryMs: 10,
  })
const library = (name: string) => {
  mkdirSync(join(folder, name))
  return join(folder, name)
}
const becomes = (state: EngineState['state']) =>
  vi.waitFor(() => expect(supervisor.state.state).toBe(state), { timeout: 20_000, interval: 20 })
const refusal = (code: string) => expect.objectContaining({ name: 'VitrineError', code })
const names = () => states.map(({ state }) => state)

describe('a library that opens', () => {
  it('is ready after starting, and its engine answers', async () => {
    const opened = await supervisor.open(library('fine'), true)
    expect(opened.name).toBe('Fake')
    expect(names()).toEqual(['starting', 'ready'])
    expect(await supervisor.request('echo', { deep: [1, 'two', null] })).toEqual({ deep: [1, 'two', null] })
  })

  it('says what takes long while it opens', async () => {
    await supervisor.open(library('slow'), false)
    expect(states.map((state) => ('opening' in state ? state.opening : state.state))).toEqual([
      'starting',
      { stage: 'checking', done: 0, total: null },
      { stage: 'rebuilding', done: 3, total: 7 },
      'ready',
    ])
  })

  it('keeps answers apart and lets typed arrays and undefined through', async () => {
    await supervisor.open(library('fine'), false)
    const answers = await Promise.all(Array.from({ length: 100 }, (_, index) => supervisor.request('echo', index)))
    expect(answers).toEqual(Array.from({ length: 100 }, (_, index) => index))
    expect(await supervisor.request('vector', undefined)).toEqual(new Int32Array([3, 1, 2]))
    expect(await supervisor.request('echo', undefined)).toBeUndefined()
  })

  it('hands refusals on with their code, message and details', async () => {
    await supervisor.open(library('fine'), false)
    await expect(supervisor.request('refuse', undefined)).rejects.toMatchObject({
      code: 'nothing_to_undo',
      message: 'Nothing to undo.',
      details: { a: 1 },
    })
  })

  it('passes on what is in the contract, logs what is not, and lives on', async () => {
    await supervisor.open(library('fine'), false)
    expect(await supervisor.request('nonsense', undefined)).toBe('still here')
    expect(events).toEqual([{ name: 'catalog.changed', payload: { revision: 2, rowIds: null, membership: true } }])
    await vi.waitFor(() => {
      const text = log.tail(20).join('\n')
      expect(text).toContain('not in the contract: no.such.event')
      expect(text).toMatch(/INFO +engine: a line on stdout/)
      expect(text).toMatch(/WARN +engine: a line on stderr/)
    })
  })

  it('is given the frames that it asks for', async () => {
    await supervisor.open(library('fine'), false)
    const id = '01890a5d-ac96-774b-bcce-b302099a8057'
    expect(await supervisor.request('capture', id)).toEqual({ ok: true, picture: new TextEncoder().encode(id) })
  })

  it('does not get the variables that would turn our Node into something else', async () => {
    vi.stubEnv('NODE_OPTIONS', '--max-old-space-size=4096')
    await supervisor.open(library('fine'), false)
    vi.unstubAllEnvs()
    expect(await supervisor.request('environment', 'NODE_OPTIONS')).toBeNull()
    expect(await supervisor.request('environment', 'PATH')).toBe(process.env.PATH)
  })
})

describe('an engine that dies', () => {
  it('is started again, the request it left unanswered is refused, and the next one is answered', async () => {
    await supervisor.open(library('fine'), true)
    const pid = await supervisor.request('pid', undefined)
    const waiting = supervisor.request('silent', undefined)
    const crash = supervisor.request('crash', undefined)
    await expect(waiting).rejects.toEqual(refusal('engine_restarting'))
    await expect(crash).rejects.toEqual(refusal('engine_restarting'))
    await expect(supervisor.request('echo', 1)).rejects.toEqual(refusal('engine_restarting'))
    await becomes('ready')
    expect(names()).toEqual(['starting', 'ready', 'restarting', 'ready'])
    expect(await supervisor.request('pid', undefined)).not.toBe(pid)
  })

  it('never makes a library anew that was there before', async () => {
    const path = library('fine')
    await supervisor.open(path, true)
    process.kill(supervisor.pid!, 'SIGKILL')
    await becomes('restarting')
    await becomes('ready')
    expect(readFileSync(join(path, 'opens.txt'), 'utf8')).toBe('true\nfalse\n')
  })

  it('is started again when it only closes its channel', async () => {
    await supervisor.open(library('fine'), false)
    await expect(supervisor.request('disconnect', undefined)).rejects.toEqual(refusal('engine_restarting'))
    await becomes('ready')
  })

  it('five times in a row is given up, with a message, until somebody tries again', async () => {
    const path = library('crash-loop')
    await expect(supervisor.open(path, true)).rejects.toEqual(refusal('engine_unavailable'))
    expect(names()).toEqual(['starting', 'restarting', 'restarting', 'restarting', 'restarting', 'failed'])
    expect(supervisor.state).toMatchObject({ code: 'engine_unavailable', path })
    await expect(supervisor.request('echo', 1)).rejects.toEqual(refusal('engine_unavailable'))
    await expect(supervisor.retry()).rejects.toEqual(refusal('engine_unavailable'))
    expect(readFileSync(join(path, 'opens.txt'), 'utf8').trim().split('\n')).toHaveLength(10)
  }, 30_000)
})

describe('a library that can not be opened', () => {
  it('fails with what the engine says, is not retried by itself, and another one can be opened', async () => {
    const path = library('newer')
    await expect(supervisor.open(path, false)).rejects.toEqual(refusal('library_newer'))
    expect(supervisor.state).toEqual({
      state: 'failed',
      code: 'library_newer',
      message: 'Made by a newer Vitrine.',
      path,
    })
    expect(supervisor.pid).toBeUndefined()
    await supervisor.open(library('fine'), false)
    expect(supervisor.state.state).toBe('ready')
  })

  it('fails when nobody knows what to run', async () => {
    supervisor = new EngineSupervisor({
      program: () => {
        throw new Error('Start the app with: npm start')
      },
      log,
      onState: (state) => states.push(state),
      onEvent: (event) => events.push(event),
      capture: async () => ({ ok: false, reason: 'unavailable', message: 'No window is open.' }),
      onSilent: () => undefined,
      known: () => undefined,
    })
    await expect(supervisor.open(library('fine'), false)).rejects.toThrow('npm start')
    expect(names()).toEqual(['starting', 'failed'])
  })

  it('fails when there is no Node to run it', async () => {
    supervisor = supervise(join(folder, 'no-such-node'))
    await expect(supervisor.open(library('fine'), false)).rejects.toEqual(refusal('engine_unavailable'))
    expect(supervisor.state.state).toBe('failed')
  })
})

describe('an engine that lives and does not answer', () => {
  it('is told of, and heard again with its next word', async () => {
    await supervisor.open(library('fine'), false)
    const stuck = supervisor.request('busy', 400)
    await vi.waitFor(() => expect(silences).toEqual(['silent']), { timeout: 20_000 })
    await stuck
    expect(silences).toEqual(['silent', 'heard'])
    expect(supervisor.state.state).toBe('ready')
  })

  it('is left alone while it answers pings, however long a request takes', async () => {
    await supervisor.open(library('fine'), false)
    void supervisor.request('silent', undefined).catch(() => undefined)
    for (let i = 0; i < 20; i++) await supervisor.request('echo', i)
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(silences).toEqual([])
  })

  it('is started again when a person wants it, and what it was asked is refused', async () => {
    await supervisor.open(library('fine'), false)
    const stuck = expect(supervisor.request('silent', undefined)).rejects.toEqual(refusal('engine_restarting'))
    supervisor.restart()
    await stuck
    await becomes('ready')
    expect(names()).toEqual(['starting', 'ready', 'restarting', 'ready'])
  })
})

describe('a library that goes away', () => {
  it('ends its engine, and is opened again when it is back', async () => {
    const path = library('known')
    await supervisor.open(path, false)
    supervisor.lose()
    expect(supervisor.state).toEqual({ state: 'missing', path, name: 'Mine' })
    await expect(supervisor.request('echo', 1)).rejects.toEqual(refusal('engine_unavailable'))
    await supervisor.retry()
    expect(await supervisor.request('echo', 1)).toBe(1)
  })

  it('is missing, not broken, when it is not there at the start', async () => {
    const path = library('known-gone')
    await expect(supervisor.open(path, false)).rejects.toEqual(refusal('library_not_found'))
    expect(supervisor.state).toEqual({ state: 'missing', path, name: 'Mine' })
    await expect(supervisor.open(library('other-gone'), false)).rejects.toEqual(refusal('library_not_found'))
    expect(supervisor.state.state).toBe('failed')
  })
})

describe('closing', () => {
  it('lets the engine end cleanly, refuses what waits, and does not start it again', async () => {
    const path = library('fine')
    await supervisor.open(path, false)
    const waiting = supervisor.request('silent', undefined)
    const refused = expect(waiting).rejects.toEqual(refusal('engine_restarting'))
    await supervisor.close()
    await refused
    expect(existsSync(join(path, 'closed.txt'))).toBe(true)
    expect(supervisor.state).toEqual({ state: 'no-library' })
    await expect(supervisor.request('echo', 1)).rejects.toEqual(refusal('engine_unavailable'))
  })

  it('kills an engine that hangs', async () => {
    await supervisor.open(library('fine'), false)
    const pid = supervisor.pid!
    await supervisor.request('hang', undefined)
    await supervisor.close()
    expect(() => process.kill(pid, 0)).toThrow('ESRCH')
  }, 20_000)

  it('of one library opens the next', async () => {
    const first = library('one')
    await supervisor.open(first, false)
    expect((await supervisor.open(library('two'), false)).path).toBe(join(folder, 'two'))
    expect(existsSync(join(first, 'closed.txt'))).toBe(true)
    expect(names()).toEqual(['starting', 'ready', 'starting', 'ready'])
  })

  it('opens only the last of several libraries asked for at once', async () => {
    const first = expect(supervisor.open(library('one'), false)).rejects.toEqual(refusal('cancelled'))
    const second = supervisor.open(library('two'), false)
    await first
    expect((await second).path).toBe(join(folder, 'two'))
    expect(existsSync(join(folder, 'one', 'opens.txt'))).toBe(false)
  })

  it('while the engine waits to be restarted, leaves it stopped', async () => {
    await supervisor.open(library('fine'), false)
    process.kill(supervisor.pid!, 'SIGKILL')
    await becomes('restarting')
    await supervisor.close()
    expect(supervisor.pid).toBeUndefined()
    expect(supervisor.state.state).toBe('no-library')
  })
})
