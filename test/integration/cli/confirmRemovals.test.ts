import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { listSchema, makeLibrary, makePictures, temporaryPlace, vitrine, vitrineJson } from './vitrineProcess.ts'

const syncSchema = z.looseObject({ applied: z.number(), errors: z.array(z.unknown()).max(0) })

let place: ReturnType<typeof temporaryPlace>
beforeEach(() => {
  place = temporaryPlace()
  makeLibrary(place.library)
})
afterEach(() => place.remove())

test('what another device removes in great numbers stays until somebody agrees on the command line', async () => {
  const bucket = join(place.folder, 'bucket')
  mkdirSync(bucket)
  const at = ['--library', place.library]
  const other = join(place.folder, 'other')
  await makePictures(place.files, 24)
  await vitrine('remote', 'add', '--role', 'library', '--folder', bucket, ...at)
  await vitrineJson(z.unknown(), 'import', place.files, '--space', 'library', ...at)
  await vitrineJson(syncSchema, 'sync', '--once', ...at)
  expect(await vitrine('join', other, '--folder', bucket)).toMatchObject({ status: 0 })
  const count = async (library: string) => (await vitrineJson(listSchema, 'list', '--library', library)).total
  expect(await count(other)).toBe(24)

  const { assets } = await vitrineJson(listSchema, 'list', ...at)
  expect(await vitrine('trash', ...assets.map(({ id }) => id), ...at)).toMatchObject({ status: 0 })
  await vitrineJson(syncSchema, 'sync', '--once', ...at)
  const asked = await vitrine('sync', '--once', '--library', other)
  expect(asked).toMatchObject({ status: 1, stderr: expect.stringContaining('--confirm-removals') })
  expect(asked.stderr).toContain('24 of 24')
  expect(await count(other)).toBe(24)

  const { id, name } = JSON.parse(readFileSync(join(place.library, 'device.json'), 'utf8'))
  const wrong = await vitrine('sync', '--once', '--confirm-removals', 'nobody', '--library', other)
  expect(wrong).toMatchObject({ status: 2, stderr: expect.stringContaining(`“${name}” (${id})`) })
  expect(await vitrine('sync', '--confirm-removals', id, '--library', other)).toMatchObject({ status: 2 })
  expect(await count(other)).toBe(24)

  await vitrineJson(syncSchema, 'sync', '--once', '--confirm-removals', id, '--library', other)
  expect(await count(other)).toBe(0)
})
