import { readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { thumbnailPath } from '../../../src/main/engine/catalog/thumbnailPath.ts'
import type { Asset } from '../../../src/shared/domain/asset.ts'
import type { ImportReport } from '../../../src/shared/domain/import.ts'
import { describeUnless } from '../support/describeUnless.ts'
import {
  filesBelow,
  type ImportLibrary,
  inconsistencies,
  openImportLibrary,
  sha256,
  temporaryFolder,
} from './support/importLibrary.ts'

/** A folder of real files of many kinds, damaged ones among them; relative to the working folder. */
const folder = process.env.VITRINE_SAMPLES === undefined ? null : resolve(process.env.VITRINE_SAMPLES)

describeUnless(folder === null ? 'VITRINE_SAMPLES names no folder of sample files' : null, 'every sample file', () => {
  const temporary = temporaryFolder()
  let library: ImportLibrary
  let report: ImportReport
  const assets = new Map<string, Asset>()
  beforeAll(async () => {
    library = openImportLibrary(join(temporary.path, 'library'))
    report = await library.import([folder ?? ''])
    for (const { id, path } of report.imported) assets.set(path, library.catalog.assets.get(id)!)
  }, 300_000)
  afterAll(async () => {
    await library.close()
    temporary.remove()
  })

  it('is imported, a duplicate, skipped, or failed with a reason that a person understands', () => {
    const { imported, duplicates, skipped, failed } = report
    const paths = [...imported, ...duplicates, ...skipped, ...failed].map(({ path }) => path)
    expect(paths.sort()).toEqual(filesBelow(folder ?? '').sort())
    for (const { code, message } of failed)
      expect([code, message]).toEqual([expect.any(String), expect.stringMatching(/\.$/)])
    for (const { status, code, message } of imported) {
      if (status !== 'available') expect([code, message]).toEqual([expect.any(String), expect.stringMatching(/\.$/)])
    }
    expect(library.defects).toEqual([])
    expect(inconsistencies(library)).toEqual([])
  })

  it('has the bytes of its source', () => {
    for (const [path, asset] of assets) expect(asset.sha256).toBe(sha256(readFileSync(path)))
  })

  it('has thumbnails if it is a picture that can be drawn', () => {
    const drawable = [...assets].filter(
      ([path, asset]) => !path.includes('damaged') && /^image\/(jpeg|png|webp|gif|avif|tiff|svg)/.test(asset.mime_type),
    )
    expect(drawable.length).toBeGreaterThan(0)
    for (const [path, asset] of drawable) {
      expect([basename(path), asset.status, asset.thumbnail_path !== null]).toEqual([basename(path), 'available', true])
    }
  })

  it('is upright, whichever of the eight ways the camera was held', async () => {
    for (const kind of ['landscape', 'portrait']) {
      const pictures: Buffer[] = []
      for (const [path, asset] of [...assets].sort(([a], [b]) => a.localeCompare(b))) {
        if (!basename(path).startsWith(`${kind}_`)) continue
        const thumbnail = join(library.folder.root, thumbnailPath(asset.sha256, 150))
        pictures.push(await sharp(thumbnail).resize(15, 15, { fit: 'fill' }).greyscale().raw().toBuffer())
      }
      const [first] = pictures
      for (const picture of pictures) {
        const differences = [...picture].map((value, index) => Math.abs(value - (first?.[index] ?? 0)))
        expect(differences.reduce((sum, value) => sum + value, 0) / differences.length).toBeLessThan(6)
      }
    }
  })
})
