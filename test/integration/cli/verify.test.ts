import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { verificationReportSchema } from '../../../src/shared/domain/verification.ts'
import { listSchema, makePictures, sha256Of, temporaryPlace, vitrine, vitrineJson } from './vitrineProcess.ts'

const rebuiltSchema = z.object({
  assets: z.number(),
  recovered: z.number(),
  setAside: z.string().nullable(),
  seconds: z.number(),
})

describe('a library whose files are damaged behind its back', () => {
  const place = temporaryPlace()
  const at = ['--library', place.library]
  let assets: z.output<typeof listSchema>['assets']
  const original = (index: number): string => join(place.library, assets[index]?.storage_path ?? '')

  beforeAll(async () => {
    await makePictures(place.files, 5)
    await vitrine('init', place.library)
    await vitrine('import', place.files, ...at, '--space', 'library')
    assets = (await vitrineJson(listSchema, 'list', ...at)).assets
  })
  afterAll(place.remove)

  test('is whole to begin with', async () => {
    const report = await vitrineJson(verificationReportSchema, 'verify', ...at)
    expect(report).toMatchObject({ checked: 5, missing: [], damaged: [], orphaned: [], catalog: [], journal: [] })
  })

  test('says what is missing, damaged and orphaned, each by its name, and ends with status 1', async () => {
    writeFileSync(original(0), 'other bytes')
    rmSync(original(1))
    copyFileSync(original(2), join(place.library, 'originals', 'stray.png'))
    appendFileSync(join(place.library, 'originals', 'stray.png'), 'x')
    rmSync(join(place.library, 'cache', 'thumbs'), { recursive: true })

    const { status, stdout } = await vitrine('verify', ...at, '--json')
    const report = verificationReportSchema.parse(JSON.parse(stdout))
    expect(status).toBe(1)
    expect(report.damaged).toEqual([
      {
        id: assets[0]?.id,
        path: assets[0]?.storage_path,
        expected: assets[0]?.sha256,
        found: sha256Of(original(0)),
      },
    ])
    expect(report.missing).toEqual([{ id: assets[1]?.id, path: assets[1]?.storage_path }])
    expect(report.orphaned).toEqual([join(place.library, 'originals', 'stray.png')])
    expect(report.counts).toMatchObject({ missing: 1, damaged: 1, orphaned: 1, undrawn: 3, repaired: 0 })
    // A look changes nothing.
    expect(readFileSync(original(0), 'utf8')).toBe('other bytes')
  })

  test('is mended from the bucket where that has the bytes, and keeps the wrong ones in quarantine', async () => {
    const bucket = join(place.folder, 'bucket')
    // What the bucket holds was stored while the files were sound.
    const source = new Map(readdirSync(place.files).map((name) => [sha256Of(join(place.files, name)), name]))
    for (const index of [0, 1]) {
      copyFileSync(join(place.files, source.get(assets[index]?.sha256 ?? '') ?? ''), original(index))
    }
    await vitrine('verify', ...at, '--repair')
    mkdirSync(bucket)
    await vitrine('remote', 'add', ...at, '--role', 'library', '--folder', bucket)
    expect(await vitrine('sync', ...at, '--once')).toMatchObject({ status: 0 })
    writeFileSync(original(0), 'other bytes')
    rmSync(original(1))

    const report = await vitrineJson(verificationReportSchema, 'verify', ...at, '--repair', '--remote')
    expect(report.counts).toMatchObject({ damaged: 1, missing: 1, repaired: 2, remote: 0 })
    expect(report.repaired.map(({ how }) => how)).toEqual(['fetched from the bucket', 'fetched from the bucket'])
    for (const index of [0, 1]) expect(sha256Of(original(index))).toBe(assets[index]?.sha256)
    const aside = readdirSync(join(place.library, 'quarantine')).filter((name) => name.startsWith('damaged-'))
    expect(aside.map((name) => readFileSync(join(place.library, 'quarantine', name), 'utf8'))).toContain('other bytes')
    expect((await vitrineJson(verificationReportSchema, 'verify', ...at, '--remote')).counts).toMatchObject({
      damaged: 0,
      missing: 0,
      remote: 0,
    })
  })

  test('is the same after its catalogue was made anew, and the old catalogue is kept', async () => {
    const [first] = assets
    await vitrine('set', first?.id ?? '', ...at, '--rating', '4', '--add-tag', 'harbour', '--title', 'Dusk')
    const before = (await vitrineJson(listSchema, 'list', ...at)).assets
    const rebuilt = await vitrineJson(rebuiltSchema, 'rebuild', ...at)
    // The stray file became an asset of its own above.
    expect(rebuilt).toMatchObject({ assets: before.length, recovered: 0 })
    expect(existsSync(rebuilt.setAside ?? '')).toBe(true)
    const after = (await vitrineJson(listSchema, 'list', ...at)).assets
    const facts = (asset: (typeof after)[number]) => [
      asset.id,
      asset.sha256,
      asset.rating,
      asset.custom_title,
      asset.tags,
    ]
    expect(after.map(facts)).toEqual(before.map(facts))
  })

  test('gives originals without any record back their assets', async () => {
    rmSync(join(place.library, 'journal'), { recursive: true })
    const before = (await vitrineJson(listSchema, 'list', ...at)).total
    const rebuilt = await vitrineJson(rebuiltSchema, 'rebuild', ...at)
    expect(rebuilt).toMatchObject({ assets: before, recovered: before })
  })
})
