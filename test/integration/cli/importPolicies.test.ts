import { mkdirSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { importReportSchema } from '../../../src/shared/domain/import.ts'
import { listSchema, makePictures, temporaryPlace, vitrine, vitrineJson } from './vitrineProcess.ts'

describe('vitrine import', () => {
  const place = temporaryPlace()
  const at = ['--library', place.library]
  const folder = join(place.folder, 'given')
  beforeAll(async () => {
    await vitrine('init', place.library)
    mkdirSync(folder)
    const [picture] = await makePictures(folder, 1)
    writeFileSync(`${picture}.xmp`, '<x:xmpmeta xmlns:x="adobe:ns:meta/"/>')
    writeFileSync(join(folder, 'old.bak'), 'x')
    mkdirSync(join(folder, 'cache'))
    writeFileSync(join(folder, 'cache/c.md'), 'x')
  })
  afterAll(place.remove)

  test('--ignore leaves out what matches; sidecars are listed with their assets', async () => {
    const ignore = ['--ignore', '*.BAK', '--ignore', 'cache/']
    const report = await vitrineJson(importReportSchema, 'import', folder, ...ignore, ...at)
    expect(report.imported).toHaveLength(1)
    expect(report.sidecars).toEqual([{ path: `${report.imported[0]?.path}.xmp`, of: report.imported[0]?.id }])
    expect(report.skipped.map(({ path, code }) => [basename(path), code]).sort()).toEqual([
      ['cache', 'ignored'],
      ['old.bak', 'ignored'],
    ])
    expect(report.quarantined).toEqual([])
    const { stdout } = await vitrine('import', folder, ...ignore, ...at)
    expect(stdout).toMatch(/0 files imported, 1 duplicate, 1 sidecar, 2 skipped/)
  })

  test('--on-duplicate says what becomes of bytes that are there already', async () => {
    const [picture] = await makePictures(join(place.folder, 'again'), 1)
    for (const [policy, imported, duplicates] of [
      ['skip', 0, 1],
      ['link', 1, 0],
      ['keep-both', 1, 0],
    ] as const) {
      const report = await vitrineJson(importReportSchema, 'import', picture!, '--on-duplicate', policy, ...at)
      expect([report.imported.length, report.duplicates.length], policy).toEqual([imported, duplicates])
    }
  })

  test('--take-over makes tags and ratings of what files carry', async () => {
    const [picture] = await makePictures(join(place.folder, 'carried'), 1)
    const rdf = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
    const names = 'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"'
    writeFileSync(
      `${picture}.xmp`,
      `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF ${rdf}><rdf:Description ${names} xmp:Rating="3"><dc:subject><rdf:Bag><rdf:li>Pier</rdf:li></rdf:Bag></dc:subject></rdf:Description></rdf:RDF></x:xmpmeta>`,
    )
    const order = async (...more: string[]) => {
      const report = await vitrineJson(
        importReportSchema,
        'import',
        picture!,
        '--on-duplicate',
        'keep-both',
        ...more,
        ...at,
      )
      const id = report.imported[0]?.id
      const { assets } = await vitrineJson(listSchema, 'list', ...at)
      const asset = assets.find((one) => one.id === id)
      return [asset?.rating, asset?.tags]
    }
    expect(await order()).toEqual([0, []])
    expect(await order('--take-over')).toEqual([3, ['Pier']])
    expect(await order('--no-take-over')).toEqual([0, []])
  })

  test('wrong policies and patterns are wrong usage, and nothing is imported', async () => {
    expect(await vitrine('import', folder, '--on-duplicate', 'replace', ...at)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('keep-both'),
    })
    expect(await vitrine('import', folder, '--ignore', 'a[b', ...at)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('a[b'),
    })
  })
})
