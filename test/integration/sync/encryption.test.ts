import { spawn } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Decrypter, generateX25519Identity } from 'age-encryption'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '../../../src/main/engine/adapters/openStore.ts'
import { ensureTag } from '../../../src/main/engine/library/ensureTag.ts'
import { libraryFolder } from '../../../src/main/engine/library/libraryFolder.ts'
import { createLibrary } from '../../../src/main/engine/library/openLibrary.ts'
import { keyNames } from '../../../src/main/engine/sync/encryption/keyNames.ts'
import { remoteKey } from '../../../src/main/engine/sync/encryption/remoteKey.ts'
import { beginCopy } from '../../../src/main/engine/sync/joinLibrary.ts'
import { logKey } from '../../../src/main/engine/sync/objectKeys.ts'
import type { AssetId, RemoteId, RowId } from '../../../src/shared/domain/ids.ts'
import type { KeyInput, NewKeyInput } from '../../../src/shared/domain/remoteEncryption.ts'
import { describeUnless } from '../support/describeUnless.ts'
import { countingProxy } from './support/countingProxy.ts'
import { type Device, deviceIdOf, devicesOf, dump, type Place, settle } from './support/devices.ts'
import { collect, eventually, readAll, seededBytes, sha256Of, temporaryFolder } from './support/files.ts'
import { syncLibrary } from './support/syncLibrary.ts'
import { openTestS3, s3Obstacle, type TestS3 } from './support/testS3.ts'

const MIB = 1 << 20
const uploadProcess = fileURLToPath(new URL('./support/uploadProcess.ts', import.meta.url))
const identity = await generateX25519Identity()
const keyFile: KeyInput = { kind: 'key-file', text: `# a key file\n${identity}\n` }
const strangersFile: KeyInput = { kind: 'key-file', text: await generateX25519Identity() }

const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean()
})
const clean = (remove: () => unknown) => void cleanups.push(remove)
const bytesOf = (name: string) => seededBytes(3000, name)

function add({ syncing }: Device, { location, credentials }: Place, encryption?: NewKeyInput) {
  const opened = { ...(credentials && { credentials }), ...(encryption && { encryption }) }
  return syncing.remotes.add({ role: 'library', location, ...opened })
}

function newFolder(): string {
  const folder = temporaryFolder()
  clean(() => folder.remove())
  return folder.path
}

const edit = ({ catalog }: Device, id: AssetId, field: string, value: string) =>
  catalog.mutate({ kind: 'edit', label: () => 'Edited', undoable: true, now: Date.now() }, (writer) => {
    writer.set('asset', id, field, value)
  })

/** Everything that somebody sees who has the bucket and nothing else. */
async function contentsOf({ location, credentials }: Place): Promise<Map<string, Buffer>> {
  const store = openStore({ ...location, encryption: undefined }, credentials)
  const contents = new Map<string, Buffer>()
  for (const { key } of await collect(store.list(''))) contents.set(key, await readAll(await store.get(key)))
  store.close()
  return contents
}

