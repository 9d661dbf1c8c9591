import { cpSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { listSchema, makeLibrary, makePictures, temporaryPlace, vitrine, vitrineJson } from './vitrineProcess.ts'

const syncSchema = z.looseObject({ pending: z.literal(0), errors: z.array(z.unknown()).max(0) })
const deviceOf = (library: string): string => JSON.parse(readFileSync(join(library, 'device.json'), 'utf8')).id

let place: ReturnType<typeof temporaryPlace>
beforeEach(() => {
  place = temporaryPlace()
  makeLibrary(place.library)
})
afterEach(() => place.remove())

test('a copied library folder that syncs gets a name of its own with that very command, and says so', async () => {
  const bucket = join(place.folder, 'bucket')
  mkdirSync(bucket)
  const [shared, first, second] = (await makePictures(place.files, 3)) as [string, string, string]
  const add = (library: string, file: string) =>
    vitrineJson(z.unknown(), 'import', file, '--space', 'library', '--library', library)
  const sync = (library: string) => vitrineJson(syncSchema, 'sync', '--once', '--library', library)
  await vitrine('remote', 'add', '--role', 'library', '--folder', bucket, '--library', place.library)
  await add(place.library, shared)
  await sync(place.library)
  const copy = join(place.folder, 'copy')
  cpSync(place.library, copy, { recursive: true })
  const before = deviceOf(copy)

  await add(place.library, first)
  await sync(place.library)
  await add(copy, second)
  const { status, stderr } = await vitrine('sync', '--once', '--library', copy)
  expect({ status, stderr }).toMatchObject({ status: 0, stderr: expect.stringContaining('a name of its own') })
  expect(deviceOf(copy)).not.toBe(before)
  expect(deviceOf(place.library)).toBe(before)

  await sync(place.library)
  await sync(copy)
  const idsIn = async (library: string) =>
    (await vitrineJson(listSchema, 'list', '--library', library)).assets.map(({ id }) => id).sort()
  const all = await idsIn(place.library)
  expect(all).toHaveLength(3)
  expect(await idsIn(copy)).toEqual(all)
})
