import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { importReportSchema } from '../../../src/shared/domain/import.ts'
import { remoteSchema } from '../../../src/shared/domain/remote.ts'
import { shareCheckSchema, shareSchema } from '../../../src/shared/domain/share.ts'
import { makeLibrary, makePictures, temporaryPlace, vitrine, vitrineJson } from './vitrineProcess.ts'

describe('links on the command line', () => {
  const place = temporaryPlace()
  const at = ['--library', place.library]
  const open = join(place.folder, 'public')
  let id: string
  beforeAll(async () => {
    makeLibrary(place.library)
    mkdirSync(open)
    const [picture = ''] = await makePictures(place.files, 1)
    const { imported } = await vitrineJson(importReportSchema, 'import', picture, '--space', 'library', ...at)
    id = imported[0]?.id ?? ''
    const { id: remote } = await vitrineJson(remoteSchema, 'remote', 'add', '--role', 'public', '--folder', open, ...at)
    await vitrine('remote', 'policy', remote, '--public-url', 'https://cdn.example.com', ...at)
  })
  afterAll(place.remove)
  const copies = () =>
    readdirSync(open, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length

  test('say what a file gives away, are made, listed and taken back', async () => {
    expect(await vitrineJson(shareCheckSchema, 'share', 'check', id, ...at)).toMatchObject({
      gps: false,
      canStrip: true,
      public: null,
      presigned: expect.stringContaining('bucket'),
    })
    const share = await vitrineJson(shareSchema, 'share', 'create', id, '--public', '--stripped', ...at)
    expect(share.url).toMatch(/^https:\/\/cdn\.example\.com\//)
    expect(copies()).toBe(1)
    const { shares } = await vitrineJson(z.object({ shares: z.array(shareSchema) }), 'share', 'list', ...at)
    expect(shares).toEqual([share])
    expect(await vitrine('share', 'revoke', share.id, ...at)).toMatchObject({ status: 0 })
    expect(copies()).toBe(0)
  })

  test('that can’t be made say why', async () => {
    expect(await vitrine('share', 'create', id, ...at)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('Links need a bucket'),
    })
    expect(await vitrine('share', 'create', id, '--expires', '8d', ...at)).toMatchObject({ status: 2 })
  })
})
