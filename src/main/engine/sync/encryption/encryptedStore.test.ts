import { createCipheriv, createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Decrypter } from 'age-encryption'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sha256Schema } from '../../../../shared/domain/ids.ts'
import { folderObjectStore } from '../../adapters/folderObjectStore.ts'
import type { ObjectStore, PutFile } from '../../ports.ts'
import { CHUNK_BYTES, SEALED_CHUNK_BYTES } from './ageStream.ts'
import { encryptedStore } from './encryptedStore.ts'
import { HEADER_BYTES } from './objectHeader.ts'
import { newIdentity, type RemoteKey, remoteKey } from './remoteKey.ts'
import { removeStaged } from './stagedObjects.ts'

const key = await remoteKey(await newIdentity())
const stranger = await remoteKey(await newIdentity())
const MB = 1024 * 1024

let folder = ''
let inner: ObjectStore
let store: ObjectStore
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-encrypted-'))
  mkdirSync(join(folder, 'bucket'))
  inner = folderObjectStore({ kind: 'folder', path: join(folder, 'bucket'), prefix: '' })
  store = opened(key)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function opened(with_: RemoteKey, over: ObjectStore = inner): ObjectStore {
  return encryptedStore(over, with_, join(folder, 'staged'))
}

function toPut(bytes: Uint8Array, more: Partial<PutFile> = {}): PutFile {
  const path = join(folder, 'a file')
  writeFileSync(path, bytes)
  const sha256 = sha256Schema.parse(createHash('sha256').update(bytes).digest('hex'))
  return { path, size: bytes.length, sha256, contentType: 'image/png', ...more }
}

/** Bytes that are no pattern, the same every time. */
function bytesOf(size: number, seed = 'seed'): Buffer {
  const secret = createHash('md5').update(seed).digest()
  return createCipheriv('aes-128-ctr', secret, Buffer.alloc(16)).update(Buffer.alloc(size))
}

async function read(from: ObjectStore, name: string, range?: { start: number; end: number }): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of await from.get(name, range)) chunks.push(chunk)
  return Buffer.concat(chunks)
}

async function rawNames(): Promise<string[]> {
  const names: string[] = []
  for await (const info of inner.list('')) names.push(info.key)
  return names
}

async function keysOf(prefix: string, startAfter?: string): Promise<string[]> {
  const keys: string[] = []
  for await (const info of store.list(prefix, startAfter)) keys.push(info.key)
  return keys
}

const pathOfRaw = (name: string): string => join(folder, 'bucket', name)
const staged = (): string[] => {
  try {
    return readdirSync(join(folder, 'staged'))
  } catch {
    return []
  }
}

