import { randomUUID } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { AssetId } from '../../../shared/domain/ids.ts'
import type { PosterFrame } from '../../../shared/domain/posterFrame.ts'
import type { Catalog } from '../catalog/catalog.ts'
import type { Clock, MediaFacts } from '../ports.ts'
import { importedFile } from './fixtures/testLibrary.ts'
import type { LibraryFolder } from './libraryFolder.ts'
import { createPosterMaker, type PosterMaker } from './makePosters.ts'
import { createLibrary, openLibrary } from './openLibrary.ts'
import { posterOf, posterPath } from './posterPath.ts'

const facts: MediaFacts = {
  width: 640,
  height: 360,
  durationSeconds: 3,
  frames: null,
  thumbhash: null,
  dominantColors: [],
  perceptualHash: null,
  capturedAt: null,
  gps: null,
  metadata: { poster: 'wanted' },
  generation: null,
  thumbnails: [],
  noThumbnail: { code: 'unsupported_type', message: 'Later.' },
}

let root: string
let now: number
let catalog: Catalog
let folder: LibraryFolder
let maker: PosterMaker | null
let asked: string[]
let timers: { readonly at: number; readonly callback: () => void }[]
const names = new Map<AssetId, string>()

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'vitrine-posters-'))
  now = Date.UTC(2026, 10, 21)
  createLibrary(root, 'Test', now)
  const library = openLibrary(root, () => now)
  catalog = library.catalog
  folder = library.folder
  maker = null
  asked = []
  timers = []
})
afterEach(() => {
  maker?.close()
  catalog.close()
  rmSync(root, { recursive: true, force: true })
})

const clock: Clock = {
  now: () => now,
  after(ms, callback) {
    const timer = { at: now + ms, callback }
    timers.push(timer)
    return () => {
      timers = timers.filter((other) => other !== timer)
    }
  },
}
const pass = (ms: number) => {
  now += ms
  const due = timers.filter(({ at }) => at <= now)
  timers = timers.filter(({ at }) => at > now)
  for (const { callback } of due) callback()
}
/** A film that was read; of one that was imported a minute later each. */
const film = (name: string, poster: 'wanted' | 'frame' = 'wanted'): AssetId => {
  now += 60_000
  const id = randomUUID() as AssetId
  names.set(id, name)
  catalog.assets.register([
    importedFile(name, now, { id, space: 'workspace', extension: 'mp4', mimeType: 'video/mp4', assetType: 'video' }),
  ])
  const [job] = catalog.queue.claim('media', 1, now)
  catalog.assets.recordMedia([{ assetId: id, ok: true, facts: { ...facts, metadata: { poster } } }])
  catalog.queue.complete([job!.id])
  return id
}
function serve(answer: (name: string) => PosterFrame | Promise<PosterFrame>): void {
  maker = createPosterMaker({
    catalog,
    clock,
    folder,
    frames: {
      async capture(id) {
        const name = names.get(id) ?? ''
        asked.push(name)
        return answer(name)
      },
    },
    onDefect: (error) => {
      throw error
    },
  })
  maker.start()
}
const picture: PosterFrame = { ok: true, picture: new TextEncoder().encode('a picture') }
const settled = () => vi.waitFor(() => expect(catalog.queue.counts('poster')).toMatchObject({ waiting: 0, leased: 0 }))

describe('films whose poster is wanted', () => {
  it('get one, newest first, and are read again with it', async () => {
    const ids = [film('old'), film('has one', 'frame'), film('new')]
    serve(() => picture)
    await settled()
    expect(asked).toEqual(['new', 'old'])
    const oldest = catalog.assets.findById(ids[0]!)!
    expect(readFileSync(posterOf(oldest, folder) ?? '', 'utf8')).toBe('a picture')
    expect(
      catalog.queue
        .claim('media', 10, now)
        .map(({ key }) => key)
        .sort(),
    ).toEqual([ids[0], ids[2]].sort())
    expect(readdirSync(join(posterPath(folder, oldest.sha256), '..'))).toHaveLength(1)
  })

  it('are noticed when they come while the window is open', async () => {
    serve(() => picture)
    film('later')
    await vi.waitFor(() => expect(asked).toEqual(['later']))
    await settled()
  })

  it('are told why they get none, once, if no window can play them', async () => {
    const id = film('strange')
    serve(() => ({ ok: false, reason: 'unplayable', message: 'No decoder.' }))
    await settled()
    expect(catalog.assets.get(id)).toMatchObject({
      status: 'available',
      error_code: 'unsupported_type',
      error_message: expect.stringContaining('can’t play this video'),
    })
    expect(catalog.queue.counts('media').waiting).toBe(0)
    expect(asked).toEqual(['strange'])
  })

  it('are tried again while there is no window, a few times, and again by the next start', async () => {
    film('patient')
    serve(() => ({ ok: false, reason: 'unavailable', message: 'No window is open.' }))
    await resting(1)
    pass(5_000)
    await resting(2)
    pass(10_000)
    await vi.waitFor(() => expect(catalog.queue.counts('poster')).toMatchObject({ waiting: 0, leased: 0, parked: 1 }))
    pass(3_600_000)
    expect(asked).toHaveLength(3)
    maker?.close()
    serve(() => picture)
    await settled()
    expect(asked).toHaveLength(4)
    expect(catalog.queue.counts('poster').parked).toBe(0)
  })

  it('are wanted still when the engine ended before the answer came, and when the catalogue was rebuilt', async () => {
    const id = film('interrupted')
    let answer: (frame: PosterFrame) => void = () => {}
    serve(() => new Promise((resolve) => (answer = resolve)))
    await vi.waitFor(() => expect(asked).toEqual(['interrupted']))
    maker?.close()
    answer(picture)
    catalog.close()
    rmSync(folder.catalog)
    catalog = openLibrary(root, () => now).catalog
    expect(existsSync(posterPath(folder, catalog.assets.findById(id)!.sha256))).toBe(false)
    serve(() => picture)
    await settled()
    expect(asked).toEqual(['interrupted', 'interrupted'])
    expect(existsSync(posterPath(folder, catalog.assets.findById(id)!.sha256))).toBe(true)
  })

  it('wait where the cache can’t be written to', async () => {
    film('full')
    writeFileSync(folder.posters, 'in the way')
    const defects: unknown[] = []
    maker = createPosterMaker({
      catalog,
      clock,
      folder,
      frames: { capture: async () => picture },
      onDefect: (error) => defects.push(error),
    })
    maker.start()
    await vi.waitFor(() => expect([defects.length, timers.length]).toEqual([1, 1]))
    rmSync(folder.posters)
    pass(5_000)
    await settled()
  })
})

/** A window was asked so many times, and is asked again when it is time. */
function resting(times: number): Promise<void> {
  return vi.waitFor(() => expect([asked.length, timers.length]).toEqual([times, 1]))
}
