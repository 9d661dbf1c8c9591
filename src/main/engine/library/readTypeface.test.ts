import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { assetIdSchema } from '../../../shared/domain/ids.ts'
import { libraryFolder } from './libraryFolder.ts'
import { readTypeface } from './readTypeface.ts'

const id = assetIdSchema.parse('01890a5d-ac96-774b-bcce-b302099a8001')
let root = ''

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'vitrine-typeface-'))
  mkdirSync(join(root, 'library', 'originals'), { recursive: true })
  writeFileSync(join(root, 'library', 'originals', 'a.woff2'), 'wOF2')
  writeFileSync(join(root, 'secret'), 'a secret')
  symlinkSync(join(root, 'secret'), join(root, 'library', 'originals', 'link.woff2'))
})
afterAll(() => rmSync(root, { recursive: true }))

/** Reads the typeface of an asset that is stored like this. */
function read(storagePath: string, mimeType = 'font/woff2'): Promise<Uint8Array<ArrayBuffer>> {
  const assets = { findById: () => ({ id, storagePath, mimeType }) }
  return readTypeface({ assets } as never, libraryFolder(join(root, 'library')), id)
}

describe('the bytes of a typeface', () => {
  it('are those of the original', async () => {
    expect(Buffer.from(await read('originals/a.woff2')).toString()).toBe('wOF2')
    expect(Buffer.from(await read(join(root, 'secret'))).toString()).toBe('a secret')
  })

  it('are given of nothing else', async () => {
    await expect(read('originals/a.woff2', 'image/png')).rejects.toMatchObject({ code: 'unsupported_type' })
    await expect(read('originals/link.woff2')).rejects.toMatchObject({ code: 'permission_denied' })
    await expect(read('originals')).rejects.toMatchObject({ code: 'io_error' })
    await expect(read('originals/gone.woff2')).rejects.toMatchObject({ code: 'file_vanished' })
  })
})