describe('an encrypted store', () => {
  it.each([0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES, 20 * CHUNK_BYTES + 5])(
    'gives back a file of %i bytes, and tells its size',
    async (size) => {
      const bytes = bytesOf(size)
      const progress: number[] = []
      const { info } = await store.putFile('images/a.png', toPut(bytes, { onProgress: (sent) => progress.push(sent) }))
      expect(info).toMatchObject({ key: 'images/a.png', size })
      expect((await store.head('images/a.png'))?.size).toBe(size)
      expect((await read(store, 'images/a.png')).equals(bytes)).toBe(true)
      if (size > 0) expect(progress.at(-1)).toBe(size)
      expect(staged()).toEqual([])
    },
  )

  it('holds age files, which any program of that format opens with the key', async () => {
    const bytes = bytesOf(2 * CHUNK_BYTES + 77)
    await store.putFile('images/a.png', toPut(bytes))
    const [name = ''] = await rawNames()
    const program = new Decrypter()
    program.addIdentity(key.identity)
    expect(Buffer.from(await program.decrypt(readFileSync(pathOfRaw(name)))).equals(bytes)).toBe(true)
  })

  it('shows nothing of names or content', async () => {
    const text = Buffer.from('a rare word, and another'.repeat(4000))
    const file = toPut(text)
    await store.putFile('images/2026/11/rare-name.png', file)
    await store.putBytes('devices/rare-device.json', Buffer.from('{"name":"rare device"}'), 'application/json')
    for (const name of await rawNames()) {
      const raw = readFileSync(pathOfRaw(name), 'latin1')
      for (const word of ['rare', 'images', '2026', 'devices', file.sha256, file.sha256.slice(0, 12), key.recipient]) {
        expect(`${name}\n${raw}`).not.toContain(word)
      }
    }
  })

  it('gives every part of a file as it is', async () => {
    const bytes = bytesOf(3 * CHUNK_BYTES + 1000)
    await store.putFile('a', toPut(bytes))
    const place = fc.oneof(
      fc.integer({ min: 0, max: bytes.length - 1 }),
      fc.constantFrom(0, CHUNK_BYTES - 1, CHUNK_BYTES, 2 * CHUNK_BYTES - 1, 3 * CHUNK_BYTES, bytes.length - 1),
    )
    await fc.assert(
      fc.asyncProperty(place, place, async (one, other) => {
        const range = { start: Math.min(one, other), end: Math.max(one, other) }
        expect((await read(store, 'a', range)).equals(bytes.subarray(range.start, range.end + 1))).toBe(true)
      }),
      { numRuns: 60 },
    )
    expect((await read(store, 'a', { start: 10, end: 10 * MB })).equals(bytes.subarray(10))).toBe(true)
  })

  it('lists what is below a folder under its own names, logs in order and after a key', async () => {
    const log = [1, 2, 10].map((seq) => `lib/log/d/${String(seq).padStart(16, '0')}.jsonl.gz`)
    for (const name of ['lib/library.json', 'lib/devices/d.json', 'lib/devices/e.json', ...log]) {
      await store.putBytes(name, Buffer.from(name), 'text/plain')
    }
    await inner.putBytes('encryption.json', Buffer.from('{}'), 'application/json')
    await inner.putBytes('somebody/else', Buffer.from('x'), 'text/plain')
    expect((await keysOf('')).sort()).toEqual(
      ['lib/devices/d.json', 'lib/devices/e.json', 'lib/library.json', ...log].sort(),
    )
    expect((await keysOf('lib/devices/')).sort()).toEqual(['lib/devices/d.json', 'lib/devices/e.json'])
    expect(await keysOf('lib/devices/e')).toEqual(['lib/devices/e.json'])
    expect(await keysOf('lib/log/d/')).toEqual(log)
    expect(await keysOf('lib/log/d/', log[0])).toEqual(log.slice(1))
    expect(await keysOf('lib/log/d/', log[2])).toEqual([])
    expect(await keysOf('lib/devices/', 'lib/devices/d.json')).toEqual(['lib/devices/e.json'])
  })

  it('asks for the end of a log only', async () => {
    const asked: unknown[] = []
    const listening: ObjectStore = {
      ...inner,
      list(prefix, startAfter) {
        asked.push([prefix, startAfter])
        return inner.list(prefix, startAfter)
      },
    }
    for await (const _ of opened(key, listening).list('log/d/', 'log/d/0000000000000007.jsonl.gz')) break
    expect(asked).toEqual([[expect.stringMatching(/\/$/), expect.stringMatching(/\/0000000000000007$/)]])
  })

  it('creates once, copies and deletes', async () => {
    expect(await store.createBytes('a', Buffer.from('first'), 'text/plain')).toBe(true)
    expect(await store.createBytes('a', Buffer.from('second'), 'text/plain')).toBe(false)
    await store.copy('a', 'deep/b')
    await store.delete('a')
    expect(await store.head('a')).toBeNull()
    expect(String(await read(store, 'deep/b'))).toBe('first')
    expect(staged()).toEqual([])
    await expect(store.copy('a', 'c')).rejects.toMatchObject({ code: 'not_found' })
  })

  it('says what is missing by the name that a person knows', async () => {
    await expect(store.get('images/a.png')).rejects.toMatchObject({
      code: 'not_found',
      message: expect.stringContaining('images/a.png'),
    })
    await expect(store.get('images/a.png', { start: 5, end: 9 })).rejects.toMatchObject({ code: 'not_found' })
  })

  it('confirms the same bytes under the same name, and nothing else', async () => {
    const file = toPut(bytesOf(5000))
    expect(await store.confirm('a', file)).toBeNull()
    await store.putFile('a', file)
    expect(await store.confirm('a', file)).toMatchObject({ verified: 'read-back', info: { size: 5000 } })
    expect(await store.confirm('a', toPut(bytesOf(5000, 'other')))).toBeNull()
    const [name = ''] = await rawNames()
    const raw = readFileSync(pathOfRaw(name))
    writeFileSync(pathOfRaw(name), raw.subarray(0, -1))
    expect(await store.confirm('a', file)).toBeNull()
  })

  it('gives no addresses away', async () => {
    expect(store.link('a', 60)).toBeNull()
    expect((await store.probe('probe')).presign).toBe(false)
  })
})

