import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Log, openLog } from './log.ts'
import { keepKeysInStep, openRemoteKeys, type RemoteKeyStore } from './remoteKeys.ts'
import type { Keychain } from './sealedStore.ts'

const REMOTE = '01890a5d-ac96-774b-bcce-b302099a8057'
const held = { kind: 'key-file', text: 'AGE-SECRET-KEY-1HELD' } as const
const engine = { request: async () => ({ key: held }) }
/** Reversible, and not readable as it is. */
const keychain: Keychain = {
  available: true,
  encrypt: (text) => Buffer.from(text).map((byte) => byte ^ 0x5a) as Buffer,
  decrypt: (sealed) => sealed.map((byte) => byte ^ 0x5a).toString(),
}

let folder = ''
let log: Log
let store: RemoteKeyStore
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-remote-keys-'))
  log = openLog(join(folder, 'logs'))
  store = openRemoteKeys(join(folder, 'remote-keys.json'), keychain, log)
})
afterEach(() => {
  log.flush()
  rmSync(folder, { recursive: true })
})

it('keeps what the engine holds of a remote that was encrypted or opened, never the passphrase', async () => {
  const encryption = { kind: 'passphrase', passphrase: 'as a person says it' }
  await keepKeysInStep(engine, store, 'remotes.add', { encryption }, { id: REMOTE })
  expect(store.get(REMOTE)).toEqual(held)
  const text = readFileSync(join(folder, 'remote-keys.json'), 'utf8')
  expect(text).not.toContain('HELD')
  await store.set(REMOTE, null)
  await keepKeysInStep(engine, store, 'remotes.unlock', { id: REMOTE, key: encryption }, undefined)
  expect(store.get(REMOTE)).toEqual(held)
  log.info('engine', 'opened with AGE-SECRET-KEY-1HELD')
  expect(log.tail(1)[0]).toContain('opened with [hidden]')
})

it('forgets it with the remote, and asks for nothing where nothing is encrypted', async () => {
  await keepKeysInStep(engine, store, 'remotes.unlock', { id: REMOTE }, undefined)
  await keepKeysInStep(engine, store, 'remotes.remove', { id: REMOTE }, undefined)
  await keepKeysInStep(engine, store, 'remotes.add', { name: 'a folder' }, { id: REMOTE })
  expect(store.get(REMOTE)).toBeUndefined()
})
