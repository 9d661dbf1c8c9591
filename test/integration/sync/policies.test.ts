import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { purgeAssets } from '../../../src/main/engine/library/purgeAssets.ts'
import { readQuotas } from '../../../src/main/engine/library/storageQuotas.ts'
import { trashAssets } from '../../../src/main/engine/library/trashAssets.ts'
import type { Sync } from '../../../src/main/engine/sync/sync.ts'
import type { RemoteId } from '../../../src/shared/domain/ids.ts'
import { remotePolicyPresets } from '../../../src/shared/domain/remote.ts'
import { seededBytes, temporaryFolder } from './support/files.ts'
import { type SyncLibrary, syncLibrary } from './support/syncLibrary.ts'

let library: SyncLibrary
let sync: Sync
let remote: RemoteId
let bucket: ReturnType<typeof temporaryFolder>
beforeEach(async () => {
  library = syncLibrary()
  sync = library.sync()
  bucket = temporaryFolder()
  mkdirSync(bucket.path, { recursive: true })
  const location = { kind: 'folder', path: bucket.path, prefix: '' } as const
  remote = (await sync.remotes.add({ role: 'library', location })).id
})
afterEach(async () => {
  await library.close()
  bucket.remove()
})

const originals = (): string[] =>
  readdirSync(bucket.path, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.bin'))

describe('what a bucket’s policy forbids', () => {
  it('stays here and says why, and goes when the policy allows it', async () => {
    await sync.remotes.configure(remote, { sizeLimitBytes: 1000 })
    const small = library.addKept('small', seededBytes(900, 'small'))
    const large = library.addKept('large', seededBytes(1100, 'large'))
    await sync.once()
    expect(library.stateOf(small).state).toBe('synced')
    expect(library.stateOf(large)).toEqual({ state: 'blocked', reason: expect.stringContaining('files of up to') })
    expect(originals()).toHaveLength(1)
    await sync.remotes.configure(remote, { sizeLimitBytes: null, allowedMimeTypes: ['image/*'] })
    await sync.once()
    expect(library.stateOf(large)).toMatchObject({ state: 'blocked', reason: expect.stringContaining('image/*') })
    await sync.remotes.configure(remote, { allowedMimeTypes: ['application/octet-stream'] })
    await sync.once()
    expect(library.stateOf(large)).toEqual({ state: 'synced', reason: null })
    expect(originals()).toHaveLength(2)
  })

  it('is also what would go beyond its quota, and warnings come before', async () => {
    await sync.remotes.configure(remote, { quotaBytes: 10_000 })
    const ids = ['a', 'b', 'c'].map((name) => library.addKept(name, seededBytes(3500, name)))
    await sync.once()
    const states = ids.map((id) => library.stateOf(id).state).sort()
    expect(states).toEqual(['blocked', 'synced', 'synced'])
    expect(readQuotas(library.catalog).remotes).toMatchObject([{ used: 8800, quota: 10_000, state: 'warning' }])
    await sync.remotes.configure(remote, { quotaBytes: 20_000 })
    await sync.once()
    expect(ids.map((id) => library.stateOf(id).state)).toEqual(['synced', 'synced', 'synced'])
    expect(readQuotas(library.catalog).remotes).toMatchObject([{ state: 'ok' }])
  })

  it('is in the copy beside the catalogue, as the presets have it', async () => {
    await sync.remotes.configure(remote, remotePolicyPresets['workspace-temp'])
    const root = library.root
    await sync.close()
    library.catalog.close()
    const { rmSync } = await import('node:fs')
    for (const ending of ['', '-wal', '-shm']) rmSync(join(root, `catalog.sqlite${ending}`), { force: true })
    const again = syncLibrary(root)
    expect(again.catalog.remotes.policyOf(remote)).toEqual(remotePolicyPresets['workspace-temp'])
    await again.close()
  })
})

it('what a purged asset left in a bucket no longer counts there, and uploads cope with it', async () => {
  const id = library.addKept('a', seededBytes(500, 'a'))
  await sync.once()
  trashAssets(library.catalog, { ids: [id] }, Date.now())
  await purgeAssets(library.catalog, library.catalog.assets.resolve({ ids: [id] }), 1, Date.now())
  expect(library.catalog.remotes.usedBytes(remote)).toBe(0)
  expect(await sync.once()).toMatchObject({ uploaded: 0, errors: [] })
})
