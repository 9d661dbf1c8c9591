import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { mutationResultSchema } from '../../../src/shared/contract/requests/requestMap.ts'
import { collectionSchema } from '../../../src/shared/domain/collection.ts'
import { importReportSchema } from '../../../src/shared/domain/import.ts'
import { tagSchema } from '../../../src/shared/domain/tag.ts'
import { listSchema, makeLibrary, makePictures, temporaryPlace, vitrine, vitrineJson } from './vitrineProcess.ts'

const changeSchema = mutationResultSchema.extend({ failed: z.array(z.unknown()) })

describe('organising on the command line', () => {
  const place = temporaryPlace()
  const at = ['--library', place.library]
  let ids: string[]
  const change = (...args: string[]) => vitrineJson(changeSchema, ...args, ...at)
  const tags = async () => (await vitrineJson(z.object({ tags: z.array(tagSchema) }), 'tag', 'list', ...at)).tags
  const collections = async (...args: string[]) =>
    (await vitrineJson(z.object({ collections: z.array(collectionSchema) }), 'collection', 'list', ...args, ...at))
      .collections
  const listed = async (query: string) =>
    (await vitrineJson(listSchema, 'list', '--query', query, ...at)).assets.map(({ id }) => id).sort()

  beforeAll(async () => {
    makeLibrary(place.library)
    const pictures = await makePictures(place.files, 3)
    const report = await vitrineJson(
      importReportSchema,
      'import',
      ...pictures,
      '--space',
      'library',
      '--no-wait',
      ...at,
    )
    ids = report.imported.map(({ id }) => id).sort()
  })
  afterAll(place.remove)

  test('tags are made by path, coloured, found by aliases, renamed, merged, moved and deleted', async () => {
    const made = await vitrineJson(tagSchema, 'tag', 'create', 'Animals/Cats', '--color', '#FF8800', ...at)
    expect(made).toMatchObject({ path: 'Animals/Cats', color: '#ff8800' })
    await change('tag', 'alias', 'cats', 'felines', 'moggies')
    await change('tag', 'alias', 'felines', '--remove', 'moggies')
    await change('set', ids[0]!, '--add-tag', 'Felines')
    await change('set', ids[1]!, '--add-tag', 'kittens')
    expect(await listed('tag:animals')).toEqual([ids[0]])
    await change('tag', 'merge', 'kittens', '--into', 'animals/cats')
    await change('tag', 'rename', 'Cats', 'cats')
    await change('tag', 'move', 'cats')
    await change('tag', 'move', 'cats', '--before', 'Animals')
    expect((await tags()).map(({ path, aliases, asset_count }) => [path, aliases, asset_count])).toEqual([
      ['cats', ['felines', 'kittens'], 2],
      ['Animals', [], 0],
    ])
    expect(await vitrine('tag', 'rename', 'Animals', 'Kittens', ...at)).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/alias of the tag “cats”/),
    })
    expect(await vitrine('tag', 'color', 'cats', 'orange', ...at)).toMatchObject({ status: 2 })
    await change('tag', 'color', 'cats', 'none')
    await change('tag', 'delete', 'cats', 'animals')
    expect(await tags()).toEqual([])
    await change('undo')
    expect((await tags()).map(({ path, asset_count }) => [path, asset_count])).toEqual([
      ['cats', 2],
      ['Animals', 0],
    ])
  })

  test('collections are moved, put in order, described, given a cover and archived', async () => {
    for (const name of ['One', 'Two', 'Three']) await vitrineJson(collectionSchema, 'collection', 'create', name, ...at)
    await change('collection', 'add', 'One', ids[0]!, ids[1]!)
    await change('collection', 'order', 'Three', '--before', 'One')
    await change('collection', 'move', 'Two', '--into', 'Three')
    await change('collection', 'describe', 'One', 'The first')
    await change('collection', 'cover', 'One', ids[0]!)
    const list = await collections()
    expect(list.map(({ name }) => name)).toEqual(['Unsorted', 'Three', 'Two', 'One'])
    expect(list.at(-1)).toMatchObject({ description: 'The first', cover_asset_id: ids[0], asset_count: 2 })
    expect(list[2]?.parent_id).toBe(list[1]?.id)
    expect(await vitrine('collection', 'move', 'Three', '--into', 'Two', ...at)).toMatchObject({ status: 1 })
    await change('collection', 'archive', 'Three')
    expect((await collections()).map(({ name }) => name)).toEqual(['Unsorted', 'One'])
    expect((await collections('--archived')).map(({ name }) => name)).toContain('Two')
    await change('collection', 'unarchive', 'Three')
    expect(await collections()).toHaveLength(4)
  })

  test('smart collections hold what their query finds, and can be made ordinary ones', async () => {
    const made = await vitrineJson(collectionSchema, 'collection', 'smart', 'Best', 'rating>=4', ...at)
    expect(made).toMatchObject({ kind: 'smart', query: 'rating>=4' })
    await change('set', ids[0]!, ids[2]!, '--rating', '5')
    const best = async () => (await collections()).find(({ name }) => name === 'Best')
    expect(await best()).toMatchObject({ asset_count: 2 })
    expect(await listed('collection:Best')).toEqual([ids[0], ids[2]].sort())
    await change('collection', 'smart', 'Best', 'rating>=4 collection:One')
    expect(await listed('collection:Best')).toEqual([ids[0]])
    expect(await vitrine('collection', 'smart', 'Best', 'collection:Best', ...at)).toMatchObject({ status: 1 })
    expect(await vitrine('collection', 'smart', 'Worst', 'rating>=', ...at)).toMatchObject({
      status: 1,
      stderr: expect.stringMatching(/character/),
    })
    expect(await vitrine('collection', 'add', 'Best', ids[1]!, ...at)).toMatchObject({ status: 1 })
    await change('collection', 'freeze', 'Best')
    expect(await best()).toMatchObject({ kind: 'manual', asset_count: 1 })
  })
})
