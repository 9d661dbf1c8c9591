import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createLibrary } from '../../../src/main/engine/library/openLibrary.ts'
import type { Credentials, RemoteLocation } from '../../../src/shared/domain/remote.ts'
import { describeUnless } from '../support/describeUnless.ts'
import { seededBytes, temporaryFolder } from './support/files.ts'
import { type SyncLibrary, syncLibrary } from './support/syncLibrary.ts'
import { openTestS3, s3Obstacle, type TestS3 } from './support/testS3.ts'

interface Place {
  readonly location: RemoteLocation
  readonly credentials: Credentials | null
}

function exchange(place: () => Promise<Place>): void {
  const cleanups: (() => unknown)[] = []
  afterEach(async () => {
    for (const clean of cleanups.splice(0).reverse()) await clean()
  })

  /** Devices of one library, each connected to the same place. */
  async function devices(count: number) {
    const { location, credentials } = await place()
    const first = syncLibrary()
    cleanups.push(() => first.close())
    const all: SyncLibrary[] = [first]
    for (let index = 1; index < count; index++) {
      const folder = temporaryFolder()
      cleanups.push(() => folder.remove())
      const root = join(folder.path, 'library')
      mkdirSync(root)
      createLibrary(root, 'Test library', Date.now())
      const manifest = JSON.parse(readFileSync(join(root, 'library.json'), 'utf8'))
      writeFileSync(join(root, 'library.json'), JSON.stringify({ ...manifest, id: first.catalog.libraryId }))
      const library = syncLibrary(root)
      cleanups.push(() => library.close())
      all.push(library)
    }
    return Promise.all(
      all.map(async (library) => {
        const sync = library.sync()
        return {
          library,
          sync,
          connect: () => sync.remotes.add({ role: 'library', location, ...(credentials ? { credentials } : {}) }),
        }
      }),
    )
  }

  it('shows on a second device what was kept on the first, with its thumbnail, and its original elsewhere', async () => {
    const [a, b] = await devices(2)
    const id = a!.library.addKept('one', seededBytes(5000, 'one'))
    await a!.connect()
    expect(await a!.sync.once()).toMatchObject({ uploaded: 1, errors: [] })
    await b!.connect()
    expect(await b!.sync.once()).toMatchObject({ downloaded: 1, pending: 0, errors: [] })
    expect(b!.library.catalog.assets.get(id)).toMatchObject({ sync_state: 'cloud-only', status: 'available' })
  })
}

describe('through a folder', () => {
  const folder = temporaryFolder()
  afterAll(() => folder.remove())
  let count = 0
  exchange(async () => {
    const path = join(folder.path, String(count++))
    mkdirSync(path)
    return { location: { kind: 'folder', path, prefix: '' }, credentials: null }
  })
})

describeUnless(s3Obstacle, 'through a bucket', () => {
  let s3: TestS3
  beforeAll(async () => {
    s3 = await openTestS3()
  }, 300_000)
  afterAll(() => s3?.close())
  exchange(async () => ({ location: await s3.place(), credentials: s3.credentials }))
})
