import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { nodeClock } from '../../../src/main/engine/adapters/nodeClock.ts'
import { cancelRequest, createRequest, deleteRequest } from '../../../src/main/engine/library/requests/editRequests.ts'
import { removeReferences } from '../../../src/main/engine/library/requests/references.ts'
import type { Sync } from '../../../src/main/engine/sync/sync.ts'
import type { GenerationRequestId } from '../../../src/shared/domain/generationRequest.ts'
import type { AssetId, RemoteId } from '../../../src/shared/domain/ids.ts'
import { describeUnless } from '../support/describeUnless.ts'
import { seededBytes, temporaryFolder } from './support/files.ts'
import { type SyncLibrary, syncLibrary } from './support/syncLibrary.ts'
import { openTestS3, s3Obstacle, type TestS3 } from './support/testS3.ts'

let library: SyncLibrary
let sync: Sync
/** ms that have passed since the test began, beside real ones. */
let passed = 0
beforeEach(() => {
  passed = 0
  library = syncLibrary()
  sync = library.sync({ clock: { ...nodeClock, now: () => Date.now() + passed } })
})
afterEach(() => library.close())

const request = (references: AssetId[]): GenerationRequestId =>
  createRequest(library.catalog, { prompt: 'a harbour', references }, Date.now()).request.id
const media = (id: GenerationRequestId, expiresSeconds = 600) =>
  sync.references.media(library.catalog.requests.get(id)!, expiresSeconds)
const picture = (name: string, size = 5000): AssetId => library.addKept(name, seededBytes(size, name), 'image/png')

describe('references of a request, in a folder', () => {
  let folder: ReturnType<typeof temporaryFolder>
  let remote: RemoteId
  beforeEach(async () => {
    folder = temporaryFolder()
    remote = (
      await sync.remotes.add({ role: 'references', location: { kind: 'folder', path: folder.path, prefix: 'refs' } })
    ).id
  })
  afterEach(() => folder.remove())
  const copies = () =>
    readdirSync(folder.path, { recursive: true, withFileTypes: true }).filter(
      (entry) => entry.isFile() && entry.parentPath.includes('references'),
    ).length
  const used = () => library.catalog.remotes.usedBytes(remote)

  it('are copied there once, in order, under addresses that stay', async () => {
    const assets = [picture('b'), picture('a')]
    const id = request(assets)
    const first = await media(id)
    expect(first.media.map((medium) => medium.id)).toEqual(assets)
    const paths = first.media.map(({ url }) => fileURLToPath(url ?? ''))
    expect(paths.map((path) => readFileSync(path).length)).toEqual([5000, 5000])
    expect(paths[0]).toContain(join('refs', library.catalog.libraryId, 'references', id))
    expect(used()).toBe(10_000)
    const made = paths.map((path) => statSync(path).mtimeMs)
    expect(await media(id)).toEqual(first)
    expect(paths.map((path) => statSync(path).mtimeMs)).toEqual(made)
    expect(used()).toBe(10_000)
  })

  it('are put back where somebody has removed them', async () => {
    const id = request([picture('a')])
    const [copy] = (await media(id)).media
    const path = fileURLToPath(copy?.url ?? '')
    rmSync(path)
    await media(id)
    expect(readFileSync(path)).toEqual(seededBytes(5000, 'a'))
    writeFileSync(path, 'something else')
    await media(id)
    expect(readFileSync(path)).toEqual(seededBytes(5000, 'a'))
  })

  it('have the usual limits of reference images, each refusal with its reason', async () => {
    const [fine, large, sound] = [
      picture('fine'),
      picture('large', 10 * 1024 * 1024 + 1),
      library.addKept('sound', seededBytes(100, 'sound'), 'audio/mpeg'),
    ]
    const { media: found } = await media(request([large, fine, sound]))
    expect(found.map(({ url }) => url !== null)).toEqual([false, true, false])
    expect(found[0]?.reason).toContain('up to 10 MB')
    expect(found[2]?.reason).toContain('takes image/*')
    await sync.remotes.configure(remote, { quotaBytes: 9000 })
    const id = request([picture('second')])
    expect((await media(id)).media[0]?.reason).toContain('quota')
    await sync.remotes.configure(remote, { quotaBytes: null })
    expect((await media(id)).media[0]?.reason).toBeNull()
  })

  it('go when nobody needs them any more, and only then', async () => {
    const [a, b] = [picture('a'), picture('b')]
    const [one, two, three] = [request([a, b]), request([a]), request([b])]
    for (const id of [one, two, three]) await media(id)
    expect(copies()).toBe(4)
    await sync.references.tidy()
    expect(copies()).toBe(4)
    removeReferences(library.catalog, one, { ids: [b] }, Date.now())
    deleteRequest(library.catalog, two, Date.now())
    cancelRequest(library.catalog, three, true, Date.now())
    await sync.once()
    expect(copies()).toBe(1)
    expect(used()).toBe(5000)
    await expect(media(three)).rejects.toMatchObject({ code: 'invalid_request' })
    // Wanted again, it comes again, under the same address.
    cancelRequest(library.catalog, three, false, Date.now())
    expect((await media(three)).media[0]?.url).toContain(`/${three}/`)
    expect(copies()).toBe(2)
  })

  it('go after the time that the rules keep them', async () => {
    await sync.remotes.configure(remote, { retentionDays: 2 })
    const id = request([picture('a')])
    const [copy] = (await media(id)).media
    const days = (Date.parse(copy?.expires_at ?? '') - Date.now()) / 86_400_000
    expect(days).toBeGreaterThan(1.9)
    expect(days).toBeLessThan(2.1)
    passed = 3 * 86_400_000
    await sync.references.tidy()
    expect(copies()).toBe(0)
    expect(used()).toBe(0)
  })
})

it('have no place without a remote for them', async () => {
  await expect(media(request([picture('a')]))).rejects.toMatchObject({ code: 'not_found' })
})

describeUnless(s3Obstacle, 'references of a request, in a bucket', () => {
  let s3: TestS3
  beforeAll(async () => {
    s3 = await openTestS3()
  }, 300_000)
  afterAll(() => s3?.close())

  it('have links that anybody can read until they expire, or public addresses', async () => {
    const location = await s3.place()
    const remote = await sync.remotes.add({ role: 'references', location, credentials: s3.credentials })
    const id = request([picture('a')])
    const [copy] = (await media(id)).media
    const answer = await fetch(copy?.url ?? '')
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe('image/png')
    expect(Buffer.from(await answer.arrayBuffer())).toEqual(seededBytes(5000, 'a'))
    expect(Date.parse(copy?.expires_at ?? '')).toBeGreaterThan(Date.now() + 500_000)
    await sync.remotes.configure(remote.id, { visibility: 'public', publicBaseUrl: 'https://cdn.example.com' })
    const [open] = (await media(id)).media
    expect(open).toMatchObject({ url: expect.stringMatching(/^https:\/\/cdn\.example\.com\//), expires_at: null })
    deleteRequest(library.catalog, id, Date.now())
    await sync.references.tidy()
    expect((await fetch(copy?.url ?? '')).status).toBe(404)
  })
})
