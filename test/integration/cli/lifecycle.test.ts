import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { engineRequests } from '../../../src/shared/contract/requests.ts'
import { expiryReportSchema } from '../../../src/shared/domain/lifecycle.ts'
import { remotePolicyPresets, remotePolicySchema } from '../../../src/shared/domain/remote.ts'
import { listSchema, makeLibrary, makePictures, temporaryPlace, vitrine, vitrineJson } from './vitrineProcess.ts'

const place = temporaryPlace()
const at = ['--library', place.library]
beforeAll(async () => {
  makeLibrary(place.library)
  await vitrine('import', ...(await makePictures(place.files, 3)), ...at)
})
afterAll(place.remove)

test('what nobody keeps expires, and goes for good some days later', { timeout: 120_000 }, async () => {
  const { assets } = await vitrineJson(listSchema, 'list', ...at)
  const [kept, trashed, left] = assets
  if (!kept || !trashed || !left) throw new Error('expected three assets')
  await vitrine('keep', kept.id, ...at)
  await vitrine('trash', trashed.id, ...at)
  const in8 = new Date(Date.now() + 8 * 86_400_000).toISOString()
  const in12 = new Date(Date.now() + 12 * 86_400_000).toISOString()
  expect(await vitrineJson(expiryReportSchema, 'expire', '--now', in8, ...at)).toMatchObject({ expired: 1, purged: 0 })
  expect(await vitrineJson(expiryReportSchema, 'expire', '--now', in12, ...at)).toMatchObject({ expired: 0, purged: 1 })
  expect(existsSync(join(place.library, left.storage_path))).toBe(false)
  const emptied = await vitrineJson(engineRequests['trash.empty'].output, 'trash', '--empty', ...at)
  expect(emptied).toMatchObject({ count: 1, filesLeft: 0 })
  expect((await vitrineJson(listSchema, 'list', ...at)).assets.map(({ id }) => id)).toEqual([kept.id])
  expect(existsSync(join(place.library, kept.storage_path))).toBe(true)
  expect((await vitrine('expire', '--now', 'tomorrow', ...at)).status).toBe(2)
})

test('a remote has the policy that it was given', { timeout: 120_000 }, async () => {
  mkdirSync(join(place.folder, 'bucket'))
  await vitrine('remote', 'add', '--role', 'library', '--folder', join(place.folder, 'bucket'), '--name', 'disk', ...at)
  const answer = z.object({ policy: remotePolicySchema })
  const preset = await vitrineJson(
    answer,
    'remote',
    'policy',
    'disk',
    '--preset',
    'workspace-temp',
    '--quota',
    '100',
    ...at,
  )
  expect(preset.policy).toEqual({ ...remotePolicyPresets['workspace-temp'], quotaBytes: 100 })
  const open = await vitrineJson(answer, 'remote', 'policy', 'disk', '--types', 'any', '--size-limit', 'none', ...at)
  expect(open.policy).toMatchObject({ allowedMimeTypes: null, sizeLimitBytes: null, quotaBytes: 100 })
  const stats = await vitrineJson(engineRequests['storage.usage'].output, 'stats', ...at)
  expect(stats.quotas.remotes).toMatchObject([{ name: 'disk', quota: 100, state: 'ok' }])
})
