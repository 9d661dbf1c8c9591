import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { VitrineError } from '../../shared/contract/errors.ts'
import { type CredentialStore, openCredentials } from './credentials.ts'
import { handOverCredentials } from './handOverCredentials.ts'
import { type Log, openLog } from './log.ts'
import { openRemoteKeys, type RemoteKeyStore } from './remoteKeys.ts'

const ids = ['01890a5d-ac96-774b-bcce-b302099a8001', '01890a5d-ac96-774b-bcce-b302099a8002'] as const
const keys = (name: string) => ({ accessKeyId: name, secretAccessKey: `secret of ${name}` })
const remote = (id: string) => ({
  id,
  name: 'A bucket',
  role: 'library',
  location: { kind: 's3', endpoint: null, region: 'us-east-1', bucket: 'b', prefix: '', pathStyle: true },
  has_credentials: false,
  created_at: '2026-11-21T12:00:00.000Z',
})

let folder = ''
let log: Log
let store: CredentialStore
let remoteKeys: RemoteKeyStore
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-hand-over-'))
  log = openLog(folder)
  const keychain = { available: false, encrypt: Buffer.from, decrypt: String }
  store = openCredentials(join(folder, 'credentials.json'), keychain, log)
  remoteKeys = openRemoteKeys(join(folder, 'remote-keys.json'), keychain, log)
})
afterEach(() => {
  log.flush()
  rmSync(folder, { recursive: true })
})

it('hands over the keys of this library’s remotes, and of no others', async () => {
  await store.set(ids[0], keys('one'))
  await store.set('01890a5d-ac96-774b-bcce-b302099a8009', keys('of another library'))
  const given: unknown[] = []
  const request = async (name: string, input: unknown) => {
    if (name === 'remotes.list') return ids.map(remote)
    given.push([name, input])
    return undefined
  }
  await handOverCredentials({ request }, store, remoteKeys, log)
  expect(given).toEqual([['remotes.setCredentials', { id: ids[0], credentials: keys('one') }]])
})

it('hands over what opens an encrypted remote', async () => {
  const key = { kind: 'key-file', text: 'AGE-SECRET-KEY-1' } as const
  await remoteKeys.set(ids[1], key)
  const given: unknown[] = []
  const request = async (name: string, input: unknown) => {
    if (name === 'remotes.list') return ids.map(remote)
    given.push([name, input])
    return undefined
  }
  await handOverCredentials({ request }, store, remoteKeys, log)
  expect(given).toEqual([['remotes.unlock', { id: ids[1], key }]])
})

it('goes on with the next remote when one is refused, and logs no key', async () => {
  for (const id of ids) await store.set(id, keys(id))
  const given: unknown[] = []
  const request = async (name: string, input: unknown) => {
    if (name === 'remotes.list') return ids.map(remote)
    const { id } = input as { id: string }
    if (id === ids[0]) throw new VitrineError('not_found', `No remote for secret of ${id}`)
    given.push(id)
    return undefined
  }
  await handOverCredentials({ request }, store, remoteKeys, log)
  expect(given).toEqual([ids[1]])
  expect(log.tail(20).join('\n')).toContain('were not taken')
  expect(log.tail(20).join('\n')).not.toContain('secret of')
})

it('survives an engine that has gone again', async () => {
  const request = () => Promise.reject(new VitrineError('engine_restarting', 'Gone.'))
  await handOverCredentials({ request }, store, remoteKeys, log)
  expect(log.tail(20).join('\n')).toContain('could not be handed')
})
