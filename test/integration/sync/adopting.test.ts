import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openStore } from '../../../src/main/engine/adapters/openStore.ts'
import type { ObjectStore } from '../../../src/main/engine/ports.ts'
import { type ImportReport, importReportSchema } from '../../../src/shared/domain/import.ts'
import type { RemoteLocation } from '../../../src/shared/domain/remote.ts'
import { listSchema, makePictures, sha256Of, startVitrine } from '../cli/vitrineProcess.ts'
import { describeUnless } from '../support/describeUnless.ts'
import { openTestS3, s3Obstacle, type TestS3 } from './support/testS3.ts'

/** A bucket or folder as other programs left it, and libraries that use it. */
interface Place {
  readonly location: RemoteLocation
  readonly flags: readonly string[]
  readonly env: Readonly<Record<string, string>>
  readonly store: ObjectStore
}

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-adopt-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }))

function folderPlace(): Place {
  const path = join(folder, 'nas')
  mkdirSync(path)
  const location = { kind: 'folder', path, prefix: '' } as const
  return { location, flags: ['--folder', path], env: {}, store: openStore(location, null) }
}

async function run(place: Place, status: number, ...args: string[]): Promise<string> {
  const ended = await startVitrine([...args, '--json'], { env: place.env }).ended
  expect(ended.status, ended.stderr).toBe(status)
  return ended.stdout
}

async function adopt(place: Place, library: string, status = 0, ...flags: string[]): Promise<ImportReport> {
  return importReportSchema.parse(
    JSON.parse(await run(place, status, 'remote', 'adopt', '--library', library, ...flags)),
  )
}

async function list(place: Place, library: string) {
  const { assets } = listSchema.parse(JSON.parse(await run(place, 0, 'list', '--library', library)))
  return assets
}

/** A library whose bucket this is. */
async function newLibrary(place: Place, name = 'library'): Promise<string> {
  const library = join(folder, name)
  await run(place, 0, 'init', library)
  await run(place, 0, 'remote', 'add', '--library', library, '--role', 'library', ...place.flags)
  return library
}

async function put(place: Place, key: string, path: string): Promise<void> {
  await place.store.putBytes(key, readFileSync(path), 'application/octet-stream')
}

/** Keys of other programs and their bytes. */
async function foreign(place: Place): Promise<Record<string, number>> {
  const keys: Record<string, number> = {}
  for await (const { key, size } of place.store.list('')) {
    if (!/^[0-9a-f-]{36}\/(library\.json|log|devices|thumbnails|checkpoints|shards|gc|sidecars)/.test(key))
      keys[key] = size
  }
  return keys
}

function xmpWithTitle(title: string): string {
  return `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title><rdf:Alt><rdf:li xml:lang="x-default">${title}</rdf:li></rdf:Alt></dc:title></rdf:Description></rdf:RDF></x:xmpmeta>`
}

function originalsOf(library: string): string[] {
  const root = join(library, 'originals')
  if (!existsSync(root)) return []
  return readdirSync(root, { recursive: true, withFileTypes: true }).flatMap((entry) =>
    entry.isFile() ? [entry.name] : [],
  )
}