function everywhere(newPlace: () => Promise<Place>): void {
  it('carries a library from one device to another, originals and all', async () => {
    const place = await newPlace()
    const [a, b] = devicesOf(2, place, clean) as [Device, Device]
    const id = a.addKept('one', bytesOf('one'))
    edit(a, id, 'custom_title', 'A title')
    const added = await add(a, place, keyFile)
    expect(added).toMatchObject({ has_key: true, location: { encryption: { kind: 'key-file' } } })
    expect(await a.syncing.once()).toMatchObject({ uploaded: 1, errors: [] })
    await add(b, place, keyFile)
    expect(await b.syncing.once()).toMatchObject({ downloaded: 1, pending: 0, errors: [] })
    expect(await b.syncing.fetch([id])).toEqual({ fetched: [id], here: [], failed: [] })
    const fetched = readFileSync(join(b.root, b.catalog.assets.get(id)?.storage_path ?? ''))
    expect(fetched.equals(bytesOf('one'))).toBe(true)
    edit(b, id, 'custom_title', 'Another title')
    await settle([b, a])
    expect(a.catalog.assets.get(id)).toMatchObject({ custom_title: 'Another title', sync_state: 'synced' })
    expect(dump(b)).toEqual(dump(a))
  })

  it('has a new device begin with a checkpoint that another one has written', async () => {
    const place = await newPlace()
    const tending = { checkpointAfter: { segments: 1, bytes: 1 } }
    const [a] = devicesOf(1, place, clean, { tending }) as [Device]
    const id = a.addKept('one', bytesOf('one'))
    edit(a, id, 'custom_title', 'In the checkpoint')
    await add(a, place, keyFile)
    expect(await a.syncing.once()).toMatchObject({ errors: [] })

    const root = join(newFolder(), 'library')
    mkdirSync(root)
    const refused: unknown[] = []
    const { location, credentials } = place
    const wanted = { location, ...(credentials && { credentials }), encryption: keyFile }
    const found = await beginCopy(wanted, openStore, libraryFolder(root).journal, {
      onProgress: () => {},
      onRefused: (refusal) => void refused.push(refusal),
    })
    createLibrary(root, found.name, Date.now(), found.id)
    const library = syncLibrary(root)
    clean(() => library.close())
    expect(refused).toEqual([])
    // Of the bucket's logs nothing was read yet.
    expect(library.catalog.remoteLog.position(deviceIdOf(a.root)).seq).toBeGreaterThan(0)
    expect(library.catalog.assets.get(id)).toMatchObject({ custom_title: 'In the checkpoint' })

    const b: Device = { ...library, syncing: library.sync(), connect: async () => undefined }
    await add(b, place, keyFile)
    edit(a, id, 'custom_title', 'After it')
    await settle([a, b])
    expect(dump(b)).toEqual(dump(a))
    expect(await b.syncing.fetch([id])).toMatchObject({ fetched: [id] })
    for (const key of (await contentsOf(place)).keys()) expect(key).not.toMatch(/checkpoint|shard/)
  })

  it('leaves nothing there that says what it is, and nothing that an age program could not open', async () => {
    const place = await newPlace()
    const [a] = devicesOf(1, place, clean) as [Device]
    const bytes = Buffer.from('Content that would be recognised. '.repeat(300))
    const id = a.addKept('holiday-at-the-lake', bytes)
    edit(a, id, 'custom_title', 'Sunset over water')
    edit(a, id, 'description', 'Nobody else shall read this')
    a.catalog.mutate({ kind: 'tag', label: () => 'Tagged', undoable: true, now: Date.now() }, (writer) => {
      const tag = ensureTag(a.catalog, writer, 'secret-tag', Date.now())
      writer.link('assetTag', tag, [a.catalog.assets.get(id)?.row_id as RowId], Date.now())
    })
    await add(a, place, keyFile)
    await settle([a])
    expect(a.stateOf(id).state).toBe('synced')

    const contents = await contentsOf(place)
    const { sha256 } = a.catalog.assets.get(id) ?? { sha256: '' }
    const hidden = ['holiday', 'lake', 'Sunset', 'Nobody else', 'recognised', 'secret-tag', 'Test library', sha256]
    const told = [...hidden, sha256.slice(0, 12), 'images', 'thumbnails', 'devices', 'library.json', identity]
    const program = new Decrypter()
    program.addIdentity(identity)
    const plain: Buffer[] = []
    expect(contents.size).toBeGreaterThanOrEqual(6)
    for (const [name, raw] of contents) {
      for (const word of told) {
        expect(name.toLowerCase()).not.toContain(word.toLowerCase())
        expect(raw.includes(word), `${word} in ${name}`).toBe(false)
        expect(raw.includes(Buffer.from(/^[0-9a-f]{64}$/.test(word) ? word : '', 'hex')) && word === sha256).toBe(false)
      }
      if (name !== 'encryption.json') plain.push(Buffer.from(await program.decrypt(new Uint8Array(raw))))
    }
    expect(plain.some((one) => one.equals(bytes))).toBe(true)
    expect(plain.some((one) => one.includes('"Test library"'))).toBe(true)
  })

  it('opens for nobody without the right key, and says what is needed', async () => {
    const place = await newPlace()
    const [a, b] = devicesOf(2, place, clean) as [Device, Device]
    await add(a, place, keyFile)
    await expect(add(b, place)).rejects.toMatchObject({ code: 'remote_encrypted' })
    await expect(add(b, place, strangersFile)).rejects.toMatchObject({ code: 'remote_wrong_key' })
    await expect(add(b, place, { kind: 'new-key' })).rejects.toMatchObject({ code: 'remote_encrypted' })
    await expect(add(b, place, { kind: 'passphrase', passphrase: 'there is none here' })).rejects.toMatchObject({
      code: 'remote_wrong_key',
    })
    const draft = { role: 'library' as const, ...place, credentials: place.credentials ?? undefined }
    expect(await b.syncing.remotes.test(draft)).toMatchObject({ ok: false, problem: 'encryption' })
    expect(await b.syncing.remotes.test({ ...draft, encryption: keyFile })).toMatchObject({
      ok: true,
      library: { name: 'Test library' },
    })
    const { location, credentials } = { ...place, credentials: place.credentials ?? undefined }
    const nothing = () => undefined
    const begin = (encryption?: KeyInput) =>
      beginCopy({ location, credentials, encryption }, openStore, newFolder(), {
        onProgress: nothing,
        onRefused: nothing,
      })
    await expect(begin()).rejects.toMatchObject({ code: 'remote_encrypted' })
    await expect(begin(strangersFile)).rejects.toMatchObject({ code: 'remote_wrong_key' })
    expect(await begin(keyFile)).toMatchObject({ id: a.catalog.libraryId })
    expect(await b.syncing.remotes.test({ ...draft, role: 'public', encryption: keyFile })).toMatchObject({
      problem: 'other_library',
    })
    expect(b.syncing.remotes.list()).toEqual([])
  })

  it('waits for its key after a restart, and goes on with it', async () => {
    const place = await newPlace()
    const [a] = devicesOf(1, place, clean) as [Device]
    const remote = await add(a, place, keyFile)
    await a.syncing.close()
    const id = a.addKept('later', bytesOf('later'))
    const later = a.sync({ envCredentials: place.credentials })
    expect((await later.once()).errors).toMatchObject([{ code: 'remote_no_key' }])
    expect(later.status()).toMatchObject({ state: 'attention', message: expect.stringContaining('key file') })
    expect(later.remotes.list()).toMatchObject([{ has_key: false }])
    expect(later.remotes.keyOf(remote.id)).toBeNull()
    await expect(later.remotes.unlock(remote.id, strangersFile)).rejects.toMatchObject({ code: 'remote_wrong_key' })
    await later.remotes.unlock(remote.id, keyFile)
    expect(later.remotes.list()).toMatchObject([{ has_key: true }])
    expect(await later.once()).toMatchObject({ uploaded: 1, errors: [] })
    expect(a.stateOf(id).state).toBe('synced')
    expect(later.remotes.keyOf(remote.id)).toEqual({ kind: 'key-file', text: identity })
  })

  it('is not mixed with what is there in plain text, in either direction', async () => {
    const place = await newPlace()
    const [a, b] = devicesOf(2, place, clean) as [Device, Device]
    await add(a, place)
    await expect(add(b, place, keyFile)).rejects.toMatchObject({ code: 'remote_other_library' })
    const stranger = syncLibrary()
    clean(() => stranger.close())
    const encrypted = await newPlace()
    await add(b, encrypted, keyFile)
    const syncing = stranger.sync()
    await expect(add({ ...stranger, syncing } as Device, encrypted, keyFile)).rejects.toMatchObject({
      code: 'remote_other_library',
    })
  })

  it('stops only the log of which a part was changed, and takes it up when it is put back', async () => {
    const place = await newPlace()
    const [a, b, c] = devicesOf(3, place, clean) as [Device, Device, Device]
    for (const device of [a, b, c]) await add(device, place, keyFile)
    const before = await contentsOf(place)
    const one = a.addKept('one', bytesOf('one'))
    await settle([a])
    const two = b.addKept('two', bytesOf('two'))
    // What b wrote knows a, so it waits for a's log to be whole.
    const store = openStore({ ...place.location, encryption: undefined }, place.credentials)
    const segments = [...(await contentsOf(place))].filter(([name]) => !before.has(name) && /\/0{15}\d-/.test(name))
    expect(segments.length).toBeGreaterThan(0)
    const [name, raw] = segments[0] ?? ['', Buffer.alloc(0)]
    const changed = Buffer.from(raw)
    changed[changed.length - 5] = (changed[changed.length - 5] ?? 0) ^ 1
    await store.putBytes(name, changed, 'application/octet-stream')
    await settle([b])
    const report = await c.syncing.once()
    expect(c.catalog.assets.get(one)).toBeUndefined()
    expect(report.errors.map(({ code }) => code)).toContain('refused')
    expect(c.syncing.devices.list().filter(({ problem }) => problem !== null).length).toBeGreaterThan(0)
    await store.putBytes(name, raw, 'application/octet-stream')
    store.close()
    await settle([b, c])
    expect(c.catalog.assets.get(one)).toBeDefined()
    expect(c.catalog.assets.get(two)).toBeDefined()
  })

  it('does not take another object for an original, nor a damaged library for none', async () => {
    const place = await newPlace()
    const [a, b] = devicesOf(2, place, clean) as [Device, Device]
    const [one, two] = ['one', 'two'].map((name) => a.addKept(name, bytesOf(name))) as [AssetId, AssetId]
    await add(a, place, keyFile)
    await settle([a])
    await add(b, place, keyFile)
    await settle([b])
    const plain = openStore({ ...place.location, encryption: undefined }, place.credentials)
    const contents = await contentsOf(place)
    const program = new Decrypter()
    program.addIdentity(identity)
    const nameOf = new Map<string, string>()
    for (const [name, raw] of contents) {
      if (name !== 'encryption.json') nameOf.set(sha256Of(await program.decrypt(new Uint8Array(raw))), name)
    }
    const [first = '', second = ''] = [one, two].map((id) => nameOf.get(a.catalog.assets.get(id)?.sha256 ?? ''))
    await plain.putBytes(first, contents.get(second) ?? Buffer.alloc(0), 'application/octet-stream')
    expect(await b.syncing.fetch([one, two])).toMatchObject({
      fetched: [two],
      failed: [{ id: one, code: 'remote_checksum' }],
    })
    for (const [name, raw] of contents) {
      if (raw.length < 700 && name !== 'encryption.json') await plain.putBytes(name, raw.subarray(0, 200), 'text/plain')
    }
    plain.close()
    await b.syncing.close()
    const later = b.sync({ envCredentials: place.credentials })
    for (const { id } of later.remotes.list()) await later.remotes.unlock(id, keyFile)
    expect((await later.once()).errors).toMatchObject([{ code: 'remote_checksum' }])
    expect(later.status().state).not.toBe('up-to-date')
  })

  it('replaces a part of its own log that somebody damaged before it was told', async () => {
    const place = await newPlace()
    const [a, b] = devicesOf(2, place, clean) as [Device, Device]
    for (const device of [a, b]) await add(device, place, keyFile)
    const id = a.addKept('one', bytesOf('one'))
    await settle([a])
    const seq = a.catalog.publication.position(a.syncing.remotes.list()[0]?.id as RemoteId)?.seq ?? 0
    const names = keyNames(await remoteKey(identity))
    const store = openStore({ ...place.location, encryption: undefined }, place.credentials)
    const next = names.encode(logKey(a.catalog.libraryId, a.catalog.deviceId, seq + 1))
    await store.putBytes(next, Buffer.from('half of what was sent'), 'application/octet-stream')
    store.close()
    edit(a, id, 'custom_title', 'Told all the same')
    expect((await a.syncing.once()).errors).toEqual([])
    await settle([b])
    expect(b.catalog.assets.get(id)).toMatchObject({ custom_title: 'Told all the same' })
  })

  it('gives no links away', async () => {
    const place = await newPlace()
    const [a] = devicesOf(1, place, clean) as [Device]
    const id = a.addKept('one', bytesOf('one'))
    await add(a, place, keyFile)
    await settle([a])
    const wanted = { id, expiresSeconds: 60, stripped: false }
    await expect(a.syncing.shares.create({ ...wanted, kind: 'presigned' })).rejects.toMatchObject({
      code: 'remote_policy',
    })
  })
}

