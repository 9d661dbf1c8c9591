import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { copyFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { libraryInfoSchema } from '../../../src/shared/contract/requests/libraryRequests.ts'
import { mutationResultSchema } from '../../../src/shared/contract/requests/requestMap.ts'
import { engineRequests } from '../../../src/shared/contract/requests.ts'
import { collectionSchema } from '../../../src/shared/domain/collection.ts'
import { importReportSchema } from '../../../src/shared/domain/import.ts'
import { remoteSchema, remoteTestSchema } from '../../../src/shared/domain/remote.ts'
import {
  listSchema,
  makePictures,
  sha256Of,
  startVitrine,
  temporaryPlace,
  vitrine,
  vitrineJson,
} from './vitrineProcess.ts'

const changeSchema = mutationResultSchema.extend({
  failed: z.array(z.object({ id: z.string(), code: z.string(), message: z.string() })),
})
const showSchema = engineRequests['assets.get'].output
const inspectSchema = z.array(
  z.union([
    z.object({
      path: z.string(),
      type: z.string(),
      mime_type: z.string(),
      width: z.number().nullable(),
      height: z.number().nullable(),
      generation: z.null(),
      exif: z.unknown(),
    }),
    z.object({ path: z.string(), error: z.object({ code: z.string(), message: z.string() }) }),
  ]),
)

describe('the command line', () => {
  const place = temporaryPlace()
  const at = ['--library', place.library]
  let pictures: string[]
  let ids: string[]
  beforeAll(async () => {
    pictures = await makePictures(place.files, 4)
  })
  afterAll(place.remove)

  test('init makes a library with the name that was asked for', async () => {
    const info = await vitrineJson(libraryInfoSchema, 'init', place.library, '--name', 'Sketches')
    expect(info).toMatchObject({ name: 'Sketches', path: place.library, dropFolder: join(place.library, 'drop') })
    expect(existsSync(join(place.library, 'library.json'))).toBe(true)
    expect(await vitrine('init', place.library)).toMatchObject({ status: 3, stderr: expect.stringMatching(/already/) })
  })

  test('import reports every file once: imported, duplicate, skipped or failed with a reason', async () => {
    const extra = join(place.folder, 'extra')
    mkdirSync(extra)
    await copyFile(pictures[0]!, join(extra, 'the same again.png'))
    writeFileSync(join(extra, 'empty.png'), '')
    writeFileSync(join(extra, '.DS_Store'), 'x')
    writeFileSync(join(extra, 'damaged.png'), (await sharp(pictures[1]!).toBuffer()).subarray(0, 60))
    const missing = join(place.folder, 'no such file.png')

    const { status, stdout, stderr } = await vitrine('import', ...pictures, ...at, '--json')
    expect(status, stderr).toBe(0)
    const first = importReportSchema.parse(JSON.parse(stdout))
    expect(first.imported.map(({ path }) => path).sort()).toEqual([...pictures].sort())
    expect(first.imported.every((item) => item.status === 'available')).toBe(true)
    for (const { path, sha256 } of first.imported) expect(sha256).toBe(sha256Of(path))
    ids = first.imported.map(({ id }) => id)

    const second = await vitrine('import', extra, missing, ...at, '--json')
    expect(second.status).toBe(1)
    const report = importReportSchema.parse(JSON.parse(second.stdout))
    expect(report.duplicates).toEqual([
      { path: join(extra, 'the same again.png'), of: first.imported.find(({ path }) => path === pictures[0])?.id },
    ])
    expect(report.skipped).toEqual([{ path: join(extra, '.DS_Store'), code: expect.any(String) }])
    expect(report.failed.map(({ path }) => path).sort()).toEqual([join(extra, 'empty.png'), missing].sort())
    expect(report.imported).toEqual([
      expect.objectContaining({
        path: join(extra, 'damaged.png'),
        code: expect.any(String),
        message: expect.any(String),
      }),
    ])
  })

  test('import takes paths from where it is run, keeps for a collection, and finds the library around it', async () => {
    const [path] = await makePictures(join(place.folder, 'more'), 1, 100)
    const { status, stderr, stdout } = await startVitrine(
      ['import', relative(place.library, path!), '--collection', 'Harbour', '--json'],
      { cwd: place.library },
    ).ended
    expect(status, stderr).toBe(0)
    const [item] = importReportSchema.parse(JSON.parse(stdout)).imported
    const asset = await vitrineJson(showSchema, 'show', item!.id, ...at)
    expect(asset).toMatchObject({ space: 'library', collections: [{ name: 'Harbour' }] })
  })

  test('import --move removes the source, --link leaves the file where it is', async () => {
    const [moved, linked] = await makePictures(join(place.folder, 'moving'), 2, 200)
    await vitrineJson(importReportSchema, 'import', moved!, '--move', ...at)
    expect(existsSync(moved!)).toBe(false)
    const report = await vitrineJson(importReportSchema, 'import', linked!, '--link', ...at)
    const asset = await vitrineJson(showSchema, 'show', report.imported[0]!.id, ...at)
    expect(asset.original_path).toBe(linked)
    expect(existsSync(linked!)).toBe(true)
  })

  test('import --no-wait returns when the catalogue has the file', async () => {
    const paths = await makePictures(join(place.folder, 'quick'), 1, 300)
    const report = await vitrineJson(importReportSchema, 'import', ...paths, '--no-wait', ...at)
    expect(report.imported).toHaveLength(1)
    const { assets } = await vitrineJson(listSchema, 'list', ...at)
    expect(assets.map(({ id }) => id)).toContain(report.imported[0]!.id)
  })

  test('list gives assets in order, by query, limit and offset', async () => {
    const all = await vitrineJson(listSchema, 'list', '--sort', 'file_name', ...at)
    expect(all.total).toBe(all.assets.length)
    const names = all.assets.map(({ file_name }) => file_name)
    expect(names).toEqual([...names].sort())
    const page = await vitrineJson(listSchema, 'list', '--sort', 'file_name', '--limit', '2', '--offset', '1', ...at)
    expect(page.total).toBe(all.total)
    expect(page.assets.map(({ id }) => id)).toEqual(all.assets.slice(1, 3).map(({ id }) => id))
    const found = await vitrineJson(listSchema, 'list', '--query', 'collection:Harbour', ...at)
    expect(found.assets.map(({ file_name }) => file_name)).toEqual(['picture-100.png'])
    const none = await vitrineJson(listSchema, 'list', '--query', 'tag:nothing', ...at)
    expect(none).toEqual({ total: 0, assets: [] })
    const table = await vitrine('list', '--sort', 'file_name', ...at)
    expect(table.stdout.split('\n')[0]).toMatch(/^ID +SPACE +STATUS +TYPE +SIZE +DIMENSIONS +IMPORTED +NAME$/)
    expect(table.stdout).toMatch(/40×30/)
    expect(table.stdout).not.toContain('\u001b[')
  })

  test('show gives every field, by id, by beginning of an id, and by path', async () => {
    const id = ids[0]!
    const asset = await vitrineJson(showSchema, 'show', id, ...at)
    expect(asset).toMatchObject({
      width: 40,
      height: 30,
      mime_type: 'image/png',
      space: 'workspace',
      asset_type: 'image',
    })
    for (const size of ['150', '300', '600'] as const) {
      const { format } = await sharp(asset.thumbnails[size]!).metadata()
      expect(format).toBe('webp')
    }
    expect(sha256Of(asset.original_path)).toBe(asset.sha256)
    for (const reference of [id.slice(0, 32), asset.source_path!, asset.storage_path, asset.original_path]) {
      expect(await vitrineJson(showSchema, 'show', reference, ...at)).toMatchObject({ id })
    }
    const text = await vitrine('show', id, ...at)
    expect(text.stdout).toMatch(/^file_name +picture-/m)
    expect(await vitrine('show', '00000000', ...at)).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/no asset/),
    })
    const ambiguous = await vitrine('show', id.slice(0, 8), ...at)
    expect(ambiguous).toMatchObject({ status: 2, stderr: expect.stringMatching(/could be/) })
  })

  test('inspect reads files without a library and names those that fail', async () => {
    const text = join(place.folder, 'notes.txt')
    writeFileSync(text, 'Remember the milk.\n')
    const { status, stdout } = await vitrine('inspect', pictures[0]!, text, join(place.folder, 'nowhere.png'), '--json')
    expect(status).toBe(1)
    const results = inspectSchema.parse(JSON.parse(stdout))
    expect(results).toEqual([
      expect.objectContaining({ path: pictures[0], type: 'image', mime_type: 'image/png', width: 40, height: 30 }),
      expect.objectContaining({ path: text, mime_type: 'text/plain', width: null, generation: null }),
      expect.objectContaining({ error: expect.objectContaining({ code: 'file_vanished' }) }),
    ])
    expect((await vitrine('inspect', pictures[0]!)).stdout).toMatch(/dimensions +40×30/)
  })

  test('set changes fields and tags, names ids that do not exist, and undo takes the last change back', async () => {
    const [id] = ids
    const result = await vitrine(
      ...['set', id!, 'ffffffff', '--title', 'Dawn', '--rating', '4', '--favorite', '--color', 'blue'],
      ...['--add-tag', 'sea', '--add-tag', 'sky', '--visibility', 'shared', ...at, '--json'],
    )
    expect(result.status).toBe(1)
    expect(changeSchema.parse(JSON.parse(result.stdout))).toMatchObject({
      count: 1,
      failed: [{ id: 'ffffffff', code: 'not_found' }],
    })
    const changed = { custom_title: 'Dawn', rating: 4, is_favorite: true, color_label: 'blue', visibility: 'shared' }
    expect(await vitrineJson(showSchema, 'show', id!, ...at)).toMatchObject({ ...changed, tags: ['sea', 'sky'] })
    const found = await vitrineJson(listSchema, 'list', '--query', 'tag:sea rating>=4', ...at)
    expect(found.assets.map((asset) => asset.id)).toEqual([id])

    await vitrineJson(
      changeSchema,
      'set',
      id!,
      '--remove-tag',
      'sky',
      '--no-favorite',
      '--color',
      'none',
      '--title',
      '',
      ...at,
    )
    expect(await vitrineJson(showSchema, 'show', id!, ...at)).toMatchObject({
      custom_title: null,
      is_favorite: false,
      color_label: null,
      tags: ['sea'],
    })
    await vitrineJson(changeSchema, 'undo', ...at)
    expect(await vitrineJson(showSchema, 'show', id!, ...at)).toMatchObject({ ...changed, tags: ['sea', 'sky'] })
  })

  test('keep, discard, trash and restore move assets, and Trash is not listed', async () => {
    const [kept, discarded] = ids
    await vitrineJson(changeSchema, 'keep', kept!, ...at)
    await vitrineJson(changeSchema, 'discard', discarded!, ...at)
    expect(await vitrineJson(showSchema, 'show', kept!, ...at)).toMatchObject({ space: 'library', expires_at: null })
    const listed = (await vitrineJson(listSchema, 'list', ...at)).assets.map(({ id }) => id)
    expect(listed).toContain(kept)
    expect(listed).not.toContain(discarded)
    await vitrineJson(changeSchema, 'restore', discarded!, ...at)
    expect(await vitrineJson(showSchema, 'show', discarded!, ...at)).toMatchObject({ deleted_at: null })
    await vitrineJson(changeSchema, 'trash', kept!, ...at)
    expect((await vitrineJson(showSchema, 'show', kept!, ...at)).deleted_at).not.toBeNull()
    await vitrineJson(changeSchema, 'undo', ...at)
    expect((await vitrineJson(showSchema, 'show', kept!, ...at)).deleted_at).toBeNull()
  })

  test('collections are made, renamed, filled, emptied and deleted; their assets stay', async () => {
    const [id] = ids
    const made = await vitrineJson(collectionSchema, 'collection', 'create', 'Boats', ...at)
    await vitrineJson(changeSchema, 'collection', 'add', 'Boats', id!, ...at)
    await vitrineJson(changeSchema, 'collection', 'rename', 'Boats', 'Ships', ...at)
    expect(await vitrineJson(showSchema, 'show', id!, ...at)).toMatchObject({
      collections: [{ id: made.id, name: 'Ships' }],
    })
    const { collections } = await vitrineJson(
      z.object({ collections: z.array(collectionSchema) }),
      'collection',
      'list',
      ...at,
    )
    expect(collections.map(({ name }) => name).sort()).toEqual(['Harbour', 'Ships', 'Unsorted'])
    await vitrineJson(changeSchema, 'collection', 'remove', made.id, id!, ...at)
    await vitrineJson(changeSchema, 'collection', 'delete', 'Ships', ...at)
    expect(await vitrineJson(showSchema, 'show', id!, ...at)).toMatchObject({ space: 'library', collections: [] })
    expect(await vitrine('collection', 'delete', 'Unsorted', ...at)).toMatchObject({ status: 1 })
    expect(await vitrine('collection', 'add', 'Nowhere', id!, ...at)).toMatchObject({ status: 1 })
    expect(await vitrine('collection', 'create', 'Harbour', ...at)).toMatchObject({ status: 1 })
  })

  test('remotes are tested before they are added, and sync --once puts what is kept there', async () => {
    const bucket = join(place.folder, 'bucket')
    mkdirSync(bucket)
    const location = ['--role', 'library', '--folder', bucket]
    expect(await vitrineJson(remoteTestSchema, 'remote', 'probe', ...location, ...at)).toMatchObject({ ok: true })
    const unusable = ['--role', 'library', '--folder', join(bucket, 'missing')]
    const refused = await vitrine('remote', 'add', ...unusable, ...at)
    expect(refused).toMatchObject({ status: 1, stderr: expect.stringMatching(/missing/) })

    const remote = await vitrineJson(remoteSchema, 'remote', 'add', ...location, '--name', 'Disk', ...at)
    const listed = await vitrineJson(z.object({ remotes: z.array(remoteSchema) }), 'remote', 'list', ...at)
    expect(listed.remotes).toEqual([remote])
    expect(await vitrineJson(remoteTestSchema, 'remote', 'probe', '--role', 'library', ...at)).toMatchObject({
      ok: true,
    })

    const report = await vitrineJson(engineRequests['sync.once'].output, 'sync', '--once', ...at)
    const kept = (await vitrineJson(listSchema, 'list', ...at)).assets.filter(({ space }) => space === 'library')
    expect(report).toMatchObject({ uploaded: kept.length, pending: 0, errors: [] })
    expect(kept.every(({ sync_state }) => sync_state === 'synced')).toBe(true)
    const stored = readdirSync(bucket, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => sha256Of(join(entry.parentPath, entry.name)))
    for (const { sha256 } of kept) expect(stored).toContain(sha256)
    expect(await vitrineJson(engineRequests['sync.once'].output, 'sync', '--once', ...at)).toMatchObject({
      uploaded: 0,
    })

    await vitrineJson(remoteSchema, 'remote', 'remove', 'Disk', ...at)
    expect(await vitrineJson(z.object({ remotes: z.array(z.unknown()) }), 'remote', 'list', ...at)).toEqual({
      remotes: [],
    })
  })

  test('stats counts what list lists', async () => {
    const stats = await vitrineJson(engineRequests['library.stats'].output, 'stats', ...at)
    const { total, assets } = await vitrineJson(listSchema, 'list', ...at)
    expect(stats.total).toEqual({
      assets: total,
      bytes: assets.reduce((sum, { file_size_bytes }) => sum + file_size_bytes, 0),
    })
    expect((await vitrine('stats', ...at)).stdout).toMatch(/^everything +\d/m)
  })

  test('watch --once takes in what lies in the drop folder, printing events, and ends', async () => {
    const job = join(place.library, 'drop', 'job 7')
    const paths = await makePictures(job, 3, 400)
    const hashes = paths.map(sha256Of)
    const { status, stdout, stderr } = await vitrine('watch', '--once', ...at)
    expect(status, stderr).toBe(0)
    const events = stdout
      .trim()
      .split('\n')
      .map((line) => z.looseObject({ event: z.string(), at: z.iso.datetime() }).parse(JSON.parse(line)))
    expect(events[0]).toMatchObject({ event: 'watching' })
    expect(events.at(-1)).toMatchObject({ event: 'drained' })
    expect(events.map(({ event }) => event)).toContain('catalog.changed')
    const { assets } = await vitrineJson(listSchema, 'list', ...at)
    const dropped = assets.filter(({ sha256 }) => hashes.includes(sha256))
    expect(dropped).toHaveLength(3)
    expect(dropped.every(({ status: state, job_id }) => state === 'available' && job_id !== null)).toBe(true)
    expect(readdirSync(job)).toEqual([])
  })

  test('doctor tries what is needed on this machine', async () => {
    const { status, stdout } = await vitrine('doctor', ...at, '--json')
    const report = JSON.parse(stdout)
    expect(status).toBe(0)
    expect(report).toMatchObject({
      sqlite: expect.stringMatching(/^3\./),
      node: { path: expect.any(String) },
      library: { path: place.library },
    })
    expect(Object.values(report.media.formats)).toEqual(Object.keys(report.media.formats).map(() => null))
    expect((await vitrine('doctor')).stdout).toMatch(/Everything that is needed is here/)
  })
})
