import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { tryExclusiveLock } from '../../../src/main/engine/catalog/exclusiveLock.ts'
import { createEngine } from '../../../src/main/engine/engine.ts'
import { type Endpoint, PROTOCOL, readEndpoint } from '../../../src/main/engine/host/endpoint.ts'
import type { EngineEvent, EngineMode } from '../../../src/main/engine/host/engineDoor.ts'
import { greeting } from '../../../src/main/engine/host/engineServer.ts'
import { encodeFrame } from '../../../src/main/engine/host/frames.ts'
import { openOrJoin, type SharedEngine } from '../../../src/main/engine/host/openOrJoin.ts'
import { createLibrary } from '../../../src/main/engine/library/openLibrary.ts'

const mediaProgram = fileURLToPath(new URL('../../../src/main/media/media.process.ts', import.meta.url))
const lockModule = new URL('../../../src/main/engine/catalog/exclusiveLock.ts', import.meta.url).href

describe('a library with one owner and others that join', () => {
  let root: string
  let engines: SharedEngine[]
  beforeEach(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'vitrine-host-')))
    createLibrary(root, 'Shared', Date.now())
    engines = []
  })
  afterEach(async () => {
    await Promise.all(engines.map((engine) => engine.close()))
    rmSync(root, { recursive: true, force: true })
  })

  async function open(mode: EngineMode = 'oneshot', patienceMs?: number): Promise<SharedEngine> {
    const engine = await openOrJoin({
      root,
      mode,
      version: '0.0.0-test',
      openEngine: () => createEngine({ root, mediaProgram, serving: false }),
      ...(patienceMs !== undefined && { patienceMs }),
    })
    engines.push(engine)
    return engine
  }
  const endpoint = (): Endpoint => {
    const found = readEndpoint(root)
    if (!found) throw new Error('Nobody listens.')
    return found
  }
  const names = async (engine: SharedEngine) =>
    (await engine.request('collections.list', undefined)).map(({ name }) => name).filter((name) => name !== 'Unsorted')

  test('the second one joins, both see one truth, and both hear of changes', async () => {
    const owner = await open()
    const joined = await open()
    expect([owner.isOwner, joined.isOwner]).toEqual([true, false])
    expect(joined.info).toEqual(owner.info)
    const heard: { owner: EngineEvent[]; joined: EngineEvent[] } = { owner: [], joined: [] }
    owner.on((event) => heard.owner.push(event))
    const arrived = new Promise<void>((resolve) => {
      joined.on((event) => {
        heard.joined.push(event)
        resolve()
      })
    })
    await joined.request('collections.create', { name: 'Made by the second' })
    expect(await names(owner)).toEqual(['Made by the second'])
    await arrived
    expect(heard.joined[0]).toEqual(heard.owner[0])
  })

  test('errors keep their code and message through the socket', async () => {
    await open()
    const joined = await open()
    await expect(joined.request('history.undo', undefined)).rejects.toMatchObject({ code: 'nothing_to_undo' })
    await expect(joined.requestUnchecked('assets.cards', { rowIds: 'all' })).rejects.toMatchObject({
      code: 'invalid_request',
      details: { field: 'rowIds' },
    })
    await expect(joined.requestUnchecked('__proto__', {})).rejects.toMatchObject({ code: 'unknown_request' })
  })

  test('when the owner closes, no request of those who joined is lost, refused or done twice', async () => {
    const owner = await open()
    const joined = [await open(), await open()]
    const made: Promise<unknown>[] = []
    for (let number = 0; number < 60; number++) {
      const engine = joined[number % 2]!
      made.push(engine.request('collections.create', { name: `Collection ${number}` }))
      if (number === 20) made.push(owner.close())
      if (number % 5 === 0) await engine.request('library.counts', undefined)
    }
    await Promise.all(made)
    expect(joined.map(({ isOwner }) => isOwner).sort()).toEqual([false, true])
    for (const engine of joined) expect((await names(engine)).length).toBe(60)
    expect(new Set(await names(joined[0]!)).size).toBe(60)
  })

  test('whoever takes over tells its listeners that anything may have changed', async () => {
    const owner = await open()
    const joined = await open()
    const told = new Promise<EngineEvent>((resolve) => {
      joined.on((event) => {
        if (event.name === 'catalog.changed' && event.payload.rowIds === null) resolve(event)
      })
    })
    await owner.close()
    expect(await told).toMatchObject({ payload: { membership: true } })
    expect(joined.isOwner).toBe(true)
  })

  test('a chain of owners leaves the library closed and unlocked at its end', async () => {
    const chain = [await open(), await open(), await open()]
    for (const [index, engine] of chain.entries()) {
      expect(engine.isOwner || index > 0).toBe(true)
      await engine.request('collections.create', { name: `By ${index}` })
      await engine.close()
    }
    expect(readEndpoint(root)).toBeNull()
    const lock = tryExclusiveLock(join(root, 'engine.lock'))
    expect(lock).not.toBeNull()
    lock?.release()
  })

  test.runIf(process.platform !== 'win32')('only this user can reach the socket and read its token', async () => {
    await open()
    expect(statSync(dirname(endpoint().address)).mode & 0o777).toBe(0o700)
    expect(statSync(join(root, 'cache', 'engine.json')).mode & 0o777).toBe(0o600)
  })

  async function dropped(...bytes: (string | Buffer)[]): Promise<boolean> {
    const socket = connect(endpoint().address)
    socket.on('error', () => {}) // being dropped in the middle of a write is what is expected
    socket.resume()
    for (const each of bytes) socket.write(each)
    await once(socket, 'close')
    return true
  }

  test('a connection that can not greet, or speaks nonsense, is dropped, and nobody else notices', async () => {
    const owner = await open()
    const joined = await open()
    const hello = greeting(endpoint(), 'oneshot')
    expect(await dropped('GET / HTTP/1.1\r\n\r\n')).toBe(true)
    expect(await dropped(hello.replace(endpoint().token, 'f'.repeat(64)))).toBe(true)
    expect(await dropped('x'.repeat(10_000))).toBe(true)
    expect(await dropped(hello, Buffer.from([0xff, 0xff, 0xff, 0xff]))).toBe(true)
    expect(await dropped(hello, Buffer.from([0, 0, 0, 2, 1, 2]))).toBe(true)
    expect(await dropped(hello, encodeFrame({ type: 'request', id: 'one' }))).toBe(true)
    expect(await dropped(hello, encodeFrame({ type: 'open', path: '/', create: true }))).toBe(true)
    expect(await names(joined)).toEqual([])
    expect(await names(owner)).toEqual([])
  })

  test('an owner of another version is named, and left alone', async () => {
    await open()
    const published = endpoint()
    writeFileSync(
      join(root, 'cache', 'engine.json'),
      JSON.stringify({ ...published, protocol: PROTOCOL + 1, version: '9.9.9' }),
    )
    await expect(open()).rejects.toMatchObject({ code: 'library_busy', message: expect.stringContaining('9.9.9') })
  })

  test('a holder of the lock that never answers makes the library busy, not broken', async () => {
    const holder = spawn(
      process.execPath,
      [
        '--input-type=module-typescript',
        '-e',
        `import { tryExclusiveLock } from ${JSON.stringify(lockModule)}
         const lock = tryExclusiveLock(process.argv[1])
         console.log('held')
         setInterval(() => lock, 1000)`,
        join(root, 'engine.lock'),
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )
    await once(holder.stdout, 'data')
    await expect(open('oneshot', 300)).rejects.toMatchObject({ code: 'library_busy' })
    const waiting = open('oneshot', 20_000)
    holder.kill('SIGKILL')
    expect((await waiting).isOwner).toBe(true)
  })

  test('what an owner can not open, those who wait at its door are told at once', async () => {
    const manifest = join(root, 'library.json')
    writeFileSync(manifest, JSON.stringify({ ...JSON.parse(readFileSync(manifest, 'utf8')), format: 99 }))
    const outcomes = await Promise.allSettled([open(), open(), open()])
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'library_newer' } })
    }
  })

  test('a library that goes away under those who joined is reported as lost', async () => {
    const owner = await open()
    const joined = await open()
    const manifest = join(root, 'library.json')
    writeFileSync(manifest, 'gone wrong')
    await owner.close()
    expect(await joined.lost).toMatchObject({ code: 'library_invalid' })
    await expect(joined.request('library.counts', undefined)).rejects.toMatchObject({ code: 'library_invalid' })
  })
})