function adopting(open: () => Promise<Place>): void {
  it('takes files in where they are: another device finds them there, and nothing in the place changes', async () => {
    const place = await open()
    const [a = '', b = '', c = ''] = await makePictures(join(folder, 'pictures'), 3)
    await put(place, 'trips/2024/a.png', a)
    await put(place, 'trips/b with space.png', b)
    await put(place, 'trips/again/copy of b.png', b)
    await put(place, 'top-ü.png', c)
    await put(place, 'trips/.DS_Store', a)
    await place.store.putBytes('notes.bin', Buffer.from([0, 1, 2, 3]), 'application/octet-stream')
    const library = await newLibrary(place)
    const before = await foreign(place)

    const report = await adopt(place, library)
    expect(report.imported.map(({ path }) => path).sort()).toEqual(
      ['notes.bin', 'top-ü.png', 'trips/2024/a.png', 'trips/again/copy of b.png', 'trips/b with space.png']
        .filter((path) => !report.duplicates.some((one) => one.path === path))
        .sort(),
    )
    expect(report.duplicates).toHaveLength(1)
    expect(report.skipped).toEqual([{ path: 'trips/.DS_Store', code: 'system_file' }])
    expect(report.failed).toEqual([])
    expect(await foreign(place)).toEqual(before)
    expect(originalsOf(library)).toEqual([])

    const assets = await list(place, library)
    expect(assets).toHaveLength(4)
    for (const asset of assets) expect(asset).toMatchObject({ sync_state: 'cloud-only', space: 'library' })
    const named = (name: string) => assets.find(({ file_name }) => file_name === name)!
    expect(named('a.png').collections.map(({ name }) => name)).toEqual(['2024'])
    expect(named('top-ü.png').collections).toEqual([])
    expect(named('a.png').sha256).toBe(sha256Of(a))

    const other = join(folder, 'other')
    await run(place, 0, 'join', other, ...place.flags)
    await run(place, 0, 'sync', '--once', '--library', other)
    const there = await list(place, other)
    expect(there.map(({ file_name, sha256 }) => [file_name, sha256]).sort()).toEqual(
      assets.map(({ file_name, sha256 }) => [file_name, sha256]).sort(),
    )
    await run(place, 0, 'fetch', ...there.map(({ id }) => id), '--library', other)
    expect(originalsOf(other)).toHaveLength(4)
    expect(await foreign(place)).toEqual(before)
  }, 120_000)

  it('takes only what is new or changed when it looks again, and loses nothing for what is gone', async () => {
    const place = await open()
    const [a = '', b = '', c = '', d = ''] = await makePictures(join(folder, 'pictures'), 4)
    for (const [key, path] of [
      ['a.png', a],
      ['b.png', b],
      ['c.png', c],
    ] as const)
      await put(place, key, path)
    const library = await newLibrary(place)
    await adopt(place, library)

    expect(await adopt(place, library)).toMatchObject({ imported: [], duplicates: [], failed: [] })

    await put(place, 'b.png', d)
    await place.store.delete('c.png')
    await put(place, 'new.png', c)
    const again = await adopt(place, library)
    // What was moved away is the same asset, which has its original elsewhere now.
    expect(again.imported.map(({ path }) => path)).toEqual(['b.png'])
    expect(again.duplicates.map(({ path }) => path)).toEqual(['new.png'])
    const assets = await list(place, library)
    expect(assets).toHaveLength(3)
    expect(assets.find(({ file_name }) => file_name === 'b.png')).toMatchObject({
      sha256: sha256Of(d),
      version_number: 2,
      status: 'available',
      sync_state: 'cloud-only',
    })

    await place.store.delete('a.png')
    await adopt(place, library)
    const gone = (await list(place, library)).find(({ file_name }) => file_name === 'a.png')!
    expect(gone).toMatchObject({ status: 'missing', sha256: sha256Of(a) })
    await put(place, 'a.png', a)
    await adopt(place, library)
    expect((await list(place, library)).find(({ id }) => id === gone.id)).toMatchObject({ status: 'available' })
  }, 180_000)

  it('takes what describes a file in with it, and what comes later too', async () => {
    const place = await open()
    const [a = '', b = ''] = await makePictures(join(folder, 'pictures'), 2)
    const putText = (key: string, text: string) => place.store.putBytes(key, Buffer.from(text), 'text/plain')
    await put(place, 'made/a.png', a)
    await put(place, 'made/b.png', b)
    await putText('made/a.txt', 'a harbour at night\nSteps: 20, Sampler: Euler a, CFG scale: 7, Seed: 42')
    await putText('made/b.txt', 'a person’s own words')
    const library = await newLibrary(place)
    const before = await foreign(place)
    const report = await adopt(place, library)
    expect(report.imported.map(({ path }) => path).sort()).toEqual(['made/a.png', 'made/b.png', 'made/b.txt'])
    expect(report.sidecars).toMatchObject([{ path: 'made/a.txt' }])
    const of = async (name: string) => (await list(place, library)).find(({ file_name }) => file_name === name)!
    expect(await of('a.png')).toMatchObject({ original_prompt: 'a harbour at night', sync_state: 'cloud-only' })

    await putText('made/b.xmp', xmpWithTitle('Seen from the pier'))
    const again = await adopt(place, library)
    expect(again).toMatchObject({ imported: [], sidecars: [{ path: 'made/b.xmp', of: (await of('b.png')).id }] })
    expect(await adopt(place, library)).toMatchObject({ imported: [], duplicates: [], sidecars: [], failed: [] })
    expect(await foreign(place)).toEqual({ ...before, 'made/b.xmp': xmpWithTitle('Seen from the pier').length })
  }, 120_000)

  it('finds an earlier version where another program put it, and sends no second copy', async () => {
    const place = await open()
    const [a = '', b = ''] = await makePictures(join(folder, 'pictures'), 2)
    await put(place, 'trips/a.png', a)
    const library = await newLibrary(place)
    const { imported } = await adopt(place, library)
    const [{ id = '' } = {}] = imported
    await run(place, 0, 'version', 'add', id, b, '--library', library)
    await run(place, 0, 'sync', '--once', '--library', library)
    const digits = sha256Of(a).slice(0, 12)
    expect(Object.keys(await foreign(place)).filter((key) => key.includes(digits))).toEqual([])

    const other = join(folder, 'other')
    await run(place, 0, 'join', other, ...place.flags)
    await run(place, 0, 'sync', '--once', '--library', other)
    await run(place, 0, 'version', 'restore', id, '1', '--library', other)
    await run(place, 0, 'sync', '--once', '--library', other)
    expect((await list(place, other))[0]).toMatchObject({ sha256: sha256Of(a) })
    expect(originalsOf(other)).toHaveLength(1)
    expect((await foreign(place))['trips/a.png']).toBe(statSync(a).size)
    expect(Object.keys(await foreign(place)).filter((key) => key.includes(digits))).toEqual([])
  }, 120_000)

  it('goes on after SIGKILL where it was, and takes every file in once', async () => {
    const place = await open()
    const pictures = await makePictures(join(folder, 'pictures'), 40)
    for (const [index, path] of pictures.entries()) await put(place, `many/${index}.png`, path)
    const library = await newLibrary(place)
    const before = await foreign(place)
    for (let kill = 0; kill < 3; kill++) {
      const running = startVitrine(['remote', 'adopt', '--library', library, '--json'], { env: place.env })
      await expect
        .poll(() => running.output.stderr.length + originalsOf(library).length + (running.child.exitCode ?? -1), {
          timeout: 60_000,
        })
        .toBeGreaterThan(kill * 5)
      running.child.kill('SIGKILL')
      await running.ended
    }
    await adopt(place, library)
    const assets = await list(place, library)
    expect(assets.map(({ sha256 }) => sha256).sort()).toEqual(pictures.map(sha256Of).sort())
    expect(originalsOf(library)).toEqual([])
    expect(await foreign(place)).toEqual(before)
  }, 240_000)
}

