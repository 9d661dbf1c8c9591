import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { z } from 'zod'
import { watchedFolderSchema, watchedReportSchema } from '../../../src/shared/domain/watchedFolder.ts'
import { vitrine, vitrineJson } from '../cli/vitrineProcess.ts'
import { jpeg } from '../import/support/pictures.ts'
import { freshFolder } from './support/watchedLibrary.ts'

const temporary = freshFolder()
const [library, pictures] = [temporary.at('Library'), temporary.at('Pictures')]
const scannedSchema = z.object({ folder: watchedFolderSchema, report: watchedReportSchema })
const listSchema = z.object({ folders: z.array(watchedFolderSchema) })

beforeAll(async () => {
  mkdirSync(pictures)
  for (const seed of [1, 2]) writeFileSync(join(pictures, `${seed}.jpg`), await jpeg(seed))
  expect((await vitrine('init', library)).status).toBe(0)
})
afterAll(() => temporary.remove())

it('adds, lists, rescans and removes a folder, whose files stay what they are', async () => {
  const added = await vitrineJson(scannedSchema, 'folder', 'add', pictures, '--library', library)
  expect(added).toMatchObject({ folder: { path: pictures, files: 2, state: 'up-to-date' }, report: { added: 2 } })
  expect(await vitrineJson(listSchema, 'folder', 'list', '--library', library)).toMatchObject({
    folders: [{ path: pictures, space: 'library', files: 2, missing: 0 }],
  })
  renameSync(join(pictures, '1.jpg'), join(pictures, 'one.jpg'))
  rmSync(join(pictures, '2.jpg'))
  const rescan = await vitrine('folder', 'rescan', pictures, '--library', library)
  expect(rescan).toMatchObject({ status: 0 })
  expect(rescan.stdout).toContain('1 file, 1 moved, 1 missing')
  const removed = await vitrine('folder', 'remove', pictures, '--assets', 'trash', '--library', library)
  expect(removed).toMatchObject({ status: 0 })
  expect((await vitrine('folder', 'list', '--library', library)).stdout).toContain('No folder is watched.')
  expect(readdirSync(pictures)).toEqual(['one.jpg'])
})

it('says why a folder can’t be watched', async () => {
  const inside = await vitrine('folder', 'add', join(library, 'originals'), '--library', library)
  expect(inside).toMatchObject({ status: 1 })
  expect(inside.stderr).toContain('belongs to the library')
  const unknown = await vitrine('folder', 'rescan', temporary.at('unknown'), '--library', library)
  expect(unknown).toMatchObject({ status: 1 })
  expect(unknown.stderr).toContain('is not watched')
})
