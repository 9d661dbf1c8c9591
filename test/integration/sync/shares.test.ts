import { copyFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { nodeClock } from '../../../src/main/engine/adapters/nodeClock.ts'
import { openStore } from '../../../src/main/engine/adapters/openStore.ts'
import type { S3Location } from '../../../src/main/engine/adapters/s3Requests.ts'
import type { PictureRenderer } from '../../../src/main/engine/ports.ts'
import type { Sync } from '../../../src/main/engine/sync/sync.ts'
import type { AssetId } from '../../../src/shared/domain/ids.ts'
import { describeUnless } from '../support/describeUnless.ts'
import { collect, seededBytes } from './support/files.ts'
import { type SyncLibrary, syncLibrary } from './support/syncLibrary.ts'
import { openTestS3, s3Obstacle, type TestS3 } from './support/testS3.ts'

describeUnless(s3Obstacle, 'a shared asset', () => {
  let s3: TestS3
  let location: S3Location
  let library: SyncLibrary
  beforeAll(async () => {
    s3 = await openTestS3()
  }, 300_000)
  afterAll(() => s3?.close())
  beforeEach(async () => {
    location = await s3.place()
    library = syncLibrary()
  })
  afterEach(() => library.close())

  const bytes = seededBytes(50_000, 'shared')
  async function uploaded(): Promise<{ readonly sync: Sync; readonly id: AssetId }> {
    const sync = library.sync()
    await sync.remotes.add({ role: 'library', location, credentials: s3.credentials })
    const id = library.addKept('harbour', bytes)
    await sync.once()
    return { sync, id }
  }
  const share = (sync: Sync, id: AssetId, more = {}) =>
    sync.shares.create({ id, kind: 'presigned', expiresSeconds: 600, stripped: false, ...more })
  const keysOfShares = async () => {
    const store = openStore(location, s3.credentials)
    const found = await collect(store.list(''))
    store.close()
    return found.filter(({ key }) => key.includes('/shares/')).map(({ key }) => key)
  }

  it('is read by anybody who has the link, until the link is taken back', async () => {
    const { sync, id } = await uploaded()
    const { url, id: shareId, expires_at } = await share(sync, id)
    const answer = await fetch(url)
    expect(answer.status).toBe(200)
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true)
    expect(Date.parse(expires_at ?? '')).toBeGreaterThan(Date.now() + 500_000)
    expect(sync.shares.list(id)).toMatchObject([{ id: shareId, url }])
    expect(new URL(url).pathname).not.toContain(library.catalog.assets.get(id)!.sha256)

    await sync.shares.revoke(shareId)
    expect((await fetch(url)).status).toBe(404)
    expect(sync.shares.list(id)).toEqual([])
    expect(await keysOfShares()).toEqual([])
  })

  it('is shared before it has been uploaded, too', async () => {
    const { sync } = await uploaded()
    sync.pause(true)
    const id = library.addKept('new', Buffer.from('not there yet'))
    const { url } = await share(sync, id)
    expect(await (await fetch(url)).text()).toBe('not there yet')
  })

  it('has copies of expired links removed with the next share', async () => {
    const { sync, id } = await uploaded()
    const first = await share(sync, id, { expiresSeconds: -1 })
    await share(sync, id)
    expect(library.catalog.shares.find(first.id)?.revoked_at).not.toBeNull()
    expect(await keysOfShares()).toHaveLength(1)
  })

  it('has copies of expired links removed by sync, too, and counts what is there', async () => {
    const { sync, id } = await uploaded()
    const remote = sync.remotes.list()[0]!.id
    const before = library.catalog.remotes.usedBytes(remote)
    const { name } = await share(sync, id)
    expect(name).toBe('harbour.bin')
    expect(library.catalog.remotes.usedBytes(remote)).toBe(before + bytes.length)
    const later = library.sync({
      clock: { ...nodeClock, now: () => Date.now() + 3_600_000 },
      envCredentials: s3.credentials,
    })
    await later.once()
    expect(await keysOfShares()).toEqual([])
    expect(library.catalog.remotes.usedBytes(remote)).toBe(before)
  })

  it('ends with what the bucket keeps by rules of its own', async () => {
    const { sync, id } = await uploaded()
    await sync.remotes.configure(sync.remotes.list()[0]!.id, { retentionDays: 1 })
    const { expires_at } = await share(sync, id, { expiresSeconds: 7 * 86_400 })
    expect(Date.parse(expires_at ?? '')).toBeLessThan(Date.now() + 86_400_000 + 60_000)
  })

  it('is refused with a reason where there is nowhere to share it, or rules forbid it', async () => {
    const { sync, id } = await uploaded()
    expect(sync.shares.check(id)).toMatchObject({
      presigned: null,
      public: expect.stringContaining('no public remote'),
    })
    await expect(share(sync, id, { kind: 'public' })).rejects.toMatchObject({ code: 'remote_policy' })
    const remote = sync.remotes.list()[0]!
    await sync.remotes.configure(remote.id, { sizeLimitBytes: 100 })
    expect(sync.shares.check(id).presigned).toContain('up to')
    await expect(share(sync, id)).rejects.toMatchObject({ code: 'remote_policy' })
    expect(await keysOfShares()).toEqual([])
  })

  it('goes to the public remote under its public address', async () => {
    const { sync, id } = await uploaded()
    const place = await s3.place()
    const remote = await sync.remotes.add({ role: 'public', location: place, credentials: s3.credentials })
    const publicBaseUrl = 'https://cdn.example.com/files'
    await sync.remotes.configure(remote.id, { visibility: 'public', publicBaseUrl })
    const shared = await share(sync, id, { kind: 'public' })
    expect(shared).toMatchObject({
      expires_at: null,
      url: expect.stringMatching(/^https:\/\/cdn\.example\.com\/files\//),
    })
    const key = decodeURIComponent(new URL(shared.url).pathname.slice('/files/'.length))
    const store = openStore(place, s3.credentials)
    const relative = place.prefix === '' ? key : key.slice(place.prefix.length + 1)
    expect(await store.head(relative)).toMatchObject({ size: bytes.length })
    await sync.shares.revoke(shared.id)
    expect(await store.head(relative)).toBeNull()
    store.close()
  })

  it('is drawn anew where a copy without metadata is wanted', async () => {
    const asked: unknown[] = []
    const renderer: Pick<PictureRenderer, 'render'> = {
      async render(task) {
        asked.push(task.keepMetadata)
        copyFileSync(task.path, task.outputs[0]!.path)
        return { ok: true, rendered: [{ width: 1, height: 1, bytes: 1 }] }
      },
    }
    const sync = library.sync({ renderer })
    await sync.remotes.add({ role: 'library', location, credentials: s3.credentials })
    const id = library.addKept('harbour', bytes)
    // What is no picture can't be drawn anew.
    await expect(share(sync, id, { stripped: true })).rejects.toMatchObject({ code: 'unsupported_type' })
    expect(sync.shares.check(id).canStrip).toBe(false)
    const picture = library.addKept('picture', seededBytes(700, 'picture'), 'image/jpeg')
    expect(sync.shares.check(picture).canStrip).toBe(true)
    const { url } = await share(sync, picture, { stripped: true })
    expect((await fetch(url)).headers.get('content-type')).toBe('image/jpeg')
    expect(asked).toEqual([false])
  })
})
