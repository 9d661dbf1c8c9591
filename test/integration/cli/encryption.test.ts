import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { z } from 'zod'
import {
  listSchema,
  makeLibrary,
  makePictures,
  startVitrine,
  temporaryPlace,
  vitrine,
  vitrineJson,
} from './vitrineProcess.ts'

const syncSchema = z.looseObject({ uploaded: z.number(), errors: z.array(z.unknown()).max(0) })

let place: ReturnType<typeof temporaryPlace>
let bucket: string
beforeEach(() => {
  place = temporaryPlace()
  bucket = join(place.folder, 'bucket')
  mkdirSync(bucket)
  makeLibrary(place.library)
})
afterEach(() => place.remove())

it('encrypts a folder with a key file that it makes, syncs, and joins with the recovery sheet', async () => {
  const at = ['--library', place.library]
  const add = ['remote', 'add', '--role', 'library', '--folder', bucket, '--encrypt', ...at]
  expect(await vitrine(...add)).toMatchObject({ status: 2, stderr: expect.stringContaining('--key-file') })
  const keyFile = join(place.folder, 'nas.key')
  expect(await vitrine(...add, '--key-file', keyFile)).toMatchObject({ status: 0 })
  expect(readFileSync(keyFile, 'utf8')).toMatch(/^AGE-SECRET-KEY-1[A-Z0-9]{58}$/m)
  if (process.platform !== 'win32') expect(statSync(keyFile).mode & 0o777).toBe(0o600)
  const listed = await vitrine('remote', 'list', ...at)
  expect(listed.stdout).toContain('key file')

  await makePictures(place.files, 3)
  await vitrineJson(z.unknown(), 'import', place.files, '--space', 'library', ...at)
  expect(await vitrine('sync', '--once', ...at)).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('remote_no_key'),
  })
  const report = await vitrineJson(syncSchema, 'sync', '--once', '--key-file', keyFile, ...at)
  expect(report.uploaded).toBe(3)
  const names = readdirSync(bucket, { recursive: true }).map(String)
  expect(names.some((name) => /\.(png|jpg|webp|json|gz)$/.test(name) && name !== 'encryption.json')).toBe(false)

  const sheet = join(place.folder, 'sheet.txt')
  expect(await vitrine('remote', 'recovery', '--out', sheet, '--key-file', keyFile, ...at)).toMatchObject({ status: 0 })
  if (process.platform !== 'win32') expect(statSync(sheet).mode & 0o777).toBe(0o600)
  const other = join(place.folder, 'other')
  const locked = await vitrine('join', other, '--folder', bucket)
  expect(locked.status).not.toBe(0)
  expect(locked.stderr).toContain('encrypted')
  const env = { VITRINE_REMOTE_KEY_FILE: sheet }
  expect(await startVitrine(['join', other, '--folder', bucket], { env }).ended).toMatchObject({ status: 0 })
  const { assets, total } = await vitrineJson(listSchema, 'list', '--library', other)
  expect(total).toBe(3)
  const fetch = ['fetch', assets[0]?.id ?? '', '--library', other]
  expect(await vitrine(...fetch)).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('VITRINE_REMOTE_KEY_FILE'),
  })
  expect(await startVitrine(fetch, { env }).ended).toMatchObject({ status: 0 })
})

it('opens with a passphrase from a file or the environment, and says when it is the wrong one', async () => {
  const at = ['--library', place.library]
  const passphraseFile = join(place.folder, 'passphrase')
  writeFileSync(passphraseFile, 'otter lamp violin dust\n')
  const opened = ['--passphrase-file', passphraseFile]
  const add = ['remote', 'add', '--role', 'library', '--folder', bucket, ...at]
  expect(await vitrine(...add, '--encrypt', ...opened)).toMatchObject({ status: 0 })
  const env = { VITRINE_REMOTE_PASSPHRASE: 'otter lamp violin dust' }
  expect(await startVitrine(['sync', '--once', ...at], { env }).ended).toMatchObject({ status: 0 })
  const wrong = await startVitrine(['sync', '--once', ...at], { env: { VITRINE_REMOTE_PASSPHRASE: 'no' } }).ended
  expect(wrong).toMatchObject({ status: 1, stderr: expect.stringContaining('not the passphrase') })
  const missing = await vitrine('sync', '--once', '--passphrase-file', join(place.folder, 'nothing'), ...at)
  expect(missing).toMatchObject({ status: 2, stderr: expect.stringContaining('ENOENT') })
  expect(readFileSync(join(place.library, 'catalog.sqlite')).includes('otter lamp')).toBe(false)
})