describe('what waits on this disk to be sent', () => {
  const large = bytesOf(9 * MB)

  /** A store whose connection is lost when a file is sent, so many times. */
  function losing(times: number): { readonly over: ObjectStore; readonly sent: string[] } {
    const sent: string[] = []
    const over: ObjectStore = {
      ...inner,
      async putFile(name, file) {
        sent.push(file.sha256)
        if (sent.length > times) return inner.putFile(name, file)
        throw Object.assign(new Error('lost'), { code: 'ECONNRESET' })
      },
    }
    return { over, sent }
  }

  it('is sent again with the same bytes after an attempt that failed, and removed then', async () => {
    const { over, sent } = losing(2)
    await expect(opened(key, over).putFile('a', toPut(large))).rejects.toThrow('lost')
    expect(staged()).toHaveLength(1)
    // As after a kill: another process, which knows nothing of the first attempt.
    await expect(opened(key, over).putFile('a', toPut(large))).rejects.toThrow('lost')
    await opened(key, over).putFile('a', toPut(large))
    expect(new Set(sent).size).toBe(1)
    expect(staged()).toEqual([])
    expect((await read(store, 'a')).equals(large)).toBe(true)
  })

  it.each([
    ['is gone', (path: string) => rmSync(path)],
    ['was cut off', (path: string) => writeFileSync(path, readFileSync(path).subarray(0, -1))],
    ['was overwritten', (path: string) => writeFileSync(path, Buffer.alloc(statSync(path).size))],
  ])('is made anew if it %s', async (_, harm) => {
    const { over, sent } = losing(1)
    await expect(opened(key, over).putFile('a', toPut(large))).rejects.toThrow('lost')
    harm(join(folder, 'staged', staged()[0] ?? ''))
    await opened(key, over).putFile('a', toPut(large))
    expect(new Set(sent).size).toBe(2)
    expect((await read(store, 'a')).equals(large)).toBe(true)
  })

  it('is made anew for a file that has other bytes', async () => {
    const { over } = losing(1)
    await expect(opened(key, over).putFile('a', toPut(large))).rejects.toThrow('lost')
    const other = bytesOf(9 * MB, 'other')
    await opened(key, over).putFile('a', toPut(other))
    expect((await read(store, 'a')).equals(other)).toBe(true)
  })

  it('shows without reading the object back that an upload whose answer was lost is there', async () => {
    const file = toPut(large)
    const over: ObjectStore = {
      ...inner,
      async putFile(name, toSend) {
        await inner.putFile(name, toSend)
        throw new Error('the answer was lost')
      },
    }
    await expect(opened(key, over).putFile('a', file)).rejects.toThrow('lost')
    const reads: unknown[] = []
    const listening: ObjectStore = {
      ...inner,
      get(name, range, signal) {
        reads.push(range)
        return inner.get(name, range, signal)
      },
    }
    expect(await opened(key, listening).confirm('a', file)).toMatchObject({ info: { size: large.length } })
    expect(reads).toEqual([{ start: 0, end: HEADER_BYTES - 1 }])
    expect(staged()).toEqual([])
  })

  it('is nothing for a file that is not what it was, that is gone, or that is not to be sent any more', async () => {
    const file = toPut(large)
    writeFileSync(file.path, bytesOf(9 * MB, 'changed'))
    await expect(store.putFile('a', file)).rejects.toMatchObject({ code: 'io_error' })
    writeFileSync(file.path, large.subarray(1))
    await expect(store.putFile('a', file)).rejects.toMatchObject({ code: 'io_error' })
    rmSync(file.path)
    await expect(store.putFile('a', file)).rejects.toMatchObject({ code: 'file_vanished' })
    const stopped = toPut(large, { signal: AbortSignal.abort() })
    await expect(store.putFile('a', stopped)).rejects.toMatchObject({ code: 'cancelled' })
    expect(staged()).toEqual([])
    expect(await rawNames()).toEqual([])
  })

  it('goes at the next start unless its upload goes on', async () => {
    const { over } = losing(2)
    await expect(opened(key, over).putFile('a', toPut(large))).rejects.toThrow('lost')
    await expect(opened(key, over).putFile('b', toPut(large))).rejects.toThrow('lost')
    writeFileSync(join(folder, 'staged', 'half.age.part'), 'half')
    expect(staged()).toHaveLength(3)
    removeStaged(join(folder, 'staged'), ['a', 'c'])
    expect(staged()).toHaveLength(1)
    await opened(key, over).abandon('a', 'an upload')
    expect(staged()).toEqual([])
    removeStaged(join(folder, 'never made'), [])
  })

  it('is made again when somebody took it away while it was sent, without blaming the original', async () => {
    const over: ObjectStore = {
      ...inner,
      putFile(name, file) {
        rmSync(file.path)
        return inner.putFile(name, file)
      },
    }
    await expect(opened(key, over).putFile('a', toPut(large))).rejects.toMatchObject({ code: 'remote_checksum' })
    await store.putFile('a', toPut(large))
  })
})

