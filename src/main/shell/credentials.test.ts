import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { keepInStep, openCredentials } from './credentials.ts'
import { keepSecretsOfJoined } from './keepSecretsOfJoined.ts'
import { type Log, openLog } from './log.ts'
import { openRemoteKeys } from './remoteKeys.ts'
import type { Keychain } from './sealedStore.ts'

const REMOTE = '01890a5d-ac96-774b-bcce-b302099a8057'
const keys = { accessKeyId: 'me', secretAccessKey: 'a long secret' }

/** Stands in for the system's keychain, which a test machine has not: reversible, and not readable as it is. */
const keychain: Keychain = {
  available: true,
  encrypt: (text) => Buffer.from(text).map((byte) => byte ^ 0x5a) as Buffer,
  decrypt: (sealed) => sealed.map((byte) => byte ^ 0x5a).toString(),
}
const none: Keychain = { ...keychain, available: false }
const another: Keychain = {
  ...keychain,
  decrypt: () => {
    throw new Error('cannot decrypt')
  },
}

let folder = ''
let path = ''
let log: Log
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-credentials-'))
  path = join(folder, 'credentials.json')
  log = openLog(join(folder, 'logs'))
})
afterEach(() => {
  log.flush()
  rmSync(folder, { recursive: true })
})

describe('with a keychain', () => {
  it('keys survive a restart, sealed, in a file for their owner only', async () => {
    await openCredentials(path, keychain, log).set(REMOTE, keys)
    expect(openCredentials(path, keychain, log).get(REMOTE)).toEqual(keys)
    expect(readFileSync(path, 'utf8')).not.toContain('secret')
    if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600)
  })

  it('forgotten keys are gone from the file', async () => {
    const store = openCredentials(path, keychain, log)
    await store.set(REMOTE, keys)
    await store.set(REMOTE, null)
    expect(store.get(REMOTE)).toBeUndefined()
    expect(JSON.parse(readFileSync(path, 'utf8')).remotes).toEqual({})
  })

  it('keys that it can not open any more are missing, which is logged, and stay in the file', async () => {
    await openCredentials(path, keychain, log).set(REMOTE, keys)
    expect(openCredentials(path, another, log).get(REMOTE)).toBeUndefined()
    expect(log.tail(5).join()).toContain('enter them again')
    expect(openCredentials(path, keychain, log).get(REMOTE)).toEqual(keys)
  })

  it.each(['', '{', '{"version":1,"remotes":{"x":5}}', '{"version":2,"remotes":{}}', '[]'])(
    'a damaged file (%j) holds no keys and is set aside',
    (text) => {
      writeFileSync(path, text)
      expect(openCredentials(path, keychain, log).get(REMOTE)).toBeUndefined()
      expect(log.tail(5).join()).toContain('entered again')
      const aside = readdirSync(folder).find((name) => name.includes('set-aside')) ?? ''
      expect(readFileSync(join(folder, aside), 'utf8')).toBe(text)
    },
  )

  it('the log never shows a key that is held', async () => {
    await openCredentials(path, keychain, log).set(REMOTE, keys)
    log.info('engine', 'signed with a long secret')
    expect(log.tail(1)[0]).toContain('signed with [hidden]')
  })
})

describe('without a keychain', () => {
  it('keys last for the session and nothing is written', async () => {
    const store = openCredentials(path, none, log)
    await store.set(REMOTE, keys)
    expect(store.get(REMOTE)).toEqual(keys)
    expect(readdirSync(folder)).toEqual(['logs'])
    expect(openCredentials(path, none, log).get(REMOTE)).toBeUndefined()
  })
})

describe('keepInStep', () => {
  it('keeps the keys of an added remote under the id that the engine gave it', async () => {
    const store = openCredentials(path, keychain, log)
    await keepInStep(store, 'remotes.add', { credentials: keys }, { id: REMOTE })
    expect(store.get(REMOTE)).toEqual(keys)
  })

  it('keeps the keys that a library was joined with under the id of its remote', async () => {
    const store = openCredentials(path, keychain, log)
    const created_at = '2026-01-01T00:00:00.000Z'
    const location = { kind: 'folder', path: '/disk', prefix: '' }
    const remote = { id: REMOTE, name: 'Bucket', role: 'library', location, has_credentials: true, created_at }
    const opener = { kind: 'key-file', text: 'AGE-SECRET-KEY-1' } as const
    const request = async (name: string) => (name === 'remotes.key' ? { key: opener } : [remote])
    const remoteKeys = openRemoteKeys(join(folder, 'remote-keys.json'), keychain, log)
    const encryption = { kind: 'passphrase', passphrase: 'as a person says it' } as const
    await keepSecretsOfJoined({ request }, store, remoteKeys, { credentials: keys, encryption })
    expect(store.get(REMOTE)).toEqual(keys)
    expect(remoteKeys.get(REMOTE)).toEqual(opener)
  })

  it('replaces and forgets them with the remote', async () => {
    const store = openCredentials(path, keychain, log)
    await keepInStep(store, 'remotes.setCredentials', { id: REMOTE, credentials: keys }, undefined)
    expect(store.get(REMOTE)).toEqual(keys)
    await keepInStep(store, 'remotes.remove', { id: REMOTE }, undefined)
    expect(store.get(REMOTE)).toBeUndefined()
  })

  it('leaves everything else alone', async () => {
    const store = openCredentials(path, keychain, log)
    await keepInStep(store, 'remotes.add', { name: 'a folder' }, { id: REMOTE })
    await keepInStep(store, 'assets.keep', { id: REMOTE, credentials: keys }, { id: REMOTE })
    expect(store.get(REMOTE)).toBeUndefined()
  })
})
