import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { evictionReportSchema } from '../../../src/shared/domain/cloudCare.ts'
import { verificationReportSchema } from '../../../src/shared/domain/verification.ts'
import { listSchema, makePictures, sha256Of, temporaryPlace, vitrine, vitrineJson } from './vitrineProcess.ts'

const shrunkSchema = z.object({ evicted: z.number(), bytes: z.number(), bytesHere: z.number() })
const importedSchema = z.looseObject({ duplicates: z.array(z.looseObject({ path: z.string() })) })

describe('originals that are in a bucket too', () => {
  const place = temporaryPlace()
  const bucket = join(place.library, '..', 'bucket')
  const at = ['--library', place.library]
  let assets: z.output<typeof listSchema>['assets']
  const original = (index: number): string => join(place.library, assets[index]?.storage_path ?? '')
  const id = (index: number): string => assets[index]?.id ?? ''
  const stored = (index: number): string => {
    const digits = assets[index]?.sha256.slice(0, 12) ?? ''
    const name = readdirSync(bucket, { recursive: true, encoding: 'utf8' }).find(
      (file) => file.includes(digits) && !file.includes('thumbnails'),
    )
    return join(bucket, name ?? 'none')
  }

  beforeAll(async () => {
    await makePictures(place.files, 4)
    await vitrine('init', place.library)
    await vitrine('import', place.files, ...at, '--space', 'library')
    assets = (await vitrineJson(listSchema, 'list', ...at)).assets
    mkdirSync(bucket, { recursive: true })
    await vitrine('remote', 'add', ...at, '--role', 'library', '--folder', bucket)
    await vitrine('sync', '--once', ...at)
  })
  afterAll(place.remove)

  test('leave the computer by name, and what has to stay is named with the reason', async () => {
    const report = await vitrineJson(evictionReportSchema, 'evict', id(0), ...at)
    expect(report).toMatchObject({ evicted: [id(0)], kept: [], failed: [] })
    expect(existsSync(original(0))).toBe(false)
    await vitrine('collection', 'create', 'Stays', ...at)
    await vitrine('collection', 'add', 'Stays', id(1), ...at)
    expect((await vitrine('collection', 'pin', 'Stays', ...at)).status).toBe(0)
    const { status, stdout } = await vitrine('evict', id(1), ...at)
    expect(status).toBe(1)
    expect(stdout).toContain('a collection that it is in stays on this computer')
    expect((await vitrine('collection', 'unpin', 'Stays', ...at)).status).toBe(0)
    expect((await vitrine('evict', ...at)).status).toBe(2)
  })

  test('are at home again when the same file is imported, without a download', async () => {
    const held = readFileSync(stored(0))
    rmSync(stored(0))
    const report = await vitrineJson(importedSchema, 'import', place.files, ...at)
    expect(report.duplicates).toHaveLength(4)
    expect(sha256Of(original(0))).toBe(assets[0]?.sha256)
    const [asset] = (await vitrineJson(listSchema, 'list', ...at)).assets.filter((one) => one.id === id(0))
    expect(asset).toBeDefined()
    writeFileSync(stored(1).replace(/[^/]+$/, 'unrelated'), held)
  })

  test('are stored again from here when the bucket has lost them, and the other way round', async () => {
    writeFileSync(original(1), 'rot')
    rmSync(stored(2))
    const found = await vitrine('verify', '--remote', ...at, '--json')
    expect(found.status).toBe(1)
    expect(verificationReportSchema.parse(JSON.parse(found.stdout)).counts).toMatchObject({ damaged: 1, remote: 2 })
    const repaired = await vitrineJson(verificationReportSchema, 'verify', '--remote', '--repair', ...at)
    expect(repaired.counts).toMatchObject({ damaged: 1, remote: 2, repaired: 3 })
    await vitrine('sync', '--once', ...at)
    const after = await vitrineJson(verificationReportSchema, 'verify', '--remote', '--deep', ...at)
    expect(after.counts).toMatchObject({ missing: 0, damaged: 0, remote: 0 })
    for (const index of [0, 1, 2, 3]) {
      expect(sha256Of(original(index))).toBe(assets[index]?.sha256)
      expect(sha256Of(stored(index))).toBe(assets[index]?.sha256)
    }
    expect((await vitrine('verify', '--deep', ...at)).status).toBe(2)
  })

  test('are never forgotten in the bucket while they are nowhere else', async () => {
    await vitrine('evict', id(3), ...at)
    const held = readFileSync(stored(3))
    const path = stored(3)
    rmSync(path)
    const lost = await vitrine('verify', '--remote', '--repair', ...at, '--json')
    expect(lost.status).toBe(1)
    expect(verificationReportSchema.parse(JSON.parse(lost.stdout)).counts).toMatchObject({ remote: 1, repaired: 0 })
    writeFileSync(path, held)
    expect((await vitrine('fetch', id(3), ...at)).status).toBe(0)
    expect(sha256Of(original(3))).toBe(assets[3]?.sha256)
  })

  test('stay within a budget', async () => {
    const all = await vitrineJson(shrunkSchema, 'evict', '--budget', '1GB', ...at)
    expect(all).toMatchObject({ evicted: 0, bytes: 0 })
    // What was just imported, or just fetched, is in use: more than was asked for stays, and that is said.
    const { status, stdout } = await vitrine('evict', '--budget', '1', ...at, '--json')
    expect(status).toBe(1)
    expect(shrunkSchema.parse(JSON.parse(stdout))).toEqual({ evicted: 0, bytes: 0, bytesHere: all.bytesHere })
  })
})
