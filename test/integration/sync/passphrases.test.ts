import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, it } from 'vitest'
import type { RemoteLocation } from '../../../src/shared/domain/remote.ts'
import type { KeyInput, NewKeyInput } from '../../../src/shared/domain/remoteEncryption.ts'
import { type Device, devicesOf, dump, settle } from './support/devices.ts'
import { seededBytes, temporaryFolder } from './support/files.ts'
import { syncLibrary } from './support/syncLibrary.ts'

const remoteProcess = fileURLToPath(new URL('./support/remoteProcess.ts', import.meta.url))
const cleanups: (() => unknown)[] = []
afterEach(async () => {
  for (const clean of cleanups.splice(0).reverse()) await clean()
})
const clean = (remove: () => unknown) => void cleanups.push(remove)
const passphrase = (text: string): KeyInput => ({ kind: 'passphrase', passphrase: text })
const NEW = 'four words of no poem'
const OTHER = 'another four of none'

function newPlace(): RemoteLocation & { kind: 'folder' } {
  const folder = temporaryFolder()
  clean(() => folder.remove())
  return { kind: 'folder', path: folder.path, prefix: 'p' }
}
const add = ({ syncing }: Device, location: RemoteLocation, encryption: NewKeyInput) =>
  syncing.remotes.add({ role: 'library', location, encryption })
const manifestOf = ({ path, prefix }: ReturnType<typeof newPlace>) =>
  readFileSync(join(path, prefix, 'encryption.json'), 'utf8')

/** Runs a program that kills itself with SIGKILL when `encryption.json` has just been written, or is about to be. */
async function killedWhile(root: string, at: 'before' | 'after', what: object): Promise<void> {
  const child = spawn(process.execPath, [remoteProcess, root, at, JSON.stringify(what)], { stdio: 'inherit' })
  const signal = await new Promise((resolve) => child.once('exit', (_code, name) => resolve(name)))
  expect(signal).toBe('SIGKILL')
}

it('a passphrase is given, and other devices go on with the key that they have', async () => {
  const place = newPlace()
  const [a, b] = devicesOf(2, { location: place, credentials: null }, clean) as [Device, Device]
  const { id } = await add(a, place, { kind: 'new-key' })
  const key = a.syncing.remotes.keyOf(id)!
  await add(b, place, key)
  const asset = a.addKept('one', seededBytes(3000, 'one'))
  await settle([a, b])
  await expect(a.syncing.remotes.changePassphrase(id, 'too short')).rejects.toMatchObject({ code: 'invalid_request' })
  const before = manifestOf(place)
  const changed = await a.syncing.remotes.changePassphrase(id, NEW)
  expect(changed).toMatchObject({ has_key: true, location: { encryption: { kind: 'passphrase' } } })
  expect(manifestOf(place)).not.toBe(before)

  const other = b.addKept('two', seededBytes(3000, 'two'))
  await settle([a, b])
  expect(dump(b)).toEqual(dump(a))
  expect(await a.syncing.fetch([other])).toMatchObject({ fetched: [other] })
  expect(await b.syncing.fetch([asset])).toMatchObject({ fetched: [asset] })

  // After a restart without a keychain, also on a device that was told of no passphrase.
  const again = b.sync()
  const [remote] = again.remotes.list()
  await expect(again.remotes.unlock(remote!.id, passphrase(OTHER))).rejects.toMatchObject({ code: 'remote_wrong_key' })
  await again.remotes.unlock(remote!.id, passphrase(NEW))
  expect(again.remotes.list()[0]!.has_key).toBe(true)
  await a.sync().remotes.unlock(id, key)
})

it('a passphrase needs the key, and the description that belongs to it', async () => {
  const place = newPlace()
  const [a] = devicesOf(1, { location: place, credentials: null }, clean) as [Device]
  const { id } = await add(a, place, { kind: 'new-key' })
  await expect(a.sync().remotes.changePassphrase(id, NEW)).rejects.toMatchObject({ code: 'remote_no_key' })
  const plain = newPlace()
  const [c] = devicesOf(1, { location: plain, credentials: null }, clean) as [Device]
  const unencrypted = await c.syncing.remotes.add({ role: 'library', location: plain })
  await expect(c.syncing.remotes.changePassphrase(unencrypted.id, NEW)).rejects.toMatchObject({
    code: 'invalid_request',
  })
})

it.each(['before', 'after'] as const)('killed %s the new description is written, it opens still', async (at) => {
  const place = newPlace()
  const [a] = devicesOf(1, { location: place, credentials: null }, clean) as [Device]
  const { id } = await add(a, place, { kind: 'new-key' })
  a.addKept('one', seededBytes(3000, 'one'))
  await a.syncing.once()
  const key = a.syncing.remotes.keyOf(id)!
  const before = manifestOf(place)
  await a.syncing.close()
  a.catalog.close()
  await killedWhile(a.root, at, { do: 'change', key, passphrase: NEW })
  expect(manifestOf(place) === before).toBe(at === 'before')

  const after = syncLibrary(a.root)
  clean(() => after.close())
  const sync = after.sync()
  const unlocked = sync.remotes.unlock(id, passphrase(NEW))
  if (at === 'after') await unlocked
  else await expect(unlocked).rejects.toMatchObject({ code: 'remote_wrong_key' })
  // The key that the device has kept opens it either way.
  const kept = after.sync()
  await kept.remotes.unlock(id, key)
  after.addKept('two', seededBytes(3000, 'two'))
  expect(await kept.once()).toMatchObject({ uploaded: 1, pending: 0, errors: [] })
})

it('a place whose only key was lost in a kill is encrypted anew, and only while nothing is there', async () => {
  const place = newPlace()
  const library = syncLibrary()
  clean(() => library.close())
  library.catalog.close()
  await killedWhile(library.root, 'after', { do: 'add', location: place })
  expect(existsSync(join(place.path, 'p', 'encryption.json'))).toBe(true)
  const left = manifestOf(place)

  // To any other library it is somebody's place.
  const [stranger] = devicesOf(1, { location: place, credentials: null }, clean) as [Device]
  await expect(add(stranger, place, { kind: 'new-key' })).rejects.toMatchObject({ code: 'remote_other_library' })

  const after = syncLibrary(library.root)
  clean(() => after.close())
  const sync = after.sync()
  expect(sync.remotes.list()).toEqual([])
  const added = await sync.remotes.add({ role: 'library', location: place, encryption: { kind: 'new-key' } })
  expect(manifestOf(place)).not.toBe(left)
  after.addKept('one', seededBytes(3000, 'one'))
  expect(await sync.once()).toMatchObject({ uploaded: 1, errors: [] })

  // With something in it, it stays as it is, whoever has lost its key.
  const lost = after.sync()
  await lost.remotes.remove(added.id)
  await expect(
    lost.remotes.add({ role: 'library', location: place, encryption: { kind: 'new-key' } }),
  ).rejects.toMatchObject({ code: 'remote_encrypted' })
})