describe('an encrypted folder', () => {
  everywhere(async () => ({ location: { kind: 'folder', path: newFolder(), prefix: '' }, credentials: null }))

  it('opens with a passphrase, and with the recovery sheet when that is forgotten', async () => {
    const place: Place = { location: { kind: 'folder', path: newFolder(), prefix: 'below' }, credentials: null }
    const [a, b] = devicesOf(2, place, clean) as [Device, Device]
    const passphrase = 'four words of no poem'
    await expect(add(a, place, { kind: 'passphrase', passphrase: 'too short' })).rejects.toMatchObject({
      code: 'invalid_request',
    })
    const remote = await add(a, place, { kind: 'passphrase', passphrase })
    await expect(add(b, place, { kind: 'passphrase', passphrase: 'Four words of no poem' })).rejects.toMatchObject({
      code: 'remote_wrong_key',
    })
    await add(b, place, { kind: 'passphrase', passphrase })

    const folder = newFolder()
    for (const name of ['sheet.txt', 'sheet.html']) {
      await a.syncing.remotes.writeRecovery(remote.id, join(folder, name))
      const sheet = readFileSync(join(folder, name), 'utf8')
      expect(sheet).toContain(place.location.kind === 'folder' ? place.location.path : '')
      const later = b.sync()
      expect(later.remotes.list()).toMatchObject([{ has_key: false }])
      const [{ id } = { id: remote.id }] = later.remotes.list()
      await later.remotes.unlock(id, { kind: 'key-file', text: sheet })
      expect(await later.once()).toMatchObject({ errors: [] })
      await later.remotes.setCredentials(id, null)
    }
    const again = b.sync()
    const [{ id } = { id: remote.id }] = again.remotes.list()
    await again.remotes.unlock(id, { kind: 'passphrase', passphrase })
    expect(await again.once()).toMatchObject({ errors: [] })
  })

  it.each([
    ['{', 'remote_other_library'],
    ['{"format":2,"library":"x"}', 'library_newer'],
    ['{"format":1}', 'remote_other_library'],
    ['x'.repeat(100_000), 'remote_server'],
  ])('says so when its description is not one (%#)', async (text, code) => {
    const path = newFolder()
    const place: Place = { location: { kind: 'folder', path, prefix: '' }, credentials: null }
    const [a] = devicesOf(1, place, clean) as [Device]
    writeFileSync(join(path, 'encryption.json'), text)
    await expect(add(a, place, keyFile)).rejects.toMatchObject({ code })
    await expect(add(a, place)).rejects.toMatchObject({ code })
  })
})