describe('adopting a folder', () => {
  adopting(async () => folderPlace())

  it('never deletes there, also when an asset is removed for good', async () => {
    const place = folderPlace()
    const [a = ''] = await makePictures(join(folder, 'pictures'), 1)
    await put(place, 'a.png', a)
    const library = await newLibrary(place)
    const { imported } = await adopt(place, library)
    await run(place, 0, 'trash', imported[0]!.id, '--library', library)
    await run(place, 0, 'expire', '--library', library, '--now', '2100-01-01T00:00:00Z')
    await run(place, 0, 'sync', '--once', '--library', library)
    expect(await foreign(place)).toEqual({ 'a.png': statSync(a).size })
    expect(await adopt(place, library)).toMatchObject({ imported: [], duplicates: [] })
    // Nor does it bring it back when all that this computer noted of the bucket is lost.
    await run(place, 0, 'rebuild', '--library', library)
    expect(await adopt(place, library)).toMatchObject({ imported: [], duplicates: [] })
  }, 120_000)
})

describeUnless(s3Obstacle, 'adopting a bucket', () => {
  let s3: TestS3
  beforeAll(async () => {
    s3 = await openTestS3()
  }, 300_000)
  afterAll(() => s3.close())

  adopting(async () => {
    const location = await s3.place()
    const { accessKeyId, secretAccessKey } = s3.credentials
    const { endpoint, bucket, region, prefix } = location
    const flags = ['--endpoint', endpoint ?? '', '--bucket', bucket, '--region', region, '--prefix', prefix]
    const env = { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey }
    return { location, flags, env, store: openStore(location, s3.credentials) }
  })
})
