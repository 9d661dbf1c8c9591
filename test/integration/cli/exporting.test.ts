import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { noCarriers } from '../../../src/main/media/carriers/carriers.ts'
import { readMetadata } from '../../../src/main/media/metadata/readMetadata.ts'
import { assetSchema } from '../../../src/shared/domain/asset.ts'
import { listSchema, makePictures, temporaryPlace, vitrine, vitrineJson } from './vitrineProcess.ts'

const writtenSchema = z.object({ assets: z.number(), files: z.number(), bytes: z.number(), path: z.string() })
const documentSchema = z.object({
  format: z.literal('vitrine-metadata'),
  version: z.literal(1),
  collections: z.array(z.object({ name: z.string() })),
  tags: z.array(z.object({ name: z.string() })),
  assets: z.array(assetSchema.omit({ row_id: true })),
})

describe('what is known of assets', () => {
  const place = temporaryPlace()
  const at = ['--library', place.library]
  const out = join(place.folder, 'out')
  let assets: z.output<typeof listSchema>['assets']
  beforeAll(async () => {
    await makePictures(place.files, 3)
    await vitrine('init', place.library)
    await vitrine('import', place.files, ...at, '--space', 'library', '--collection', 'Key art')
    assets = (await vitrineJson(listSchema, 'list', ...at)).assets
    const change = ['--title', '=Harbour & <dusk>', '--rating', '4', '--add-tag', 'sea', '--add-tag', '夜']
    await vitrine('set', assets[0]?.id ?? '', ...at, ...change)
  })
  afterAll(place.remove)

  test('is one JSON document with every field, the collections and the tags', async () => {
    const path = join(out, 'all.json')
    const written = await vitrineJson(writtenSchema, 'export', path, ...at)
    expect(written).toMatchObject({ assets: 3, files: 1, bytes: readFileSync(path).length, path })
    const document = documentSchema.parse(JSON.parse(readFileSync(path, 'utf8')))
    expect(document.collections.map(({ name }) => name)).toEqual(['Unsorted', 'Key art'])
    expect(document.assets.find(({ rating }) => rating === 4)).toMatchObject({
      id: assets[0]?.id,
      custom_title: '=Harbour & <dusk>',
      tags: expect.arrayContaining(['sea', '夜']),
    })
    expect(readdirSync(out)).toEqual(['all.json'])
  })

  test('is a table of what fits a query', async () => {
    const path = join(out, 'rated.csv')
    await vitrine('export', path, ...at, '--format', 'csv', '--query', 'rating>=4')
    const [header, line, ...rest] = readFileSync(path, 'utf8').split('\r\n')
    expect(header).toContain('custom_title')
    expect(line).toContain("'=Harbour & <dusk>")
    expect(rest).toEqual([''])
  })

  test('is a sidecar for each asset, which we and others read again', async () => {
    const folder = join(out, 'sidecars')
    expect(await vitrineJson(writtenSchema, 'export', folder, ...at, '--format', 'xmp')).toMatchObject({ files: 3 })
    expect(readdirSync(folder).sort()).toEqual(assets.map(({ file_name }) => `${file_name}.xmp`).sort())
    const text = readFileSync(join(folder, `${assets[0]?.file_name}.xmp`), 'utf8')
    const { metadata } = readMetadata(noCarriers, text)
    expect(JSON.stringify(metadata)).toContain('=Harbour & <dusk>')
    expect(JSON.stringify(metadata)).toContain('夜')
  })

  test('is not written where nothing can be written', async () => {
    const ended = await vitrine('export', join(place.files, readdirSync(place.files)[0] ?? '', 'x.json'), ...at)
    expect(ended.status).toBe(1)
    expect(ended.stderr).toMatch(/in the way|not there/)
  })
})
