import { describe, expect, test } from 'vitest'
import { VitrineError } from '../../../shared/contract/errors.ts'
import { type RemoteId, remoteIdSchema } from '../../../shared/domain/ids.ts'
import { openRemotePolicy, type Remote } from '../../../shared/domain/remote.ts'
import { rememberCredentials } from './rememberCredentials.ts'

const id = (digit: string): RemoteId => remoteIdSchema.parse(`${digit.repeat(8)}-0000-4000-8000-000000000000`)
const keys = { accessKeyId: 'AK', secretAccessKey: 'SK' }
const location = {
  kind: 's3',
  endpoint: 'https://s3.example',
  region: 'r',
  bucket: 'b',
  prefix: '',
  pathStyle: true,
} as const
const remote = (remoteId: RemoteId): Remote => ({
  id: remoteId,
  name: 'b',
  role: 'library',
  owner: null,
  location,
  has_credentials: true,
  has_key: true,
  abilities: null,
  policy: openRemotePolicy,
  created_at: '2026-01-01T00:00:00.000Z',
})

async function replayed(credentials: ReturnType<typeof rememberCredentials>, gone: readonly RemoteId[] = []) {
  const asked: unknown[] = []
  await credentials.replay(async (name, input) => {
    asked.push([name, input])
    if (gone.includes((input as { id: RemoteId }).id)) throw new VitrineError('not_found', 'Removed.')
  })
  return asked
}

describe('credentials that were handed to an engine', () => {
  test('are handed to the next one: those set, and those a remote was added with', async () => {
    const credentials = rememberCredentials()
    credentials.note('remotes.add', { role: 'library', location, credentials: keys }, remote(id('1')))
    credentials.note('remotes.setCredentials', { id: id('2'), credentials: keys }, undefined)
    expect(await replayed(credentials)).toEqual([
      ['remotes.setCredentials', { id: id('1'), credentials: keys }],
      ['remotes.setCredentials', { id: id('2'), credentials: keys }],
    ])
  })

  test('are forgotten with their remote, or when they are taken back', async () => {
    const credentials = rememberCredentials()
    for (const digit of ['1', '2', '3']) {
      credentials.note('remotes.setCredentials', { id: id(digit), credentials: keys }, undefined)
    }
    credentials.note('remotes.remove', { id: id('1') }, undefined)
    credentials.note('remotes.setCredentials', { id: id('2'), credentials: null }, undefined)
    expect(await replayed(credentials)).toEqual([['remotes.setCredentials', { id: id('3'), credentials: keys }]])
  })

  test('of a remote that somebody else has removed are no error, and forgotten', async () => {
    const credentials = rememberCredentials()
    credentials.note('remotes.setCredentials', { id: id('1'), credentials: keys }, undefined)
    credentials.note('remotes.setCredentials', { id: id('2'), credentials: keys }, undefined)
    expect(await replayed(credentials, [id('1')])).toHaveLength(2)
    expect(await replayed(credentials)).toHaveLength(1)
  })
})