describe('a bucket that is not honest', () => {
  const bytes = bytesOf(2 * CHUNK_BYTES + 100)
  const damagedAs = { code: 'remote_checksum' }

  async function placed(): Promise<{ readonly path: string; readonly raw: Buffer }> {
    await store.putFile('a', toPut(bytes))
    const [name = ''] = await rawNames()
    return { path: pathOfRaw(name), raw: readFileSync(pathOfRaw(name)) }
  }

  it('is found out wherever it changes a bit', async () => {
    const { path, raw } = await placed()
    const bits = fc.oneof(
      fc.integer({ min: 0, max: HEADER_BYTES * 8 - 1 }),
      fc.integer({ min: 0, max: raw.length * 8 - 1 }),
    )
    await fc.assert(
      fc.asyncProperty(bits, async (bit) => {
        const changed = Buffer.from(raw)
        changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
        writeFileSync(path, changed)
        await expect(read(store, 'a')).rejects.toMatchObject(damagedAs)
      }),
      { numRuns: 150 },
    )
  })

  it('is found out wherever it cuts an object off, or adds to it', async () => {
    const { path, raw } = await placed()
    const ends = [0, 1, 2].flatMap((chunk) =>
      [0, 1, 16, 17].map((more) => HEADER_BYTES + chunk * SEALED_CHUNK_BYTES + more),
    )
    for (const length of [0, 1, 100, HEADER_BYTES - 1, ...ends, raw.length - 1]) {
      writeFileSync(path, raw.subarray(0, length))
      await expect(read(store, 'a'), `cut to ${length}`).rejects.toMatchObject(damagedAs)
      await expect(read(store, 'a', { start: 5, end: bytes.length - 1 })).rejects.toMatchObject(damagedAs)
      expect(await store.confirm('a', toPut(bytes))).toBeNull()
    }
    for (const added of [1, 16, SEALED_CHUNK_BYTES]) {
      writeFileSync(path, Buffer.concat([raw, Buffer.alloc(added)]))
      await expect(read(store, 'a')).rejects.toMatchObject(damagedAs)
    }
  })

  it('is found out when it cuts a small object off anywhere', async () => {
    await store.putBytes('s', Buffer.from('small'), 'text/plain')
    const [name = ''] = await rawNames()
    const raw = readFileSync(pathOfRaw(name))
    for (let length = 0; length < raw.length; length++) {
      writeFileSync(pathOfRaw(name), raw.subarray(0, length))
      await expect(read(store, 's')).rejects.toMatchObject(damagedAs)
    }
  })

  it('is found out when it puts one object in the place of another', async () => {
    const { path } = await placed()
    await store.putBytes('b', bytes, 'text/plain')
    const other = (await rawNames()).map(pathOfRaw).find((one) => one !== path) ?? ''
    writeFileSync(path, readFileSync(other))
    await expect(read(store, 'a')).rejects.toMatchObject(damagedAs)
    expect((await read(store, 'b')).equals(bytes)).toBe(true)
  })

  it('is found out when it writes objects of its own, even with the public half of the key', async () => {
    const { path } = await placed()
    // Whoever has not the identity can seal for it, but not for a name.
    const forger: RemoteKey = { ...stranger, recipient: key.recipient }
    const forged = opened(forger)
    await forged.putBytes('a', Buffer.from('forged'), 'text/plain')
    const written = (await rawNames()).map(pathOfRaw).find((one) => one !== path) ?? ''
    writeFileSync(path, readFileSync(written))
    await expect(read(store, 'a')).rejects.toMatchObject(damagedAs)
    await expect(read(opened(stranger), 'a')).rejects.toMatchObject({
      code: expect.stringMatching(/remote_checksum|not_found/),
    })
  })

  it('only ever gets an error of ours out of the program, whatever it holds', async () => {
    const { path, raw } = await placed()
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 800 }), fc.nat(raw.length), async (junk, at) => {
        const hostile = Buffer.concat([raw.subarray(0, at), junk])
        if (hostile.equals(raw)) return
        writeFileSync(path, hostile)
        await expect(read(store, 'a')).rejects.toMatchObject(damagedAs)
        await store.head('a')
        await keysOf('')
      }),
      { numRuns: 60 },
    )
  })
})
