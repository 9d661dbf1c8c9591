import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { copyFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { importReportSchema } from '../../../src/shared/domain/import.ts'
import { listSchema, makePictures, temporaryPlace, vitrine, vitrineJson } from '../cli/vitrineProcess.ts'

const collectionSchema = z.looseObject({ id: z.string(), name: z.string(), parent_id: z.string().nullable() })
const collectionsSchema = z.object({ collections: z.array(collectionSchema) })
type Listed = z.output<typeof listSchema>['assets'][number]

describe('an import that brings the order of files along', () => {
  const place = temporaryPlace()
  const at = ['--library', place.library]
  let pictures: string[]
  const tree = async (): Promise<string[]> => {
    const { collections: all } = await vitrineJson(collectionsSchema, 'collection', 'list', ...at)
    const path = (id: string | null): string => {
      const found = all.find((collection) => collection.id === id)
      return found === undefined ? '' : `${path(found.parent_id)}/${found.name}`
    }
    return all.map(({ id }) => path(id)).sort()
  }
  const assets = async (): Promise<Map<string, Listed>> =>
    new Map((await vitrineJson(listSchema, 'list', ...at)).assets.map((asset) => [asset.file_name, asset]))
  const namesOf = (asset: Listed | undefined): string[] | undefined => asset?.collections.map(({ name }) => name).sort()

  beforeAll(async () => {
    pictures = await makePictures(place.files, 6)
    await vitrine('init', place.library)
  })
  afterAll(place.remove)

  test('makes nested collections of folders, and uses those that are there', async () => {
    const root = join(place.folder, 'Projects')
    const folders = ['', 'Posters', join('Posters', 'Drafts'), join('posters 2'), 'Unsorted']
    for (const [index, folder] of folders.entries()) {
      mkdirSync(join(root, folder), { recursive: true })
      await copyFile(pictures[index] ?? '', join(root, folder, `p${index}.png`))
    }
    await vitrine('collection', 'create', 'Projects', ...at)
    await vitrineJson(importReportSchema, 'import', root, ...at, '--folders')
    expect(await tree()).toEqual([
      '/Projects',
      '/Projects/Posters',
      '/Projects/Posters/Drafts',
      '/Projects/Unsorted (imported)',
      '/Projects/posters 2',
      '/Unsorted',
    ])
    const found = await assets()
    expect(namesOf(found.get('p0.png'))).toEqual(['Projects'])
    expect(namesOf(found.get('p2.png'))).toEqual(['Drafts'])
  })

  test('is one step to undo', async () => {
    await vitrine('undo', ...at)
    expect(await tree()).toEqual(['/Projects', '/Unsorted'])
    expect((await assets()).size).toBe(5)
  })

  test('takes over a library of Eagle: folders, tags, stars, notes and addresses, without its trash', async () => {
    const eagle = join(place.folder, 'Ideas.library')
    const folders = [{ id: 'F1', name: 'Harbours', children: [{ id: 'F2', name: 'Night', children: [] }] }]
    mkdirSync(join(eagle, 'images'), { recursive: true })
    writeFileSync(join(eagle, 'metadata.json'), JSON.stringify({ folders, applicationVersion: '4.0.0' }))
    const item = async (id: string, picture: string, record: unknown): Promise<void> => {
      const folder = join(eagle, 'images', `${id}.info`)
      mkdirSync(folder)
      await copyFile(picture, join(folder, `file-${id}.png`))
      await copyFile(picture, join(folder, `file-${id}_thumbnail.png`))
      writeFileSync(join(folder, 'metadata.json'), typeof record === 'string' ? record : JSON.stringify(record))
    }
    const annotation = 'Reference for the poster'
    await item('A', pictures[5] ?? '', {
      id: 'A',
      name: 'Lantern pier',
      tags: ['sea', 'night/long'],
      folders: ['F2', 'F1', 'gone'],
      star: 4,
      annotation,
      url: 'https://example.org/pier',
      isDeleted: false,
    })
    await item('B', pictures[4] ?? '', { id: 'B', name: 'Deleted', isDeleted: true })
    // One that is here already keeps what it has and gets the rest.
    await item('C', pictures[0] ?? '', { id: 'C', name: 'Known', tags: ['sea'], folders: ['F1'], star: 9 })
    await item('D', pictures[3] ?? '', '{ damaged')
    const known = (await assets()).get('p0.png')
    await vitrine('set', known?.id ?? '', ...at, '--title', 'My own title')

    const report = await vitrineJson(importReportSchema, 'import', eagle, ...at, '--eagle')
    expect(report.imported).toHaveLength(1)
    expect(report.duplicates).toHaveLength(2)
    expect(report.skipped.map(({ code }) => code)).toEqual(['ignored'])
    expect(await tree()).toEqual(['/Harbours', '/Harbours/Night', '/Projects', '/Unsorted'])
    const found = await assets()
    expect(found.get('file-A.png')).toMatchObject({
      custom_title: 'Lantern pier',
      rating: 4,
      description: annotation,
      source_url: 'https://example.org/pier',
      tags: expect.arrayContaining(['sea']),
    })
    expect(found.get('file-A.png')?.tags).toHaveLength(2)
    expect(namesOf(found.get('file-A.png'))).toEqual(['Harbours', 'Night'])
    expect(found.get('p0.png')).toMatchObject({ custom_title: 'My own title', rating: 0, tags: ['sea'] })
  })

  test('says so when the folder is no library of Eagle, and that collections are of the Library', async () => {
    const plain = await vitrine('import', place.files, ...at, '--eagle')
    expect(plain).toMatchObject({ status: 1, stderr: expect.stringContaining('not a library of Eagle') })
    const workspace = await vitrine('import', place.files, ...at, '--folders', '--space', 'workspace')
    expect(workspace.status).toBe(2)
    rmSync(join(place.folder, 'Ideas.library'), { recursive: true })
  })
})
