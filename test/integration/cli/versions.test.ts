import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { mutationResultSchema } from '../../../src/shared/contract/requests/requestMap.ts'
import { engineRequests } from '../../../src/shared/contract/requests.ts'
import { verificationReportSchema } from '../../../src/shared/domain/verification.ts'
import { assetVersionSchema } from '../../../src/shared/domain/version.ts'
import { listSchema, sha256Of, temporaryPlace, vitrine, vitrineJson } from './vitrineProcess.ts'

const changedSchema = mutationResultSchema.extend({ versions: z.array(assetVersionSchema) })
const showSchema = engineRequests['assets.get'].output

describe('versions of an asset', () => {
  const place = temporaryPlace()
  const at = ['--library', place.library]
  const files = ['draft', 'final', 'wide'].map((name) => join(place.files, `${name}.png`))
  const [draft = '', final = '', wide = ''] = files
  let id = ''
  beforeAll(async () => {
    const sizes = [
      [60, 40],
      [60, 40],
      [200, 50],
    ] as const
    for (const [index, file] of files.entries()) {
      const [width, height] = sizes[index] ?? [10, 10]
      const background = { r: 80 * index, g: 90, b: 120 }
      await sharp({ create: { width, height, channels: 3, background } })
        .png()
        .toFile(file)
    }
    await vitrine('init', place.library)
    await vitrine('import', draft, ...at, '--space', 'library')
    id = (await vitrineJson(listSchema, 'list', ...at)).assets[0]?.id ?? ''
    await vitrine('set', id, ...at, '--title', 'Harbour', '--rating', '5', '--add-tag', 'sea')
  })
  afterAll(place.remove)

  test('an asset gets the content of a file and keeps what people gave it', async () => {
    const { versions } = await vitrineJson(
      changedSchema,
      'version',
      'add',
      id,
      final,
      ...at,
      '--description',
      'Colours',
    )
    expect(versions.map((version) => [version.version_number, version.sha256, version.is_current])).toEqual([
      [2, sha256Of(final), true],
      [1, sha256Of(draft), false],
    ])
    expect(versions[0]?.change_description).toBe('Colours')
    const asset = await vitrineJson(showSchema, 'show', id, ...at)
    expect(asset).toMatchObject({ custom_title: 'Harbour', rating: 5, tags: ['sea'], version_number: 2 })
    expect(asset.sha256).toBe(sha256Of(final))
    expect(readFileSync(asset.original_path).equals(readFileSync(final))).toBe(true)
  })

  test('the new content is read: its size and thumbnails are its own', async () => {
    await vitrine('version', 'add', id, wide, ...at)
    // Each command that imports goes on with what is still to be read, until it is done itself.
    let asset = await vitrineJson(showSchema, 'show', id, ...at)
    for (let run = 0; run < 10 && asset.status === 'processing'; run++) {
      await vitrine('import', final, ...at)
      asset = await vitrineJson(showSchema, 'show', id, ...at)
    }
    expect(asset).toMatchObject({ width: 200, height: 50, version_number: 3, status: 'available' })
    expect(Object.keys(asset.thumbnails)).not.toEqual([])
  })

  test('an earlier one comes back as a version of its own, and undo takes that back', async () => {
    const restored = await vitrineJson(changedSchema, 'version', 'restore', id, '1', ...at)
    expect(restored.versions.map((version) => [version.version_number, version.sha256])).toEqual([
      [4, sha256Of(draft)],
      [3, sha256Of(wide)],
      [2, sha256Of(final)],
      [1, sha256Of(draft)],
    ])
    await vitrine('undo', ...at)
    const asset = await vitrineJson(showSchema, 'show', id, ...at)
    expect([asset.sha256, asset.version_number]).toEqual([sha256Of(wide), 3])
    expect(await vitrineJson(z.array(assetVersionSchema), 'version', 'list', id, ...at)).toHaveLength(3)
  })

  test('every version has its file, which no sweep takes for a stray one', async () => {
    const report = await vitrineJson(verificationReportSchema, 'verify', ...at)
    expect(report).toMatchObject({ missing: [], damaged: [], orphaned: [] })
    // Two assets (the last import is one of its own or shares a file) and all versions are looked at.
    expect(report.checked).toBeGreaterThanOrEqual(4)
  })

  test('the same bytes are no new version, and a file that is none is refused', async () => {
    expect(await vitrine('version', 'add', id, wide, ...at)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('already'),
    })
    expect(await vitrine('version', 'add', id, join(place.files, 'absent.png'), ...at)).toMatchObject({ status: 1 })
  })
})
