import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { listSchema, makeLibrary, makePictures, temporaryPlace, vitrine, vitrineJson } from './vitrineProcess.ts'

const syncSchema = z.looseObject({ errors: z.array(z.unknown()).max(0) })
const devicesSchema = z.object({
  devices: z.array(
    z.looseObject({ id: z.string(), name: z.string(), heard_at: z.iso.datetime(), retired: z.boolean() }),
  ),
})

let place: ReturnType<typeof temporaryPlace>
beforeEach(() => {
  place = temporaryPlace()
  makeLibrary(place.library)
})
afterEach(() => place.remove())

test('a device is retired on the command line, and goes on as a new one when it is back', async () => {
  const bucket = join(place.folder, 'bucket')
  mkdirSync(bucket)
  const other = join(place.folder, 'other')
  const [first, second] = (await makePictures(place.files, 2)) as [string, string]
  const at = ['--library', place.library]
  await vitrine('remote', 'add', '--role', 'library', '--folder', bucket, ...at)
  await vitrineJson(z.unknown(), 'import', first, '--space', 'library', ...at)
  await vitrineJson(syncSchema, 'sync', '--once', ...at)
  expect(await vitrine('join', other, '--folder', bucket)).toMatchObject({ status: 0 })
  await vitrineJson(syncSchema, 'sync', '--once', '--library', other)
  const deviceOf = (library: string): string => JSON.parse(readFileSync(join(library, 'device.json'), 'utf8')).id
  const old = deviceOf(other)
  const devices = async () => (await vitrineJson(devicesSchema, 'device', 'list', ...at)).devices

  expect(await devices()).toMatchObject([{ id: old, retired: false }])
  expect(await vitrine('device', 'retire', 'nobody', ...at)).toMatchObject({ status: 2 })
  expect(await vitrine('device', 'retire', old, ...at)).toMatchObject({ status: 0 })
  expect(await devices()).toMatchObject([{ id: old, retired: true }])

  await vitrineJson(z.unknown(), 'import', second, '--space', 'library', '--library', other)
  const back = await vitrine('sync', '--once', '--library', other)
  expect(back).toMatchObject({ status: 0, stderr: expect.stringContaining('retired on another device') })
  expect(deviceOf(other)).not.toBe(old)
  await vitrineJson(syncSchema, 'sync', '--once', ...at)
  expect((await vitrineJson(listSchema, 'list', ...at)).total).toBe(2)
  expect((await devices()).map(({ id, retired }) => ({ id, retired }))).toEqual([
    { id: deviceOf(other), retired: false },
    { id: old, retired: true },
  ])
})

test('a remote with originals that are nowhere else is removed only with a word about them', async () => {
  const bucket = join(place.folder, 'bucket')
  mkdirSync(bucket)
  const at = ['--library', place.library]
  const [picture] = (await makePictures(place.files, 1)) as [string]
  await vitrine('remote', 'add', '--role', 'library', '--folder', bucket, ...at)
  await vitrineJson(z.unknown(), 'import', picture, '--space', 'library', ...at)
  await vitrineJson(syncSchema, 'sync', '--once', ...at)
  rmSync(picture)
  const { assets } = await vitrineJson(listSchema, 'list', ...at)
  expect(await vitrine('evict', assets[0]?.id ?? '', ...at)).toMatchObject({ status: 0 })

  const refused = await vitrine('remote', 'remove', '--role', 'library', ...at)
  expect(refused).toMatchObject({ status: 2, stderr: expect.stringContaining('1 file is only in') })
  expect(refused.stderr).toContain('--fetch')
  expect(await vitrine('remote', 'remove', '--role', 'library', '--fetch', ...at)).toMatchObject({ status: 0 })
  expect(await vitrine('verify', ...at)).toMatchObject({ status: 0 })
})