describeUnless(s3Obstacle, 'an encrypted bucket of a real server', () => {
  let s3: TestS3
  beforeAll(async () => {
    s3 = await openTestS3()
  }, 300_000)
  afterAll(() => s3?.close())

  everywhere(async () => ({ location: await s3.place(), credentials: s3.credentials }))

  it('gets no part of a large file that it has again when the program is killed while it is sent', async () => {
    const proxy = await countingProxy(s3.endpoint)
    clean(() => proxy.close())
    const place: Place = { location: { ...(await s3.place()), endpoint: proxy.endpoint }, credentials: s3.credentials }
    const [a] = devicesOf(1, place, clean) as [Device]
    const bytes = seededBytes(60 * MIB, 'large')
    const id = a.addKept('large', bytes)
    const remote = await add(a, place, keyFile)
    await a.syncing.close()
    a.catalog.close()

    const keys = {
      AWS_ACCESS_KEY_ID: s3.credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: s3.credentials.secretAccessKey,
    }
    const child = spawn(process.execPath, [uploadProcess, a.root], {
      env: { ...process.env, ...keys, VITRINE_TEST_KEY: identity },
      stdio: ['ignore', 'inherit', 'inherit'],
    })
    const ended = new Promise((resolve) => child.once('exit', resolve))
    const parts = () =>
      proxy.requests.filter(
        // Without those of the look at what the server can do.
        ({ key, query, status }) => query.has('partNumber') && status === 200 && !key.endsWith('-parts'),
      )
    await eventually('two parts are there', () => parts().length >= 2)
    child.kill('SIGKILL')
    await ended
    const before = parts().map(({ query }) => query.get('partNumber'))
    const staged = join(a.root, 'cache', 'encrypted')
    expect(readdirSync(staged)).toHaveLength(1)

    const after = syncLibrary(a.root)
    clean(() => after.close())
    const sync = after.sync({ envCredentials: s3.credentials })
    await sync.remotes.unlock(remote.id, keyFile)
    expect(await sync.once()).toMatchObject({ pending: 0, errors: [] })
    expect(after.stateOf(id).state).toBe('synced')
    const all = parts().map(({ query }) => query.get('partNumber'))
    expect(before.length).toBeGreaterThanOrEqual(2)
    // One that was on its way may have arrived after the program was killed, and go twice.
    expect(before.filter((part) => all.indexOf(part) !== all.lastIndexOf(part))).toEqual([])
    expect(new Set(parts().map(({ query }) => query.get('uploadId'))).size).toBe(1)
    expect(readdirSync(staged)).toEqual([])
    const program = new Decrypter()
    program.addIdentity(identity)
    const [large] = [...(await contentsOf(place)).values()].filter((raw) => raw.length > MIB)
    expect(Buffer.from(await program.decrypt(new Uint8Array(large ?? []))).equals(bytes)).toBe(true)
  })
})
